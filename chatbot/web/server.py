"""The process that serves the web application."""

import asyncio
import ipaddress
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from rich.console import Console

from config.errors import DiskFull, FundstelleError, IndexUnavailable, SettingsError, SignInRefused
from config.messages import Language, message
from config.sections import ServerSettings
from ingest.index.filters import EVERYTHING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from chatbot.identity.accounts import Accounts
    from chatbot.web.chat.running import RunningAnswers
    from chatbot.web.security.connections import Limits
    from chatbot.web.services import WebServices
    from config.settings import Settings

_ENDS_S = 7.0  # less than the ten seconds after which containers and services are killed


def run_server(services: "WebServices", host: str, port: int, console: Console, language: Language) -> None:
    """Serve until interrupted; models load in the background meanwhile.

    Raises:
        SettingsError: the address is not loopback, or the port is taken.
        IndexUnavailable: nothing is indexed, or the index cannot be opened.
    """
    refuse_open_address(host, services.server, services.people.identity.signs_in)
    _refuse_taken_port(host, port)
    with _unless_empty(console, language):
        services.chat.answering()  # a problem with the index shows now
    from chatbot.jobs.housekeeping import keep_records
    from chatbot.rendering.labels import missing_program_texts
    from chatbot.web.app import create_app
    from chatbot.web.chat.running import RunningAnswers
    from chatbot.web.security.connections import Limits

    for text in missing_program_texts(language):
        console.print(text, style="yellow")
    _warn_of_licences(services.installation.settings, console, language)
    address = page_address(services.server, services.address, host, port)
    _welcome(services, address, console, language)
    app = create_app(services, answers := RunningAnswers())
    services.admin.runs.follow_schedule()
    ended = threading.Event()
    keeping = (services.audit.records, services.leases, ended)
    threading.Thread(target=keep_records, args=keeping, daemon=True, name="records").start()
    threading.Thread(target=_warm_up, args=(services,), daemon=True, name="warm-up").start()
    console.print(message("serve.at", language, url=address), markup=False)
    try:
        # Behind a proxy all connections come from its address.
        limits = Limits(of_one_address=0) if services.server.proxies else Limits()
        server = web_server(app, host, port, answers, limits, services.server)
        threading.Thread(target=end_in_time, args=(server.ending,), daemon=True, name="end").start()
        server.run()
        if server.interrupted:
            raise KeyboardInterrupt
    finally:
        ended.set()
        services.admin.runs.close()


def _warn_of_licences(settings: "Settings", console: Console, language: Language) -> None:
    """Models on the Ollama server that a firm may not use, or of which nobody can tell."""
    from chatbot.compliance.licences import use_label
    from chatbot.compliance.sovereignty.models import doubtful
    from config.licences import Licence

    for model in doubtful(settings):
        use = use_label(Licence(name=model.licence, use=model.use), language)
        text = message("serve.licence", language, model=model.name, licence=model.licence or "–", use=use)
        console.print(text, style="yellow", markup=False)


def _welcome(services: "WebServices", address: str, console: Console, language: Language) -> None:
    """Where people sign in: make sure that the policy can be read, and that somebody can manage the accounts."""
    from chatbot.compliance.policy_report import warnings

    if not services.people.identity.signs_in:
        return
    for warning in warnings(services.policy, services.people.policy.current(), language):
        console.print(warning, style="yellow", markup=False)
    server = services.server
    if server.https and not server.proxies:
        console.print(message("serve.no_proxies", language), style="yellow", markup=False)
    if services.people.identity.pages == "accounts":
        welcome_admin(services.sign_in.accounts, address, console, language)


