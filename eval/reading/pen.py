"""Names, numbers, dates and sentences of one document, drawn by chance and written as people of its language do."""

import datetime
import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal

from eval.reading.model import Cell, Language

_Choice = TypeVar("_Choice")
_WORDING = Path(__file__).parent / "wording"
_FIRST_DAY = datetime.date(2023, 1, 9)
_DAYS = 1200


class Money(NamedTuple):
    """How amounts are written.

    Attributes:
        before: stands in front of the number.
        behind: stands behind it.
        form: of a sheet's cell.
    """

    before: str
    behind: str
    form: str


_MONEY: Mapping[Language, Sequence[Money]] = {
    "de": (Money("", " €", "#,##0.00 €"), Money("", " €", "#,##0.00\\ [$€-407]"), Money("", " EUR", '#,##0.00" EUR"'),
           Money("CHF ", "", '"CHF "#,##0.00')),
    "en": (Money("£", "", '"£"#,##0.00'), Money("£", "", "[$£-809]#,##0.00"), Money("EUR ", "", '"EUR "#,##0.00'),
           Money("US$", "", '"US$"#,##0.00')),
}  # fmt: skip
_DATES: Mapping[Language, Sequence[tuple[str, str]]] = {  # Babel's pattern, and a sheet's
    "de": (("dd.MM.yyyy", "dd.mm.yyyy"), ("dd.MM.yyyy", "dd\\.mm\\.yyyy;@")),
    "en": (("dd/MM/yyyy", "dd/mm/yyyy"), ("yyyy-MM-dd", "yyyy-mm-dd")),
}


@cache
def wording(language: Language) -> dict[str, Any]:
    """The words and sentences of a language."""
    return tomllib.loads((_WORDING / f"{language}.toml").read_text(encoding="utf-8"))


class Pen:
    """Writes one document.

    Args:
        language: of the document.
        seed: the same seed writes the same.
    """

    def __init__(self, language: Language, seed: str) -> None:
        self.language: Language = language
        self.words = wording(language)
        self._chance = random.Random(seed)  # noqa: S311  nothing secret
        self.money = self.pick(_MONEY[language])
        self._date = self.pick(_DATES[language])

    def pick(self, choices: Sequence[_Choice]) -> _Choice:
        """One of several."""
        return self._chance.choice(choices)

    def some(self, choices: Sequence[_Choice], count: int) -> list[_Choice]:
        """Several of them in a new order, fewer where there are no more."""
        return self._chance.sample(choices, min(count, len(choices)))

    def between(self, low: int, high: int) -> int:
        """A whole number; both ends may come."""
        return self._chance.randint(low, high)

    def maybe(self, share: float = 0.5) -> bool:
        """Yes, in this share of cases."""
        return self._chance.random() < share

    def fill(self, sentence: str) -> str:
        """A sentence with its placeholders filled, each time it stands there anew."""
        return sentence.format_map(_Facts(self))

    def word(self, name: str) -> str:
        """One of a list of words, by the list's name."""
        return str(self.pick(self.words[name]))

    # What placeholders stand for

    def person(self) -> str:
        return f"{self.word('first')} {self.word('last')}"

    def company(self) -> str:
        return self.word("companies")

    def town(self) -> str:
        return self.word("towns")

    def department(self) -> str:
        return self.word("departments")

    def product(self) -> str:
        return self.word("products")

    def type(self) -> str:
        """A type designation with hyphens, as in `KP-80/2-GX`."""
        letters = "".join(self.some("ABDEFGHKLNPRSTVWXZ", 2))
        return self.pick((f"{letters}-{self.between(10, 980)}", f"{letters}{self.between(2, 90)}-{self.between(1, 40)}",
                          f"{letters}-{self.between(10, 99)}/{self.between(1, 9)}-{self.pick('GXVE')}"))  # fmt: skip

    def small(self) -> str:
        return str(self.between(2, 96))

    def number(self) -> str:
        return self.decimal(self.between(1, 90) * 250)

    def days(self) -> str:
        return f"{self.between(3, 60)} {'Tagen' if self.language == 'de' else 'days'}"

    def percent(self) -> str:
        return self.percentage(self.between(2, 380) / 1000).text

    def amount(self) -> str:
        return self.sum_of_money(self.between(1, 400) * 12.5).text

    def cents(self) -> str:
        return self.sum_of_money(self.between(25, 60) / 100).text

    def length(self) -> str:
        return f"{self.decimal(self.between(2, 90) / 100, 2)} mm"

    def weight(self) -> str:
        return f"{self.decimal(self.between(12, 4200) / 4, 2)} kg"

    def temperature(self) -> str:
        return f"{self.between(-30, 140)} °C".replace("-", "−")

    def time(self) -> str:
        return f"{self.between(6, 21):02}:{self.pick(('00', '15', '30', '45'))}"

    def date(self) -> str:
        return str(format_date(self.day(), self.pick(("long", self._date[0])), self._locale))

    # Numbers

    def day(self) -> datetime.date:
        """A day of the last years or the next."""
        return _FIRST_DAY + datetime.timedelta(days=self.between(0, _DAYS))

    def decimal(self, value: float, places: int = 0, least: int | None = None) -> str:
        """A number with thousands parted.

        Args:
            value: to be written.
            places: behind the decimal mark at the most.
            least: places at the least; all where it is None.
        """
        count = places if least is None else least
        form = "#,##0" + ("." + "0" * count + "#" * (places - count) if places else "")
        return str(format_decimal(value, form, self._locale))

    def sum_of_money(self, value: float) -> Cell:
        """An amount with its currency."""
        text = f"{self.money.before}{self.decimal(value, 2)}{self.money.behind}"
        return Cell(text=text, value=value, number_format=self.money.form)

    def percentage(self, value: float) -> Cell:
        """A share as a percentage with one place."""
        space = " " if self.language == "de" else ""
        return Cell(text=f"{self.decimal(100 * value, 1)}{space}%", value=value, number_format=f"0.0{space}%")

    def count(self, value: int) -> Cell:
        """A whole number."""
        return Cell(text=self.decimal(value), value=value, number_format="#,##0")

    def measure(self, value: float, places: int) -> Cell:
        """A number with all its places."""
        return Cell(text=self.decimal(value, places), value=value, number_format=f"#,##0.{'0' * places}")

    def dated(self) -> Cell:
        """A day in the form of the document's tables."""
        day = self.day()
        return Cell(text=str(format_date(day, self._date[0], self._locale)), value=day, number_format=self._date[1])

    @property
    def _locale(self) -> str:
        return {"de": "de_DE", "en": "en_GB"}[self.language]


class _Facts(dict[str, str]):
    """Placeholders that are filled by the pen's method of that name."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self._pen = pen

    def __missing__(self, name: str) -> str:
        return str(getattr(self._pen, name)())
