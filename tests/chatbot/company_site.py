"""The small company with accounts: its product, and its page served by the product's own server in this process."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from chatbot.bootstrap import Services, bootstrap
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.server import web_server
from config.settings import Settings
from tests.chatbot.records.company import index, write_documents

GOOD = "Pferd Batterie Heftklammer"
PEOPLE = (
    ("employee", "employee", "Vertrieb"),
    ("colleague", "employee", "Vertrieb"),
    ("admin", "admin", ""),
    ("auditor", "auditor", "Revision"),
)


@contextmanager
def company(folder: Path, models_dir: Path, **server: Any) -> Iterator[Services]:
    """A product over three documents, with an account for each of `PEOPLE`.

    Args:
        folder: for its data.
        models_dir: the model files.
        server: settings of the page.
    """
    policy = folder / "policy.toml"
    policy.write_text('[collections.c]\ngroups = ["Vertrieb"]\naudited_by = ["Revision"]\n')
    settings = Settings(
        data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"}, policy=policy,
        server={"sign_in": "accounts", "second_factor": ()} | server,
    )  # fmt: skip
    with bootstrap(settings) as made:
        index(made, write_documents(folder))
        for name, role, group in PEOPLE:
            made.accounts.use_link(made.accounts.add(name, [role], [group] if group else []), GOOD)  # type: ignore[list-item]
        yield made


@contextmanager
def running(services: Services, **limits: Any) -> Iterator[str]:
    """Serve with the product's own server until the end of the block; gives the address.

    Args:
        services: the product.
        limits: those that differ from the product's own, by their names in `Limits`.
    """
    from chatbot.web.security.connections import Limits

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    chosen = Limits(**limits)
    app = create_app(services.web(), answers := RunningAnswers(), chosen)
    server = web_server(app, "127.0.0.1", port, answers, chosen, services.settings.server)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.handle_exit(signal.SIGTERM, None)
    thread.join(timeout=20)


def cookie(address: str, name: str) -> str:
    """The cookie of a person who has signed in.

    Args:
        address: of the page.
        name: one of `PEOPLE`.
    """
    form = {"name": name, "password": GOOD}
    entered = httpx.post(f"{address}/sign-in", data=form, headers={"origin": address}, trust_env=False)
    assert entered.status_code == 303, entered.text
    return f"fundstelle={entered.cookies['fundstelle']}"
