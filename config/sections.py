"""The sections of the settings."""

import ipaddress
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _plain_http_url(url: str | None) -> str | None:
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be a URL such as http://127.0.0.1:11434")
    return url


def _https_url(url: str | None) -> str | None:
    """What proves who somebody is must not be read or changed on the way; on this machine nobody is in between."""
    url = _plain_http_url(url)
    parts = urlsplit(url or "")
    if parts.scheme == "http" and parts.hostname != "localhost" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https://")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class QdrantSettings(Section):
    """Where passages are indexed: embedded in the data directory, or a server by URL."""

    url: str | None = Field(None, description="URL of a Qdrant server; without it the engine runs embedded")
    api_key: SecretStr | None = Field(None, description="the server's key")
    _check = field_validator("url")(_plain_http_url)


class OllamaSettings(Section):
    """The Ollama server that answers, and embeds if `embedding.engine` says so."""

    url: str = Field("http://127.0.0.1:11434", description="base URL of the Ollama server")
    model: str = Field("qwen2.5:7b", description="model that answers")
    timeout: float = Field(120, gt=0, description="seconds to wait for the next piece of an answer")
    context: int = Field(4096, ge=1024, description="context window in tokens")
    _check = field_validator("url")(_plain_http_url)

    @field_validator("model")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        return refuse_cloud_model(name)


def refuse_cloud_model(name: str) -> str:
    """Ollama serves names ending in `-cloud` from its maker's computers: never accept one, however it is spelled."""
    if name.strip().lower().removesuffix(":latest").endswith(("-cloud", ":cloud")):
        raise ValueError(f"{name} runs on Ollama's cloud, outside this house; choose a local model")
    return name


class EmbeddingSettings(Section):
    """Which model turns passages and questions into vectors."""

    engine: Literal["embedded", "ollama"] = Field("embedded", description="embedded model, or Ollama's")
    model: str = Field("bge-m3", description="Ollama model for embeddings, where the engine is ollama")

    @field_validator("model")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        return refuse_cloud_model(name)


class AnswerSettings(Section):
    """How questions are answered."""

    engine: Literal["auto", "ollama", "embedded", "quote"] = Field(
        "auto", description="auto takes ollama where it answers, and quotes else"
    )
    sources: int = Field(5, ge=1, le=10, description="passages shown for a question")
    first_words_seconds: float = Field(
        6, gt=0, le=120, description="a model is shown as much of the sources as it reads in this time"
    )
    statements: int = Field(4, ge=1, le=10, description="statements an answer may have")
    question_characters: int = Field(2000, ge=100, description="longest question accepted")
    unsupported: Literal["mark", "drop"] = Field("mark", description="what happens to unsupported statements")
    verifier: Literal["rules", "engine", "ollama"] = Field(
        "rules", description="who checks statements: rules alone, or also the answering model, or another of Ollama's"
    )
    verifier_model: str = Field("", description="Ollama model that checks, where verifier is ollama")
    owners: dict[str, str] = Field(default_factory=dict, description="whom to ask about a collection, by its name")
    threads: int = Field(0, ge=0, description="processor threads of the embedded model; 0 takes all cores")

    @field_validator("verifier_model")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        return refuse_cloud_model(name)

    @model_validator(mode="after")
    def _names_its_verifier(self) -> Self:
        if self.verifier == "ollama" and not self.verifier_model:
            raise ValueError("answer.verifier is ollama: name the model that checks in answer.verifier_model")
        return self


class IngestSettings(Section):
    """How folders are read."""

    ignore: tuple[str, ...] = Field(
        (".*", "~$*", "Thumbs.db", "desktop.ini", "*.tmp", "*.bak"), description="files passed over, as in .gitignore"
    )
    roots: tuple[Path, ...] = Field(
        (), description="where people sign in, the admin page takes folders below these, and those a collection has"
    )
    deletion_share: float = Field(
        0.2, ge=0, le=1, description="a run that would remove more than this share of a collection asks first"
    )
    workers: int = Field(0, ge=0, description="processes that read files; 0 takes one a core")
    worker_megabytes: int = Field(2048, ge=512, description="memory a process that reads files may use")
    file_megabytes: int = Field(500, ge=1, description="largest file that is read")
    file_seconds: float = Field(120, gt=0, description="time a file may take without getting on, a page at a time")
    watch: bool = Field(False, description="the page takes over changes in the folders at once")
    every_minutes: float = Field(0, ge=0, description="the page brings everything up to date this often; 0 for never")
    old_years: float = Field(5, gt=0, description="age from which the quality report calls a document old")


