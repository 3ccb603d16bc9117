"""The small company with a token for each of its people and a service, and its application as programs reach it."""

from typing import Any

from starlette.testclient import TestClient

from chatbot.bootstrap import Services
from chatbot.identity.tokens import SCOPES
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers


class Doors:
    """Makes clients that show a token.

    Args:
        services: of the company.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.app: Any = create_app(services.web(), RunningAnswers())

    def token(self, owner: str, *scopes: str, a_day: int = 10_000) -> str:
        """A new token's secret; without scopes it has all."""
        return self.services.tokens.add(owner, scopes or SCOPES, 30, a_day)[1]  # type: ignore[arg-type]

    def client(self, token: str = "") -> TestClient:
        made = TestClient(self.app, base_url="http://localhost", follow_redirects=False)
        if token:
            made.headers["authorization"] = f"Bearer {token}"
        return made

    def of(self, owner: str, *scopes: str) -> TestClient:
        """A client with a new token of somebody."""
        return self.client(self.token(owner, *scopes))
