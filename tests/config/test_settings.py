"""Settings: read from file and environment, refused with a useful word when wrong."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.errors import SettingsError
from config.settings import load_settings, setting_names


def test_file_is_overridden_by_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "f.toml"
    file.write_text('[ollama]\nurl = "http://127.0.0.1:1"\nmodel = "a"\n')
    monkeypatch.setenv("FUNDSTELLE_CONFIG", str(file))
    monkeypatch.setenv("FUNDSTELLE_OLLAMA__MODEL", "b")
    loaded = load_settings()
    assert (loaded.ollama.url, loaded.ollama.model) == ("http://127.0.0.1:1", "b")


@pytest.mark.parametrize(
    ("content", "nearest"), [("[olama]\nurl = 'x'", "ollama"), ("[ollama]\nurls = 'x'", "ollama.url")]
)
def test_unknown_key_names_the_nearest(
    content: str, nearest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f.toml"
    file.write_text(content)
    monkeypatch.setenv("FUNDSTELLE_CONFIG", str(file))
    with pytest.raises(SettingsError, match=nearest):
        load_settings()


def test_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDSTELLE_OLAMA__URL", "x")
    with pytest.raises(SettingsError, match="FUNDSTELLE_OLLAMA__URL"):
        load_settings()


def test_missing_and_broken_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDSTELLE_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load_settings()
    (tmp_path / "none.toml").write_text("[[[")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings()


def test_settings_are_frozen_and_secrets_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDSTELLE_QDRANT__API_KEY", "hush-hush")
    monkeypatch.setenv("FUNDSTELLE_DATABASE__URL", "postgresql://u:hush-hush@db/x")
    loaded = load_settings()
    assert "hush-hush" not in repr(loaded)
    with pytest.raises(ValidationError):
        loaded.data_dir = Path("/elsewhere")
    assert loaded.configured_hosts() == {"127.0.0.1", "db"}


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "x:cloud"])
def test_cloud_models_are_refused(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDSTELLE_OLLAMA__MODEL", model)
    with pytest.raises(SettingsError, match="outside this house"):
        load_settings()


def test_every_setting_is_described() -> None:
    assert [name for name, description in setting_names().items() if not description] == []
