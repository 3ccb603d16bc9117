"""A baseline scan of a served page: crawls it, looks at every answer, and sends the usual hostile values.

    python -m tests.baseline_scan http://127.0.0.1:7860 --cookie fundstelle=...

Prints a table of what it found, and ends with 1 where it found anything.
"""

import argparse
import re
import socket
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import httpx

from chatbot.web.security.headers import CONTENT_SECURITY_POLICY
from tests.baseline_rules import RULES, Finding, Form, Page, passive

EVIL = "evil.example"
_SCRIPT = "zq\"'><svg onload=zq7()>"
_VALUES = (
    _SCRIPT, f"//{EVIL}/", f"https://{EVIL}/", f"/\\{EVIL}", "x\r\nX-Injected: 1", "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "/etc/passwd", "file:///etc/passwd", "....//....//etc/passwd\0.png",
    "\0", "-1", "9" * 30, "a" * 3000, "' OR '1'='1",
)  # fmt: skip
_RAW_PATHS = (
    "/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/assets/../../../../../../etc/passwd",
    "/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static//etc/passwd", "/static/%2fetc%2fpasswd", "//etc/passwd", "/%00", "/assets/%00", "/static/x%00.js",
    "/gradio_api/file=/etc/passwd", "/gradio_api/file=..%2f..%2fetc%2fpasswd", "/gradio_api/file//etc/passwd",
    f"/gradio_api/proxy=http://{EVIL}/", f"/gradio_api/file=http://{EVIL}/", "/%ff%fe", "/..;/admin/",
)  # fmt: skip
_STRAY = (
    "/.git/HEAD", "/.git/config", "/.env", "/.htaccess", "/fundstelle.toml", "/policy.toml", "/backup.zip",
    "/server.py", "/pages.css~", "/index.html~", "/pages.css.bak", "/.DS_Store", "/openapi.json", "/docs",
)  # fmt: skip
_LISTED = ("/assets/", "/static/", "/pages/", "/")
_KEPT_OUT = {"/sign-out"}  # would end the session that the scan has
_MOST_PAGES, _MOST_FILES = 80, 60


