"""Answers that stay open: how many, and that none outlives the right to it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from chatbot.bootstrap import Services
from chatbot.web.security.streams import StreamLimits, Streams, is_stream
from tests.chatbot.company_site import company, cookie, running

TAB, WAITING = "/gradio_api/heartbeat/abc", "/gradio_api/queue/data"
FEW = StreamLimits(of_one_person=6, of_one_address=8, in_all=10, for_waiting=2, look_seconds=0.02)


def open_all(streams: Streams, opened: ExitStack, path: str, person: str, address: str, count: int = 20) -> int:
    """How many of so many can be opened."""
    return sum(opened.enter_context(streams.opened(path, person, address)) for _ in range(count))


def test_one_persons_tabs_take_nothing_from_others_and_keep_nobody_from_asking() -> None:
    streams = Streams(FEW)
    with ExitStack() as opened:
        assert open_all(streams, opened, TAB, "ada", "10.0.0.1") == 4
        assert open_all(streams, opened, WAITING, "ada", "10.0.0.1") == 2, "she can still ask"
        assert open_all(streams, opened, TAB, "bob", "10.0.0.2", 1) == 1, "and others can open the page"
    assert len(streams) == 0


def test_one_address_and_all_together_have_their_limits() -> None:
    streams = Streams(FEW)
    with ExitStack() as opened:
        many = sum(open_all(streams, opened, TAB, f"p{number}", "10.0.0.1", 1) for number in range(20))
        assert many == 6
        more = sum(open_all(streams, opened, TAB, f"q{number}", f"10.0.1.{number}", 1) for number in range(20))
        assert many + more == 8
    with ExitStack() as opened:
        unlimited = Streams(FEW._replace(of_one_address=0))
        assert sum(open_all(unlimited, opened, WAITING, f"p{n}", "10.0.0.1", 1) for n in range(20)) == 10


def test_what_stays_open_is_known_by_its_address() -> None:
    assert is_stream("/admin/gradio_api/queue/data") and is_stream(TAB)
    assert not is_stream("/gradio_api/queue/join") and not is_stream("/health") and not is_stream("/sign-in")


async def endless(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b".", "more_body": True})
        await asyncio.sleep(0.005)


def held(app: Any, may_go_on: Callable[[], Any]) -> list[Any]:
    """What is sent until the end."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        await asyncio.wait_for(Streams(FEW).hold(app, {}, None, send, may_go_on), timeout=10)

    asyncio.run(run())
    return sent


def test_a_stream_ends_whole_when_it_may_not_go_on() -> None:
    looks = iter([True, True, False])

    async def may_go_on() -> bool:
        return next(looks)

    sent = held(endless, may_go_on)
    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False} and len(sent) > 3


def test_a_look_that_fails_ends_nothing_and_an_answer_ends_by_itself() -> None:
    async def fails() -> bool:
        raise ConnectionError("the database restarts")

    async def short(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.1)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    assert held(short, fails)[-1]["body"] == b"done"


def test_what_the_application_raises_is_raised() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("broken")

    async def yes() -> bool:
        return True

    with pytest.raises(ValueError, match="broken"):
        held(broken, yes)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, models_dir: Any) -> Iterator[tuple[str, Services]]:
    with (
        pytest.MonkeyPatch.context() as patch,
        company(tmp_path_factory.mktemp("streams"), models_dir) as services,
    ):
        patch.setattr("chatbot.web.security.streams.StreamLimits.__new__.__defaults__", (64, 256, 384, 16, 0.3))
        with running(services, of_one_address=0) as address:
            yield address, services


@pytest.mark.integration
@pytest.mark.parametrize("end", ["session", "role", "account"])
def test_an_open_tab_of_the_page_ends_with_the_right_to_it(site: tuple[str, Services], end: str) -> None:
    address, services = site
    held_by = cookie(address, "employee")
    closed = threading.Event()

    def read() -> None:
        with httpx.stream(
            "GET", f"{address}/gradio_api/heartbeat/tab{end}", headers={"cookie": held_by}, trust_env=False, timeout=60
        ) as tab:
            assert tab.status_code == 200
            for _ in tab.iter_raw():
                opened.set()
        closed.set()

    opened = threading.Event()
    threading.Thread(target=read, daemon=True).start()
    assert opened.wait(30)
    if end == "session":
        services.sessions.end(held_by.partition("=")[2])
    elif end == "role":
        services.accounts.change("employee", roles=["auditor"])
    else:
        services.accounts.change("employee", disabled=True)
    try:
        assert closed.wait(30)
    finally:
        services.accounts.change("employee", roles=["employee"], disabled=False)


@pytest.mark.integration
def test_with_hundreds_of_tabs_of_one_person_others_sign_in_and_ask_for_health(site: tuple[str, Services]) -> None:
    address, _ = site
    headers = {"cookie": cookie(address, "employee")}
    limits = httpx.Limits(max_connections=700)

    async def flood() -> list[int]:
        async with httpx.AsyncClient(trust_env=False, timeout=60, limits=limits, headers=headers) as client:
            tabs = [client.build_request("GET", f"{address}/gradio_api/heartbeat/t{n}") for n in range(300)]
            answers = [await client.send(tab, stream=True) for tab in tabs]
            started = time.monotonic()
            entered = await asyncio.to_thread(cookie, address, "colleague")
            health = await client.get(f"{address}/health")
            assert entered and health.status_code == 200 and time.monotonic() - started < 30
            for answer in answers:
                await answer.aclose()
            return [answer.status_code for answer in answers]

    codes = asyncio.run(flood())
    assert codes.count(200) == 48 and codes.count(429) == 252
