"""Sentence boundaries for German and English, as character spans."""

import re

from ingest.text.words import stopwords

# Abbreviations after which a full stop does not end the sentence.
_ABBREVIATIONS = frozenset(
    "abs art bzw ca dr etc evtl ggf inkl max min mind mio mrd nr prof rd s sog st str tel u usw v vgl z zzgl "
    "bspw exkl gem lt zt zb dh oä ua e.g i.e mr mrs ms no vs approx inc ltd fig sec vol dept ext "
    "jan feb mär apr jun jul aug sep sept okt oct nov dez dec mo di mi do fr sa so".split()
)
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
        starter = following is not None and following.group(1).lower() in stopwords("de") | stopwords("en")
        return starter and not begins_line
    return not (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(\w\.)+\w", word))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
