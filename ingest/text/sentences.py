"""Sentence boundaries, as character spans."""

import re

from ingest.text.languages import words_of
from ingest.text.words import is_function_word

_ABBREVIATIONS = frozenset(words_of("sentences.abbreviations"))
_END = re.compile(r"[.!?…]+[\"'“”»)\]]*(?=\s)|\n")
_NEXT_WORD = re.compile(r"\s*(\w+)")
_LAST_WORD = re.compile(r"([\w.]+)$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, without surrounding white space; a line break always ends one.

    A full stop after an abbreviation, a single letter ("z. B.") or an ordinal ("1. März") does not.
    """
    spans, start = [], 0
    for match in _END.finditer(text):
        if match.group() != "\n" and not _ends_sentence(text, match):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def sentences(text: str) -> list[str]:
    """The sentences of `text`."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if not match.group().startswith(".") or len(match.group()) > 1:
        return True
    following = _NEXT_WORD.match(text, match.end())
    if following and following.group(1)[0].islower():
        return False
    before = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
    word = before.group(1).lower() if before else ""
    if word.isdigit() and len(word) <= 2:
        # An ordinal ("am 1. März") or a list number ("1. Die Haube schließen"), unless a function word follows.
        begins_line = not text[text.rfind("\n", 0, match.start()) + 1 : match.start() - len(word)].strip()
        starter = following is not None and is_function_word(following.group(1).lower())
        return starter and not begins_line
    return not (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(\w\.)+\w", word))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