class Route(NamedTuple):
    """An address with its parameters: those in braces, those of the query, and the fields of its form."""

    method: str
    path: str
    query: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Scan:
    """One scan as one person.

    Args:
        origin: where the page is served.
        cookie: of somebody who is signed in, else empty.
        policy: the content security policy that every answer must have.
    """

    def __init__(self, origin: str, cookie: str = "", policy: str = CONTENT_SECURITY_POLICY) -> None:
        self.origin, self._policy, self._person = origin.rstrip("/"), policy, bool(cookie)
        headers = {"cookie": cookie} if cookie else {}
        self._client = httpx.Client(headers=headers, trust_env=False, timeout=30, follow_redirects=False)
        self._cookie = cookie
        self.found: dict[tuple[str, str], Finding] = {}
        self.requests = 0

    def run(self, starts: Iterable[str], routes: Iterable[Route]) -> list[Finding]:
        """All findings, each rule once an address.

        Args:
            starts: paths to crawl from.
            routes: addresses beyond those that the crawl finds.
        """
        with self._client:
            forms = self._crawl(starts)
            self._fixed()
            for route in _widest({*routes, *forms}):
                if route.path not in _KEPT_OUT:
                    self._attack(route)
        return sorted(self.found.values())

    def _crawl(self, starts: Iterable[str]) -> set[Route]:
        pages, files, seen = [self.origin + start for start in starts], [], set()
        routes: set[Route] = set()
        while pages and len(seen) < _MOST_PAGES:
            address = pages.pop(0).partition("#")[0]
            if address in seen or not address.startswith(f"{self.origin}/"):
                continue
            seen.add(address)
            routes.add(_route_of("GET", address))
            answer = self._ask("GET", address)
            if "location" in answer.headers:
                pages.append(urljoin(address, answer.headers["location"]))
            if answer.headers.get("content-type", "").startswith("text/html"):
                page = Page(address, answer.text)
                pages += page.links
                files += page.loads
                routes |= {_route_of(form.method, form.action, form) for form in page.forms}
        for address in list(dict.fromkeys(files))[:_MOST_FILES]:
            if address.startswith(f"{self.origin}/") and address not in seen:
                self._ask("GET", address)
        return routes

    def _fixed(self) -> None:
        """What does not depend on the page's addresses."""
        for method, path in (("GET", "/no-such-page"), ("GET", "/sign-in/no-such-page"), ("POST", "/no-such-page")):
            if self._ask(method, self.origin + path).status_code < 300:
                self._add("unknown-address", f"{method} {path}")
        for path in _STRAY:
            if self._ask("GET", self.origin + path).status_code < 300:
                self._add("stray-file", f"GET {path}")
        for path in _LISTED:
            if re.search(r"Index of|Directory listing", self._ask("GET", self.origin + path).text):
                self._add("listing", f"GET {path}")
        for method in ("TRACE", "TRACK", "CONNECT"):
            if _status(self._raw(f"{method} / HTTP/1.1")) < 400:
                self._add("trace", f"{method} /")
        if self._ask("DELETE", self.origin + "/health").status_code < 400:
            self._add("wrong-method", "DELETE /health")
        for path in _RAW_PATHS:
            self._raw_answer(path)
        self._foreign()

    def _foreign(self) -> None:
        for method in ("GET", "OPTIONS"):
            asked = {"origin": f"http://{EVIL}", "access-control-request-method": "POST"}
            for path in ("/", "/health", "/config", "/gradio_api/queue/join"):
                answer = self._ask(method, self.origin + path, headers=asked)
                if any(name.startswith("access-control-") for name in answer.headers):
                    self._add("cors", f"{method} {path}")
        for path in ("/health", "/", "/config", "/sign-in"):
            refused = self._raw(f"GET {path} HTTP/1.1", host=EVIL)
            if _status(refused) < 400 or EVIL in refused:
                self._add("host", f"GET {path}", "Host")
            for name in ("X-Forwarded-Host", "X-Gradio-Server", "Forwarded", "X-Original-URL"):
                value = f"host={EVIL}" if name == "Forwarded" else f"http://{EVIL}" if "Server" in name else EVIL
                if EVIL in self._raw(f"GET {path} HTTP/1.1", **{name.replace("-", "_"): value}):
                    self._add("host", f"GET {path}", name)

    def _attack(self, route: Route) -> None:
        """Each value in each parameter, one at a time."""
        places = [*re.findall(r"{(\w+)}", route.path), *route.query, *route.fields]
        for place in places:
            for value in _VALUES:
                self._probe(route, place, value)
        if route.method == "POST":
            form = dict.fromkeys(route.fields, "x")
            if self._ask("POST", self._address(route, "", ""), data=form).status_code < 400:
                self._add("cross-site-form", f"POST {route.path}")

    def _probe(self, route: Route, place: str, value: str) -> None:
        address = self._address(route, place, value)
        form = {name: value if name == place else "x" for name in route.fields}
        headers = {"origin": self.origin} if route.method == "POST" else {}
        answer = self._ask(route.method, address, data=form or None, headers=headers)
        where = f"{route.method} {route.path} {place}"
        if urlsplit(answer.headers.get("location", "").replace("\\", "/")).netloc == EVIL:
            self._add("open-redirect", where, value)
        if "x-injected" in answer.headers:
            self._add("header-injection", where)
        if "<svg onload=zq7" in answer.text and answer.headers.get("content-type", "").startswith("text/html"):
            self._add("script-injection", where)
        if _is_passwd(answer.text):
            self._add("file-read", where, value)

    def _address(self, route: Route, place: str, value: str) -> str:
        path = re.sub(r"{(\w+)}", lambda found: quote(value, safe="") if found[1] == place else "x", route.path)
        query = "&".join(f"{name}={quote(value if name == place else 'x', safe='')}" for name in route.query)
        return f"{self.origin}{path}" + (f"?{query}" if query else "")

    def _ask(self, method: str, address: str, **given: object) -> httpx.Response:
        self.requests += 1
        answer = self._client.request(method, address, **given)  # type: ignore[arg-type]
        for finding in passive(answer, self._policy, self._person):
            self._add(*finding)
        return answer

    def _raw(self, line: str, host: str = "", **headers: str) -> str:
        """The answer to a request that no library would send."""
        self.requests += 1
        place = urlsplit(self.origin)
        given = {"Host": host or place.netloc, "Connection": "close", "Cookie": self._cookie or "x=y"} | headers
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
        with socket.create_connection((place.hostname or "", place.port or 80), timeout=30) as connection:
            connection.sendall(f"{line}\r\n{head}\r\n".encode("latin-1"))
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts).decode("latin-1")

    def _raw_answer(self, path: str) -> None:
        answer = self._raw(f"GET {path} HTTP/1.1")
        if _is_passwd(answer):
            self._add("file-read", f"GET {path}")
        if _status(answer) >= 500:
            self._add("server-error", f"GET {path}", answer[9:12])

    def _add(self, rule: str, where: str, said: str = "") -> None:
        self.found.setdefault((rule, where.partition("?")[0]), Finding(rule, where, said))


def _widest(routes: Iterable[Route]) -> list[Route]:
    """Routes without those of which another one has the same address and all parameters."""
    kept: list[Route] = []
    for route in sorted(routes, key=lambda one: (-len(one.query) - len(one.fields), one)):
        alike = (one for one in kept if (one.method, one.path) == (route.method, route.path))
        if not any({*route.query} <= {*one.query} and {*route.fields} <= {*one.fields} for one in alike):
            kept.append(route)
    return kept


def _route_of(method: str, address: str, form: Form | None = None) -> Route:
    parts = urlsplit(address)
    query = tuple(dict.fromkeys(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
    fields = form.fields if form else ()
    return Route(method, parts.path, (*query, *fields) if method == "GET" else query, fields if method != "GET" else ())


def _status(answer: str) -> int:
    return int(answer[9:12]) if answer.startswith("HTTP/1.") else 400  # closed without a word


def _is_passwd(text: str) -> bool:
    return re.search(r"^root:[^:]*:0:0:", text, re.M) is not None


def table(found: Iterable[Finding]) -> Iterator[str]:
    """Lines that name rule, risk and place of each finding.

    Args:
        found: by a scan.
    """
    for rule, where, said in found:
        yield f"{RULES[rule]:8}{rule:18}{where[:110]}  {said[:80]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("origin")
    parser.add_argument("--cookie", default="")
    parser.add_argument("--start", action="append")
    given = parser.parse_args()
    from tests.product_routes import PRODUCT_ROUTES, READ_BESIDE

    scan = Scan(given.origin, given.cookie)
    found = scan.run(given.start or ["/", "/sign-in", "/about", "/admin/", "/audit"], (*PRODUCT_ROUTES, *READ_BESIDE))
    print("\n".join(table(found)) or "nothing found", f"\n{scan.requests} requests, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
