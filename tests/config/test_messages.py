"""Every string exists in both languages, says the same things, and is used."""

import re
import string
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from config.errors import EngineFailed, FundstelleError
from config.messages import catalogue, message, message_language, reader_language, shown_date

ROOT = Path(__file__).parents[2]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    entry = catalogue()[key]
    assert set(entry) == {"de", "en"}
    assert fields(entry["de"]) == fields(entry["en"])
    assert all(text.strip() for text in entry.values())


def test_every_message_is_used() -> None:
    folders = [ROOT / name for name in ("config", "ingest", "chatbot", "eval")]
    code = "\n".join(p.read_text() for folder in folders for kind in ("*.py", "*.j2") for p in folder.rglob(kind))
    sections = "|".join({key.split(".")[0] for key in catalogue()})
    literal = set(re.findall(rf"""["']((?:{sections})\.[\w.]+)["']""", code))
    built = set(re.findall(r"""f["']([\w.]+\.)\{""", code)) | set(re.findall(r"""'([\w.]+\.)'""", code))
    assert [k for k in catalogue() if k not in literal and not any(k.startswith(prefix) for prefix in built)] == []


def test_no_key_is_in_two_files() -> None:
    files = [tomllib.loads((ROOT / "config" / name).read_text()) for name in ("messages.toml", "dossier.toml")]
    assert not set(files[0]) & set(files[1]) and {**files[0], **files[1]} == catalogue()


@pytest.mark.parametrize(("header", "expected"), [("de-AT,de;q=0.9", "de"), ("en-US", "en"), ("fr", "en"), ("", "en")])
def test_reader_language(header: str, expected: str) -> None:
    assert reader_language(header) == expected


def test_a_language_without_messages_is_answered_in_english() -> None:
    assert [message_language(code) for code in ("de", "en", "fr")] == ["de", "en", "en"]


def test_errors_speak_both_languages_and_survive_pickling() -> None:
    import pickle

    error = EngineFailed("ollama.unreachable", url="http://x")
    assert "antwortet nicht" in error.text("de") and "does not answer" in str(error)
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, FundstelleError) and copy.text("de") == error.text("de")


def test_message_without_its_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        message("folder.missing", "de")


def test_numbers_with_decimals_are_written_as_the_reader_does_and_whole_ones_stay() -> None:
    how = {"engine": "x", "record": "r"}
    assert "20,76 s" in message("answer.by", "de", seconds=20.759, **how)
    assert "20.76 s" in message("answer.by", "en", seconds=20.759, **how)
    assert "23.453 s" not in message("answer.by", "de", seconds=23.453, **how)
    assert message("source.page", "de", page=2026) == "Seite 2026"
    assert message("admin.seconds", "de", seconds=1234.0) == "1.234,0"
    assert "68.966 MB" in message("disk.free", "de", free=68966, floor=500)
    assert "68,966 MB" in message("disk.free", "en", free=68966, floor=500)


def test_dates_and_moments_are_written_as_the_reader_does() -> None:
    moment = datetime(2026, 11, 30, 9, 5)
    assert (shown_date(moment, "de"), shown_date(moment, "en")) == ("30.11.2026, 09:05", "Nov 30, 2026, 09:05")
    assert (shown_date("2026-03-01", "de"), shown_date(date(2026, 3, 1), "en")) == ("01.03.2026", "Mar 1, 2026")
    assert shown_date("im Sommer", "de") == "im Sommer"
