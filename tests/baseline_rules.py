"""What the baseline scan looks at in every answer: its headers, its cookies, and what its page loads."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

# Rules with their risk.
RULES = {
    "csp": "medium", "nosniff": "low", "referrer-policy": "low", "opener-policy": "low", "resource-policy": "low",
    "server-named": "low", "cached": "medium", "cookie-script": "high", "cookie-site": "medium",
    "cookie-secure": "medium", "other-origin": "high", "inline-script": "medium", "autocomplete": "low",
    "error-details": "medium", "server-error": "medium", "unknown-address": "medium", "wrong-method": "low",
    "listing": "medium", "stray-file": "high", "trace": "medium", "cors": "high",
    "open-redirect": "high", "host": "high", "header-injection": "high", "script-injection": "high",
    "file-read": "high", "cross-site-form": "high",
}  # fmt: skip
_HEADERS = {
    "nosniff": ("x-content-type-options", {"nosniff"}),
    "referrer-policy": ("referrer-policy", {"no-referrer", "same-origin"}),
    "opener-policy": ("cross-origin-opener-policy", {"same-origin"}),
    "resource-policy": ("cross-origin-resource-policy", {"same-origin"}),
}
_PERSONAL = ("text/html", "application/json", "text/csv", "application/pdf", "application/octet-stream")
_DETAILS = re.compile(
    r'Traceback|File "[^"]+", line \d|site-packages|/home/|/usr/lib/|/root/|\b(?:uvicorn|starlette|fastapi|gradio|'
    r"sqlalchemy|pydantic)\b|Python/?\s?3\.\d|errors\.pydantic\.dev|sqlite3?\.",
    re.I,
)
_STYLE_LOADS = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", re.I)
_SCRIPT_LOADS = re.compile(r"""(?:\bimport|\bfrom)\s*\(?\s*["']((?:https?:)?//[^"']+)""")


class Finding(NamedTuple):
    """A rule that an answer breaks.

    Attributes:
        where: method and address.
        said: what was seen.
    """

    rule: str
    where: str
    said: str = ""


class Form(NamedTuple):
    """A form of a page."""

    method: str
    action: str
    fields: tuple[str, ...]


class Page(HTMLParser):
    """What a page links to, loads and asks for.

    Args:
        address: of the page.
        text: its HTML.
    """

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.forms: list[Form] = []
        self.inline = self.bare_passwords = 0
        self._address, self._base = address, address
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and given.get("href"):
            self._base = urljoin(self._address, given["href"])
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self._base, given["href"]))
        loaded = given.get("href") if tag == "link" else given.get("src")
        if loaded and not loaded.startswith(("data:", "blob:")):
            self.loads.append(urljoin(self._base, loaded))
        self.inline += (tag == "script" and "src" not in given) or any(name.startswith("on") for name in given)
        if tag == "form":
            action = urljoin(self._base, given.get("action") or self._address)
            self.forms.append(Form(given.get("method", "get").upper(), action, ()))
        if tag in ("input", "select", "textarea") and given.get("name") and self.forms:
            form = self.forms[-1]
            self.forms[-1] = form._replace(fields=(*form.fields, given["name"]))
        self.bare_passwords += tag == "input" and given.get("type") == "password" and "autocomplete" not in given


def passive(answer: httpx.Response, policy: str, person: bool) -> Iterator[Finding]:
    """Findings in an answer, whatever it was asked.

    Args:
        answer: of the server.
        policy: the exact content security policy expected.
        person: whether somebody is signed in, whose pages nobody else's browser may keep.
    """
    where = f"{answer.request.method} {answer.request.url}"
    headers = answer.headers
    kind = headers.get("content-type", "").partition(";")[0]
    if headers.get("content-security-policy") != policy:
        yield Finding("csp", where, headers.get("content-security-policy", "none"))
    for rule, (name, allowed) in _HEADERS.items():
        if headers.get(name) not in allowed:
            yield Finding(rule, where, headers.get(name, "none"))
    for name in ("server", "x-powered-by"):
        if name in headers:
            yield Finding("server-named", where, f"{name}: {headers[name]}")
    if person and answer.status_code < 400 and kind in _PERSONAL and "no-store" not in headers.get("cache-control", ""):
        yield Finding("cached", where, headers.get("cache-control", "none"))
    yield from _cookies(answer, where)
    if answer.status_code >= 500:
        yield Finding("server-error", where, str(answer.status_code))
    if answer.status_code >= 400 and (found := _DETAILS.search(_without_request(answer))):
        yield Finding("error-details", where, found[0])
    yield from _content(answer, where, kind)


def _cookies(answer: httpx.Response, where: str) -> Iterator[Finding]:
    for cookie in answer.headers.get_list("set-cookie"):
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        if "httponly" not in flags:
            yield Finding("cookie-script", where, cookie.partition("=")[0])
        if not flags & {"samesite=lax", "samesite=strict"}:
            yield Finding("cookie-site", where, cookie.partition("=")[0])
        if answer.request.url.scheme == "https" and "secure" not in flags:
            yield Finding("cookie-secure", where, cookie.partition("=")[0])


def _content(answer: httpx.Response, where: str, kind: str) -> Iterator[Finding]:
    loaded: list[str] = []
    if kind == "text/html":
        page = Page(str(answer.request.url), answer.text)
        loaded = page.loads
        if page.inline:
            yield Finding("inline-script", where, str(page.inline))
        if page.bare_passwords:
            yield Finding("autocomplete", where, str(page.bare_passwords))
    elif kind == "text/css":
        loaded = _STYLE_LOADS.findall(answer.text)
    elif kind.endswith("javascript"):
        loaded = _SCRIPT_LOADS.findall(answer.text)
    for address in loaded:
        if urlsplit(urljoin(str(answer.request.url), address)).netloc != answer.request.url.netloc.decode():
            yield Finding("other-origin", where, address)


def _without_request(answer: httpx.Response) -> str:
    """The text, without what only repeats the address that was asked for."""
    return answer.text.replace(answer.request.url.path, "") if answer.request.url.path != "/" else answer.text
