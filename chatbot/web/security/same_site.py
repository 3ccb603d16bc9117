"""Forms are taken from the product's own pages only (cross-site request forgery)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request


def same_site(request: Request) -> None:
    """Let a request pass whose browser says that it comes from this site.

    Raises:
        HTTPException: 403, for any other.
    """
    site = request.headers.get("sec-fetch-site")
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if site == "same-origin" or (site is None and origin and origin == request.headers.get("host")):
        return
    raise HTTPException(status_code=403)


def comes_from_elsewhere(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether another site's page makes a browser send a request; a program that is no browser says neither.

    Args:
        headers: of an ASGI request.
    """
    found = {name.lower(): value.decode("latin-1") for name, value in headers}
    site = found.get(b"sec-fetch-site")
    if site is not None:
        return site != "same-origin"
    origin = found.get(b"origin")
    return origin is not None and urlsplit(origin).netloc != found.get(b"host")
