"""What programs put before an earlier mail that they quote: its fields, or a line that says who wrote when."""

import re
from functools import cache
from typing import NamedTuple

from ingest.text.languages import pattern_of

_LONGEST = 300  # characters of a line that says who wrote
_LONGEST_VALUE = {"sender": 200, "sent": 120, "other": 1500}
_MOST_LINES = {"sender": 1, "sent": 1, "other": 8}  # of a field's value
_MOST_FIELDS = 8
_FEWEST_UNKNOWN = 4  # fields
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{1,14})\s?:\*{0,2}\s+(\S.*)")
_SHORT_NAME = 6  # letters: De, Da, Van, Fra, Od
_ADDRESS = re.compile(r"<?[\w.+-]+@[\w-]+\.\w[\w.-]*>?")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\S@\S")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\s?\d{1,2}[./-]")


class Head(NamedTuple):
    """The fields of an earlier mail, as the quotation is named by them: sender and time."""

    said: str


def head_at(text: str) -> Head | None:
    """The fields of an earlier mail with which a text begins, in whatever order; None where it begins otherwise.

    Args:
        text: lines, or one line with all of them.
    """
    text = text.lstrip()
    above = _above().match(text)
    start = above.end() if above else 0
    fields = _fields(text, start)
    has_receiver = "other" in fields
    if not has_receiver or not fields.get("sender") or not any(map(str.isdigit, fields.get("sent", ""))):
        return _in_other_language(text[start:])
    return Head(" · ".join(fields[name] for name in ("sender", "sent"))[:200])


def _in_other_language(text: str) -> Head | None:
    """The fields of an earlier mail whose names are of a language that nobody knows here, told by their values.

    A short name stands before an address, the next before a day with a time, and two more at least follow.
    """
    lines = [line.strip().strip("*") for line in text.split("\n")[:_FEWEST_UNKNOWN]]
    fields = [match for line in lines if (match := _UNKNOWN_FIELD.fullmatch(line))]
    if len(fields) < _FEWEST_UNKNOWN:
        return None
    sender, sent = fields[0][2], fields[1][2]
    is_head = len(fields[0][1]) <= _SHORT_NAME and _ADDRESS.search(sender) and is_by_program(sent) and "@" not in sent
    return Head(f"{sender} · {sent}"[:200]) if is_head else None


def introduction_at(text: str) -> str:
    """The line with which a text begins that says who wrote: "On 2 March 2026 Eva Lenz wrote:"; empty for others.

    What is quoted may follow in the same paragraph, where a program wrote the line.

    Args:
        text: of a paragraph.
    """
    match = _wrote().match(text[: _LONGEST + 1])
    if match is None:
        return ""
    said = " ".join(match[1].split())
    return said if match.end() == len(text.rstrip()) or is_by_program(said) else ""


def is_by_program(introduction: str) -> bool:
    """Whether a line names a day and a time or an address, as programs do and people do not.

    Args:
        introduction: as of `introduction_at`.
    """
    return bool(_TIME.search(introduction) and _DATE.search(introduction))


def names_a_day(introduction: str) -> bool:
    """Whether a line names a whole day, with its year: whoever tells of somebody's words seldom does.

    Args:
        introduction: as of `introduction_at`.
    """
    return bool(_DATE.search(introduction))


def is_above_head(text: str) -> bool:
    """Whether a text is what stands above the fields: "-----Original Message-----".

    Args:
        text: of a line or a paragraph.
    """
    return bool(_above().fullmatch(f"{text.strip()} "))


def _fields(text: str, start: int) -> dict[str, str]:
    """The first value of each kind of field, as far as fields follow each other."""
    matches = list(_field().finditer(text, start))[:_MOST_FIELDS]
    found: dict[str, str] = {}
    end = start
    for at, match in enumerate(matches):
        if text[end : match.start()].strip():
            break
        name = match.lastgroup or ""
        following = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        value = text[match.end() : following].strip()
        if at + 1 == len(matches) or len(value) > _LONGEST_VALUE[name] or value.count("\n") >= _MOST_LINES[name]:
            value, following = value.partition("\n")[0], -1
        if name in found and name != "other":
            break
        found.setdefault(name, " ".join(value.split())[: _LONGEST_VALUE[name]])
        if following < 0:
            break
        end = following
    return found


@cache
def _field() -> re.Pattern[str]:
    def named(kind: str, entry: str) -> str:
        return rf"(?P<{kind}>{pattern_of(entry)})"

    names = "|".join((named("sender", "mails.from"), named("sent", "mails.sent"), named("other", "mails.to")))
    return re.compile(rf"(?<![\w-])\*{{0,2}}(?:{names})\s?:\*{{0,2}}\s*", re.I)


@cache
def _above() -> re.Pattern[str]:
    return re.compile(rf"[-_*=\s]*{pattern_of('mails.original')}[-_*=:\s]*(?=\s)\s*|[-_*=]{{4,}}\s+", re.I)


@cache
def _wrote() -> re.Pattern[str]:
    return re.compile(rf"([^\n]{{0,250}}?\b{pattern_of('mails.wrote')}\b(?:[^\n]{{0,200}}?):)(?:\s+|$)", re.I)
