"""Switches that must stand in the process environment before any library is imported."""

import os
from collections.abc import Iterable

from config.private_files import close_new_files

SWITCHES = {
    "DO_NOT_TRACK": "1",  # unstructured reports every partition call otherwise
    "SCARF_NO_ANALYTICS": "true",
    "UNSTRUCTURED_DISABLE_NOTICE": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime gives the machine a number and reports sessions otherwise
    "ANONYMIZED_TELEMETRY": "False",
    "OLLAMA_NO_CLOUD": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Threads of llama.cpp that spin while they wait make a busy machine ten times slower.
    "OMP_WAIT_POLICY": "passive",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_BYPASS = "no_proxy"
_proxies: dict[str, str] = {}


def prepare() -> None:
    """Set every switch, overruling what the caller's environment says, forget its proxies, and close new files.

    A proxy on this machine would be a way out that the guard takes for loopback; and the hosts in the settings are
    reached without one anyway.
    """
    close_new_files()
    os.environ.update(SWITCHES)
    for name in [name for name in os.environ if name.lower().endswith("_proxy") and name.lower() != _BYPASS]:
        _proxies[name] = os.environ.pop(name)
    bypass_proxy(LOOPBACK)


def with_proxies() -> dict[str, str]:
    """The environment with the proxies of the caller, for a program that is meant to go outside."""
    return {**os.environ, **_proxies}


def bypass_proxy(hosts: Iterable[str]) -> None:
    """Keep traffic to `hosts` off any HTTP proxy; the clients would send even loopback through it."""
    known = [host for host in os.environ.get("NO_PROXY", "").split(",") if host]
    value = ",".join(dict.fromkeys([*known, *hosts]))
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = value