class DatabaseSettings(Section):
    """Registry of documents and records of answers."""

    url: SecretStr | None = Field(None, description="SQLAlchemy URL; without it SQLite in the data directory")


class AuditSettings(Section):
    """How the chain of records is proved outside; the policy says what records hold, and how long."""

    heads: Path | None = Field(
        None, description="file the chain's head is written to, best on another machine; else in `data_dir`"
    )
    heads_hours: float = Field(24, ge=0, description="the page writes the head this often; 0 for never")
    timestamp_url: str | None = Field(None, description="server for signed time-stamps of the head (RFC 3161)")
    timestamp_roots: Path | None = Field(None, description="PEM file with the certificates that this server's rest on")
    _check = field_validator("timestamp_url")(_plain_http_url)


class AboutSettings(Section):
    """What the page about this AI and the technical documentation say of its operator."""

    company: str = Field("", description="who operates this assistant")
    responsible: str = Field("", description="who is responsible for it, and how to reach them")
    complaints: str = Field("", description="where people complain about an answer")


class ServerSettings(Section):
    """The web page."""

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(7860, ge=1, le=65535, description="port to listen on")
    sign_in: Literal["none", "accounts", "oidc", "proxy"] = Field(
        "none",
        description="who may reach the page: whoever is at this machine, or people with an account here (accounts), "
        "at an identity provider (oidc), or whom a proxy names (proxy)",
    )
    second_factor: tuple[Literal["employee", "admin", "auditor"], ...] = Field(
        ("admin", "auditor"),
        description="roles whose accounts show a code of an app beside the password, where sign_in is accounts; "
        "elsewhere that is the matter of the identity provider or the proxy",
    )
    proxies: tuple[str, ...] = Field(
        (), description="addresses or networks of proxies in front of the page, whose headers are believed"
    )
    proxy_user: str = Field("x-forwarded-user", description="header in which such a proxy names the person")
    proxy_groups: str = Field(
        "x-forwarded-groups", description="header in which it names the person's groups, with commas between them"
    )
    idle_minutes: float = Field(60, gt=0, description="minutes after which an unused session ends")
    session_hours: float = Field(12, gt=0, description="hours after which any session ends")
    https: bool = Field(False, description="true where people reach the page by https; cookies then need it")
    loopback_published: bool = Field(
        False, description="true in a container whose port is published on the host's loopback address only"
    )
    names: tuple[str, ...] = Field(("localhost", "127.0.0.1"), description="host names the page answers to")
    questions_a_minute: int = Field(10, ge=1, description="questions that one person may ask in a minute")
    questions_at_once: int = Field(2, ge=1, description="questions of one person that are answered at the same time")
    answers_at_once: int = Field(
        8, ge=1, description="questions of all people that are answered at the same time; others wait in turn"
    )
    metrics_from: tuple[str, ...] = Field(
        (), description="addresses or networks that read the figures for monitoring without a token"
    )

    @field_validator("proxies", "metrics_from")
    @classmethod
    def _are_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ipaddress.ip_network(network)
        return networks

    @field_validator("proxy_user", "proxy_groups")
    @classmethod
    def _is_header(cls, name: str) -> str:
        if not name.replace("-", "").isalnum() or not name.isascii():
            raise ValueError("must be the name of a header, such as x-forwarded-user")
        return name.lower()


class OidcSettings(Section):
    """The identity provider at which people sign in, where `server.sign_in` is oidc (Keycloak, Entra ID)."""

    issuer: str | None = Field(None, description="URL of the identity provider, exactly as it names itself")
    client_id: str = Field("", description="name under which this page is registered there")
    client_secret: SecretStr | None = Field(None, description="secret that belongs to it, unless it is a public client")
    name_claim: str = Field("preferred_username", description="claim that is the person's name")
    groups_claim: str = Field("groups", description="claim that lists the person's groups")
    scopes: str = Field("openid profile", description="scopes that are asked for")
    _check = field_validator("issuer")(_https_url)
