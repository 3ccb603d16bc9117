"""An identity provider that lies in any way a test asks for; the honest one is a process of its own."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT = "fundstelle"


class FakeProvider:
    """Answers on loopback; tests change what it says.

    Attributes:
        described: the discovery document.
        claims: of the ID token.
        answers: status, headers and body that an address gives instead of the usual.
        asked: path and form of every request.
        authorization: header of the last request to each path.
    """

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.described: dict[str, Any] = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
        }
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.id_token: str | None = None
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.authorization: dict[str, str] = {}

    def vouch(self, location: str, **claims: Any) -> dict[str, str]:
        """Take a browser's request for a sign-in; gives the query with which the browser goes back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.claims = good_claims(self.address, query["nonce"]) | claims
        return {"code": "a-code", "state": query["state"]}

    def signed(self) -> str:
        return jwt.encode({"alg": "RS256", "kid": str(self.key.kid)}, self.claims, self.key)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        usual: dict[str, Any] = {
            "/.well-known/openid-configuration": self.described,
            "/keys": KeySet([self.key]).as_dict(private=False),
            "/userinfo": self.userinfo,
        }
        if path == "/token":
            usual[path] = {"access_token": "an-access-token", "id_token": self.id_token or self.signed()}
        return self.answers.get(path) or (200, {}, json.dumps(usual.get(path, {})).encode())


def good_claims(issuer: str, nonce: str) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": issuer, "aud": CLIENT, "sub": "4711", "iat": now, "exp": now + 36_000, "nonce": nonce,
        "preferred_username": "Jana", "groups": ["Vertrieb"],
    }  # fmt: skip


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """One that answers until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            fake.asked.append((self.path, parse_qs(self.rfile.read(length).decode())))
            fake.authorization[self.path] = self.headers.get("authorization", "")
            status, headers, body = fake.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake = FakeProvider(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield fake
    server.shutdown()
    server.server_close()