def welcome_admin(accounts: "Accounts", address: str, console: Console, language: Language) -> None:
    """Give the first account its link; where nobody has used it in time, say how to get another."""
    if not accounts.count():
        with suppress(SignInRefused):  # another process started at the same moment, and gave out the link
            token = accounts.add("admin", ["admin"], ())
            console.print(message("users.first", language, link=f"{address}/set-up/{token}"), markup=False)
            return
    admins = [account for account in accounts.all() if "admin" in account.roles and not account.disabled]
    if admins and not any(account.has_password for account in admins):
        console.print(message("users.no_admin", language, name=admins[0].name), markup=False)


def page_address(server: ServerSettings, address: str, host: str, port: int) -> str:
    """The page's address as people type it."""
    names = server.names
    if server.https:
        return address
    if host in ("0.0.0.0", "::"):  # noqa: S104 - every address of the machine; nobody types that
        host = names[0] if names else "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _unless_empty(console: Console, language: Language) -> Iterator[None]:
    """An index that is still empty is no obstacle: the admin page fills it. Nor is a full disk: records can be read."""
    try:
        yield
    except DiskFull as error:
        console.print(error.text(language), style="yellow", markup=False)
    except IndexUnavailable as error:
        if error.key != "index.nothing":
            raise


def end_in_time(ending: threading.Event, seconds: float = _ENDS_S) -> None:
    """End this process for good, whatever still holds it, when its time is over; a kill loses nothing either.

    Args:
        ending: set when the process was asked to end.
        seconds: that it has from then on.
    """
    ending.wait()
    time.sleep(seconds)
    logging.getLogger(__name__).warning("ended while something was still at work; nothing that was finished is lost")
    end_now()


def end_now() -> None:
    """End this process, in which everything is closed: taking its objects apart takes seconds on a busy machine."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


class _Cancelled(logging.Filter):
    """Passes over traces of requests that were ended with the server: nothing is wrong with them."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def web_server(
    app: "FastAPI", host: str, port: int, answers: "RunningAnswers", limits: "Limits", server: ServerSettings
) -> Any:
    import gradio as gr
    import uvicorn

    from chatbot.web.security.connections import bounded_protocol

    class Server(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            self.ending, self.interrupted = threading.Event(), False

        def handle_exit(self, sig: int, frame: Any) -> None:
            # Not uvicorn's own: it kills the process with the signal before anything can be closed.
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True
            self.interrupted = sig == signal.SIGINT
            self.ending.set()
            # Without this an open page's heartbeat keeps the process alive.
            answers.stop_all()
            for route in app.routes:
                if isinstance(mounted := getattr(route, "app", None), gr.routes.App):
                    mounted.stop_event.set()

    logging.getLogger("uvicorn.error").addFilter(_Cancelled())
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=3,
            server_header=False,
            http=bounded_protocol(limits),  # type: ignore[arg-type]  # it is only ever called
            ws="none",
            limit_concurrency=limits.connections,
            # A proxy tells from whom a request is; where it names the person, too, its own address proves it.
            proxy_headers=bool(server.proxies) and server.sign_in != "proxy",
            forwarded_allow_ips=list(server.proxies),
        )
    )


def refuse_open_address(host: str, server: ServerSettings, signs_in: bool) -> None:
    """Refuse to be served beyond this machine without sign-in and https.

    Args:
        host: to listen on.
        server: settings of the page.
        signs_in: whether people sign in.

    Raises:
        SettingsError: anybody in the network could ask.
    """
    if server.loopback_published or (signs_in and server.https):
        return
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise SettingsError("server.not_loopback", host=host)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError("server.port_taken", port=port, free=port + 1) from error


def _warm_up(services: "WebServices") -> None:
    """Load what the first question would wait for: the embedder, the judge, and the engine that will answer."""
    # What fails here is said to the person at the question, by name.
    with suppress(FundstelleError):
        answering = services.chat.answering()
        answering.retriever(services.people.local_person(), 1, EVERYTHING).retrieve("?")
        if answering.judge:
            answering.judge.answers("?", ["?"])
    for engine in services.engines:
        with suppress(FundstelleError):
            engine.prepare()
            engine.warm_up()
            return
