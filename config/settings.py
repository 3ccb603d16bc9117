"""What the operator decides: one TOML file, overridden by FUNDSTELLE_* variables; frozen once read."""

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from config.database_hosts import database_hosts, is_socket
from config.errors import SettingsError
from config.sections import (
    AboutSettings,
    AnswerSettings,
    AuditSettings,
    DatabaseSettings,
    EmbeddingSettings,
    IngestSettings,
    OidcSettings,
    OllamaSettings,
    QdrantSettings,
    Section,
    ServerSettings,
)

CONFIG_VARIABLE = "FUNDSTELLE_CONFIG"
DEFAULT_FILE = "fundstelle.toml"


def _user_data_dir() -> Path:
    from platformdirs import user_data_path

    return user_data_path("fundstelle")


class Settings(BaseSettings):
    """All settings. Sections nest with two underscores: FUNDSTELLE_OLLAMA__URL."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="FUNDSTELLE_", env_nested_delimiter="__", env_ignore_empty=True
    )

    data_dir: Path = Field(default_factory=_user_data_dir, description="everything the program keeps")
    free_megabytes: int = Field(
        500, ge=200, description="space on the disk of `data_dir` that stays free: with less no run begins or goes on"
    )
    models_dir: Path | None = Field(None, description="model files; without it `models` in the data directory")
    language: Literal["de", "en"] | None = Field(None, description="language of the terminal; else the locale's")
    qdrant: QdrantSettings = QdrantSettings()
    ollama: OllamaSettings = OllamaSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    answer: AnswerSettings = AnswerSettings()
    ingest: IngestSettings = IngestSettings()
    database: DatabaseSettings = DatabaseSettings()
    audit: AuditSettings = AuditSettings()
    about: AboutSettings = AboutSettings()
    server: ServerSettings = ServerSettings()
    oidc: OidcSettings = OidcSettings()
    policy: Path | None = Field(None, description="file that says who may ask what; needed where people sign in")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = settings_file()
        toml = (TomlConfigSettingsSource(settings_cls, file),) if file else ()
        return (init_settings, env_settings, *toml)

    @property
    def model_folder(self) -> Path:
        return self.models_dir or self.data_dir / "models"

    @property
    def database_url(self) -> str:
        if self.database.url is not None:
            return self.database.url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'fundstelle.sqlite'}"

    def configured_hosts(self) -> frozenset[str]:
        """Hosts the operator has named, the only ones besides loopback that may be reached.

        Raises:
            SettingsError: `database.url` cannot be read.
        """
        urls = [self.ollama.url, self.qdrant.url, self.audit.timestamp_url, self.oidc.issuer]
        hosts = {urlsplit(url).hostname for url in urls if url}
        if self.database.url is not None:
            hosts |= {host for host in database_hosts(self.database_url) if not is_socket(host)}
        return frozenset(host for host in hosts if host)


def settings_file() -> Path | None:
    """The TOML file: FUNDSTELLE_CONFIG, else `fundstelle.toml` in the working directory if there is one.

    Raises:
        SettingsError: FUNDSTELLE_CONFIG names a file that is not there.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise SettingsError("settings.no_file", path=named, variable=CONFIG_VARIABLE)
        return Path(named)
    return Path(DEFAULT_FILE) if Path(DEFAULT_FILE).is_file() else None


def load_settings(**overrides: Any) -> Settings:
    """Read the file and the environment.

    Raises:
        SettingsError: unknown key (the nearest valid one is named), bad value, or unreadable file.
    """
    _refuse_unknown_variables()
    try:
        return Settings(**overrides)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("settings.bad_toml", path=settings_file(), reason=error) from error
    except ValidationError as error:
        raise _explain(error) from error


def setting_names(model: type[BaseModel] = Settings, prefix: str = "") -> dict[str, str]:
    """Every setting's dotted name with its description, for the table in docs/operators.md and for hints."""
    names: dict[str, str] = {}
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            names |= setting_names(field.annotation, f"{prefix}{name}.")
        else:
            names[prefix + name] = field.description or ""
    return names


def _refuse_unknown_variables() -> None:
    known = {"FUNDSTELLE_" + name.upper().replace(".", "__") for name in setting_names()} | {CONFIG_VARIABLE}
    for variable in os.environ:
        if variable.startswith("FUNDSTELLE_") and variable not in known:
            raise SettingsError("settings.unknown", name=variable, nearest=_nearest(variable, known))


def _nearest(name: str, known: set[str]) -> str:
    return (difflib.get_close_matches(name, sorted(known), n=1, cutoff=0) or ["?"])[0]


def _explain(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return SettingsError("settings.unknown", name=name, nearest=_nearest(name, set(setting_names())))
    # The value itself is not repeated: it may be a secret.
    return SettingsError("settings.bad_value", name=name, reason=first["msg"])
