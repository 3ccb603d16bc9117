"""Forms are taken from the product's own pages only (cross-site request forgery)."""

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
