"""What an appointment or meeting request of Outlook says beside its text (MS-OXOCAL): time, place, people.

Most of it stands in properties that are named: the file itself says by which number each goes (MS-OXMSG, 2.2.3).
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

_APPOINTMENTS = UUID("00062002-0000-0000-c000-000000000046")
_START, _END, _PLACE, _ALL_DAY, _PATTERN, _ZONE = 0x820D, 0x820E, 0x8208, 0x8215, 0x8232, 0x8233
_CLASSES = ("IPM.APPOINTMENT", "IPM.SCHEDULE.MEETING")
_FIRST_NAMED = 0x8000
_FIRST_GUID = 3  # two sets have numbers of their own
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TIME, _TRUTH = 0x0040, 0x000B  # types of properties
_LAST_WEEK = 5


class _Zone(NamedTuple):
    """Minutes by which a place is behind UTC, and when it changes (MS-OXOCAL, 2.2.1.39)."""

    bias: int
    winter_bias: int
    summer_bias: int
    winter: tuple[int, ...]  # year, month, weekday, week, hour, minute, second, millisecond
    summer: tuple[int, ...]

    def local(self, moment: datetime) -> datetime:
        """The time on the clocks of the place.

        Args:
            moment: in UTC.
        """
        usual = moment - timedelta(minutes=self.bias + self.winter_bias)
        if not self.summer[1] or not self.winter[1]:
            return usual
        in_summer = moment - timedelta(minutes=self.bias + self.summer_bias)
        begins, ends = (_change(rule, usual.year) for rule in (self.summer, self.winter))
        one, other = usual.replace(tzinfo=None), in_summer.replace(tzinfo=None)
        is_summer = begins <= one and other < ends if begins < ends else begins <= one or other < ends
        return in_summer if is_summer else usual


def named_properties(mail: Any) -> dict[int, int]:
    """The numbers that properties of appointments go by in a file, by those of the standard.

    Args:
        mail: the outermost storage, as of oxmsg.
    """
    listing = next((one for one in mail.storages if one.name == "__nameid_version1.0"), None)
    if listing is None:
        return {}
    guids, entries = (_stream(listing, name) for name in ("__substg1.0_00020102", "__substg1.0_00030102"))
    found = {}
    for name, kind, number in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8]):
        start = 16 * ((kind >> 1) - _FIRST_GUID)
        is_of_appointment = start >= 0 and guids[start : start + 16] == _APPOINTMENTS.bytes_le
        if is_of_appointment and not kind & 1:
            found[name] = _FIRST_NAMED + number
    return found


def calendar_of(mail: Any, kind: str, names: Mapping[int, int], head: int) -> str:
    """An appointment as a calendar's text (RFC 5545); empty for a mail that is none.

    Args:
        mail: its storage, as of oxmsg.
        kind: class of the message.
        names: as of `named_properties`.
        head: bytes before its properties.
    """
    if not kind.upper().startswith(_CLASSES):
        return ""
    fixed = {tag: value for tag, value in _fixed(mail.properties_stream_bytes[head:])}
    lines = list(_lines(mail, names, fixed))
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]) if lines else ""


def _lines(mail: Any, names: Mapping[int, int], fixed: Mapping[int, int]) -> Iterator[str]:
    zone = _zone(_stream(mail, f"__substg1.0_{names[_ZONE]:04X}0102")) if _ZONE in names else None
    is_all_day = bool(fixed.get(names.get(_ALL_DAY, 0) << 16 | _TRUTH, 0) & 0xFF)
    for name, tag in (("DTSTART", _START), ("DTEND", _END)):
        ticks = fixed.get(names.get(tag, 0) << 16 | _TIME, 0)
        if ticks:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
            local = zone.local(moment) if zone is not None else moment
            if is_all_day:
                yield f"{name};VALUE=DATE:{local:%Y%m%d}"
            else:
                yield f"{name}:{local:%Y%m%dT%H%M%S}{'' if zone is not None else 'Z'}"
    for name, tag in (("LOCATION", _PLACE), ("COMMENT", _PATTERN)):
        if tag in names and (text := _text(mail, names[tag])):
            yield f"{name}:{_escaped(text)}"


def _zone(data: bytes) -> _Zone | None:
    if len(data) < 48:
        return None
    bias, winter_bias, summer_bias = struct.unpack_from("<iii", data)
    return _Zone(
        bias, winter_bias, summer_bias, struct.unpack_from("<8H", data, 14), struct.unpack_from("<8H", data, 32)
    )


def _change(rule: tuple[int, ...], year: int) -> datetime:
    """When clocks change in a year: on a weekday of a week of a month, 5 for its last."""
    _, month, weekday, week, hour, minute = rule[:6]
    first = datetime(year, month, 1, hour, minute)
    day = first + timedelta(days=(weekday - (first.weekday() + 1)) % 7 + 7 * (min(week, _LAST_WEEK) - 1))
    return day if day.month == month else day - timedelta(days=7)


def _fixed(data: bytes) -> Iterator[tuple[int, int]]:
    """Tags of properties that stand in the list itself, and their values."""
    for tag, _, value in struct.iter_unpack("<IIQ", data[: len(data) // 16 * 16]):
        yield tag, value


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _text(mail: Any, number: int) -> str:
    wide = _stream(mail, f"__substg1.0_{number:04X}001F")
    narrow = _stream(mail, f"__substg1.0_{number:04X}001E")
    return (wide.decode("utf-16-le", "replace") or narrow.decode("cp1252", "replace")).rstrip("\0")


def _stream(storage: Any, name: str) -> bytes:
    return next((one.bytes_ for one in storage.streams if one.path.rpartition("/")[2] == name), b"")
