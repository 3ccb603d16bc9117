"""Cookies of a request, found whatever stands beside them: a host's other applications set what they like.

A parser that holds to the grammar (RFC 6265, section 4.1.1) gives up at the first cookie that does not, and whoever
has one is signed out for good. Browsers send pairs with `; ` between them, whatever is in them (section 5.4).
"""

from typing import Any

_MOST = 8  # values of one name that are looked at


def cookie_values(scope: Any, name: str) -> list[str]:
    """Values of a cookie in the order of the request, none where there is no such cookie.

    There may be several: another application may set one of our name for a path or for the domain.

    Args:
        scope: of an ASGI request.
        name: of the cookie.
    """
    found: list[str] = []
    for header, value in scope.get("headers", ()):
        if header.lower() != b"cookie":
            continue
        for pair in value.decode("latin-1").split(";"):
            key, equals, content = pair.partition("=")
            if equals and key.strip(" \t") == name:
                found.append(content.strip(" \t").removeprefix('"').removesuffix('"'))
    return list(dict.fromkeys(value for value in found if value))[:_MOST]
