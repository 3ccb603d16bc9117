"""An answer goes on when nobody watches it, ends when it is stopped, and everybody who watches sees its end."""

import asyncio
import threading
from collections.abc import Generator
from typing import Any

from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.running import RunningAnswer, RunningAnswers

FIRST = Exchange("Was?", progress="sucht")


class Writer:
    """Updates that come when they are let through."""

    def __init__(self, count: int) -> None:
        self.count, self.go, self.closed = count, threading.Semaphore(0), threading.Event()

    def updates(self) -> Generator[Exchange, None, None]:
        try:
            for number in range(self.count):
                self.go.acquire()
                yield Exchange("Was?", str(number), progress="schreibt", record="r")
        finally:
            self.closed.set()


def begun(writer: Writer, tab: str = "tab") -> tuple[RunningAnswers, RunningAnswer]:
    answers = RunningAnswers()
    running = answers.begin(tab, FIRST)
    assert running
    answers.write(running, writer.updates())
    return answers, running


def test_an_answer_goes_on_when_its_tab_is_closed() -> None:
    writer = Writer(3)
    answers, running = begun(writer)

    async def look_away() -> None:
        async for now in running.watched():
            if now.answer == "0":
                return
            writer.go.release()

    asyncio.run(look_away())
    answers.leave("tab")
    assert not writer.closed.is_set() and answers.of_record("r") is running
    assert answers.begin("tab", FIRST) is not None, "the tab is free for another question"
    writer.go.release(2)
    assert writer.closed.wait(10)
    assert asyncio.run(seen(running))[-1] == "2", "who comes later sees what there is, and the end"


def test_what_is_stopped_ends_at_once_for_who_watches_and_then_for_good() -> None:
    writer = Writer(3)
    answers, running = begun(writer)

    async def stop() -> list[str]:
        shown = []
        async for now in running.watched():
            shown.append(now.answer)
            if now.answer == "0":
                answers.stop("tab")
            else:
                writer.go.release()
        return shown

    assert asyncio.run(stop())[-1] == "0" and running.is_stopped
    writer.go.release()
    assert writer.closed.wait(10)
    assert running.latest.answer == "0", "what came after the stop is not shown"


def test_a_tab_waits_for_one_answer_and_stopping_another_tab_stops_nothing() -> None:
    writer = Writer(1)
    answers, running = begun(writer)
    assert answers.begin("tab", FIRST) is None
    answers.stop("other")
    assert not running.is_stopped and answers.of_record("other") is None
    answers.stop_all()
    writer.go.release()
    assert running.is_stopped and writer.closed.wait(10)


async def seen(running: RunningAnswer) -> list[Any]:
    return [now.answer async for now in running.watched()]
