"""Numbers in German and English notation are compared by value."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.text.number_words import number_word
from ingest.text.numbers import conflicting_figures, missing_numbers, naming_numbers, numbers_in, readings


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Es kostet 1249 Euro.", "Preis netto: 1.249,00 EUR"),
        ("It costs EUR 1,249.00.", "Preis netto: 1.249,00 EUR"),
        ("Die Frist endet am 31. März.", "bis zum 31.3. zu nehmen"),
        ("by 31 March 2026", "2026-03-31"),
        ("Im zweiten Jahr sind es 29 Tage.", "2. Beschäftigungsjahr: 29 Arbeitstage"),
        ("twelve months", "12 Monate"),
        ("0,30 EUR", "0,3 EUR"),
        ("Keine Zahl.", "nichts"),
    ],
)
def test_same_values_are_found(statement: str, evidence: str) -> None:
    assert missing_numbers(statement, evidence) == []


@pytest.mark.parametrize(
    ("statement", "evidence", "missing"),
    [
        ("Es sind 28 Tage.", "29 Tage", ["28"]),
        ("bis 30. April", "bis 31. März", ["30. April"]),
        ("am 1.4.2026", "am 1.3.2026", ["1.4.2026"]),
        ("nach drei Monaten", "nach zwei Monaten", ["drei"]),
        ("1.249,50 EUR", "1.249,00 EUR", ["1.249,50"]),
    ],
)
def test_other_values_are_missing(statement: str, evidence: str, missing: list[str]) -> None:
    assert missing_numbers(statement, evidence) == missing


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_german_and_english_notation_meet(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert readings(english) & readings(german)


@given(st.text(max_size=200))
def test_a_text_never_misses_its_own_numbers(text: str) -> None:
    assert missing_numbers(text, text) == []
    assert all(numbers_in(text))


@pytest.mark.parametrize(
    ("statement", "evidence", "conflicting"),
    [
        ("650 Wochen", "NW-650; Lieferzeit: 28 Wochen", ["650 Wochen"]),
        ("28 Wochen", "NW-650; Lieferzeit: 28 Wochen", []),
        ("29 Tage", "2. Jahr: 29 Arbeitstage", []),
        ("EUR 50", "50 EUR per trip", []),
        ("1380 kg", "Gewicht in kg: 1380", []),
        ("8 Nm", "Gewinde: M8; Drehmoment: 27 Nm", ["8 Nm"]),
    ],
)
def test_figures_keep_their_unit(statement: str, evidence: str, conflicting: list[str]) -> None:
    assert conflicting_figures(statement, evidence) == conflicting


@pytest.mark.parametrize(
    ("statement", "evidence", "conflict"),
    [
        ("28 Tage", "28 Wochen", True),
        ("120 EUR", "120 USD", True),
        ("30 days", "30 Tage", False),
        ("5 mm", "5 m", True),
    ],
)
def test_a_number_with_another_unit_of_its_kind_conflicts(statement: str, evidence: str, conflict: bool) -> None:
    assert bool(conflicting_figures(statement, evidence)) is conflict


SAME = [
    ("Im Jahr 2024 wurden 40 Stellen besetzt.", "2023 wurden 35 Stellen besetzt, 2024 dagegen 40 Stellen."),
    ("Ab 2026 gilt ein Urlaubsanspruch von 30 Tagen.", "Bis 2025 gelten 28 Tage, ab 2026 beträgt er 30 Tage."),
    ("In 2024 the company hired 40 people.", "In 2023 it hired 35 people, in 2024 the company hired 40 people."),
    ("Die Kernzeit ist von 9 bis 15 Uhr.", "Die Kernzeit ist von 9:00 bis 15:00 Uhr."),
    ("Die Kantine öffnet um 11.30 Uhr.", "Die Kantine öffnet um 11:30 Uhr."),
    ("1,2 Mio. €", "1.200.000 Euro"),
    ("1,2 Millionen Euro", "1,2 Mio. Euro"),
    ("3.5 million euros", "EUR 3.5m"),
    ("250 T€", "250.000 Euro"),
    ("5 Prozent", "5 %"),
    ("500 Kilogramm", "500 kg"),
    ("200 Liter", "200 l"),
    ("30 Minuten", "30 Min."),
    ("2 h", "2 Stunden"),
    ("5 metres", "5 m"),
    ("-18°C", "minus 18 Grad Celsius"),
    ("2 hrs", "2 hours"),
    ("May I leave early?", "You leave early."),
    ("on Mondays", "montags"),
    ("every Monday", "jeden Montag"),
    ("twenty-four months", "24 months"),
    ("Der Betriebsrat tagt am ersten Montag", "meets on the first Monday"),
    ("31. März 2026", "31.3.26"),
    ("31.03.26", "31.03.2026"),
    ("12.2.24", "12. Februar 2024"),
    ("03/31/2026", "31 March 2026"),
    ("31/03/2026", "31 March 2026"),
    ("12 500 Teile", "12.500 Teile"),
    ("12'500 Teile", '12.500 Teile'),
    ("1 200,50 EUR", "1.200,50 EUR"),
    ("1.2.3", "1.2.3"),
    ("vom 1.4. bis 30.6.", "vom 30.6. bis 1.4."),
    ("30. März", "30. und 31. März"),
    ("am 31.3.", "bis zum 31. März 2026"),
    ("am 31.", "31. März"),
    ("1.200,50 €", "EUR 1200.50"),
    ("20 working days", "20 Arbeitstage"),
    ("30 days a year", "30 Tage im Jahr"),
    ("Personalnummer 4711", "4711"),
    ("28 bezahlte Urlaubstage", "28 Urlaubstage"),
    ("um 9 am Montag", "Montag 9 Uhr"),
    ("at 3 pm", "um 15 Uhr"),
    ("Raum 2025 hat 40 Plätze", "Raum 2025: 40 Plätze"),
    ("3–5 Tage", "3 bis 5 Tage"),
    ("drei bis fünf Tage", "3-5 Tage"),
    ("Es gibt 40 Parkplätze.", "40 Parkplätze und 12 Ladesäulen"),
    ("0,36 EUR je Kilometer", "Kilometerpauschale 0,36 EUR"),
    ("Nach 3 Jahren steigt er auf 30 Tage.", "ab dem 4. Jahr 30 Tage, nach 3 Jahren"),
    ("Die Frist beträgt 14 Tage.", "Frist: 14 Tage ab Zugang"),
    ("Es sind 5 m² Fläche", "5 m² Fläche"),
    ("24/7", "24/7"),
    ("§ 5 Abs. 2", "§ 5 Abs. 2"),
    ("ISO 9001:2015", "ISO 9001:2015"),
    ("Tel. 040 1234-214", "Tel. 040 1234-214"),
    ("The price is 1,249.00 EUR", "Preis netto: 1.249,00 EUR"),
    ("until 31 December", "bis 31.12."),
    ("Zone 5: 91,90", "Zone 5; 91,90"),
    ("um 4:15 Uhr", "4:15 Uhr"),
    ("minus 22 °C", "-22 °C"),
    ("The 2nd level", "2. Ebene"),
    ("on the 3rd of May 2026", "3. Mai 2026"),
    ("24 hours", "24 Stunden"),
    ("EUR 50 per trip", "50 EUR pro Reise"),
    ("18 EUR im Monat", "18 EUR pro Monat"),
    ("10 Tage im Jahr 2026", "10 Tage 2026"),
]  # fmt: skip
OTHER = [
    ("Die Kantine öffnet um 11.30 Uhr.", "Die Kantine öffnet um 11:45 Uhr."),
    ("Der Umsatz stieg um 3,5 Milliarden Euro.", "Der Umsatz stieg um 3,5 Millionen Euro."),
    ("3,5 Mio. Euro", "3,5 Mrd. Euro"),
    ("3,5 Prozent", "3,5 Mio. Euro"),
    ("3.5 million", "3.5 billion euros"),
    ("Der Rabatt beträgt 5 Prozent auf den Listenpreis.", "Der Rabatt beträgt 5 Euro auf den Listenpreis."),
    ("30 %", "30 Euro"),
    ("5 percent", "5 percentage points"),
    ("50 Euro pro Tag", "50 Dollar pro Tag"),
    ("50 Euro", "50 Schweizer Franken"),
    ("£50", "€50"),
    ("$50", "50 euros"),
    ("50 pounds", "50 euros"),
    ("30 GB per user", "30 MB per user"),
    ("25 MB", "25 GB"),
    ("5 kW", "5 MW"),
    ("12 m", "12 km"),
    ("12 cm", "12 mm"),
    ("4 °C", "4 °F"),
    ("from May 5, 2024", "from June 5, 2024"),
    ("ends in May 2025", "ends in June 2025"),
    ("Das Audit findet im Mai statt.", "Das Audit findet im Juni statt."),
    ("im Mai", "im Oktober"),
    ("jeden Montag um 9:30 Uhr", "jeden Dienstag um 9:30 Uhr"),
    ("alle zweiundzwanzig Tage", "alle 90 Tage"),
    ("Die Probezeit beträgt ein Jahr.", "Die Probezeit beträgt zwei Jahre."),
    ("one year", "two years"),
    ("innerhalb eines Monats", "innerhalb von sechs Monaten"),
    ("within one month", "innerhalb von sechs Monaten"),
    ("am elften Tag", "am zwölften Tag"),
    ("twelfth floor", "eleventh floor"),
    ("starts in the first year", "starts in the third year"),
    ("starts in the second year", "starts in the third year"),
    ("zweimal", "viermal"),
    ("twice", "once"),
    ("Hälfte", "Drittel"),
    ("Version 1.2.3", "Version 1.2.4"),
    ("vom 1. April bis 30. Juni", "vom 30. April bis 1. Juni"),
    ("120 Euro pro Woche", "120 Euro pro Nacht"),
    ("12 Euro im Monat", "12 Euro im Jahr"),
    ("1.200 Euro", "1,2 Euro"),
    ("20 Arbeitstage", "20 Kalendertage"),
    ("50 Cent", "50 Euro"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_one_value_in_two_forms(statement: str, evidence: str) -> None:
    assert missing_numbers(statement, evidence) == []
    assert conflicting_figures(statement, evidence) == []


@pytest.mark.parametrize(("statement", "evidence"), OTHER)
def test_another_value_is_noticed(statement: str, evidence: str) -> None:
    assert missing_numbers(statement, evidence) or conflicting_figures(statement, evidence)


@pytest.mark.parametrize(
    ("question", "naming"),
    [
        ("Wie viele Tage Urlaub habe ich 2026?", ""),
        ("Was bekomme ich für eine Reise von 3 Tagen?", ""),
        ("May gifts worth EUR 30 be taken?", ""),
        ("Wie lange dauert die Lieferung der NW-650 in Halle 2?", "650 2"),
        ("Wie viele Urlaubstage gibt es im zweiten Jahr?", "zweiten"),
    ],
)
def test_numbers_that_name_a_thing(question: str, naming: str) -> None:
    assert naming_numbers(question) == naming


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31)))
def test_a_day_is_one_day_in_every_form(day: date) -> None:
    german = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()[day.month - 1]
    english = "January February March April May June July August September October November December".split()
    month, short = english[day.month - 1], day.strftime("%d.%m.%y" if day.year >= 2000 else "%d.%m.%Y")
    forms = [
        day.isoformat(), f"{day.day}.{day.month}.{day.year}", short, f"{day.day}. {german} {day.year}",
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}",
    ]  # fmt: skip
    for one in forms:
        for other in forms:
            assert missing_numbers(f"Am {one}.", f"Frist: {other}") == [], (one, other)
    next_day = day + timedelta(days=1)
    assert all(missing_numbers(form, f"{next_day.day}.{next_day.month}.{next_day.year}") for form in forms)


@example(101_000)
@example(321_101)
@given(st.integers(2, 999_999))
def test_number_words_have_their_value(number: int) -> None:
    assert number_word(_german(number)) == number


def _german(number: int) -> str:
    small = ("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
             "siebzehn achtzehn neunzehn").split()  # fmt: skip
    tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
    if number < 20:
        return small[number]
    if number < 100:
        ones = number % 10
        return (small[ones].removesuffix("s" if ones == 1 else "\0") + "und" if ones else "") + tens[number // 10 - 2]
    scale, name = (1000, "tausend") if number >= 1000 else (100, "hundert")
    many, rest = divmod(number, scale)
    before = "ein" if many == 1 else _german(many).removesuffix("s" if many % 100 == 1 else "\0")
    return before + name + (_german(rest) if rest else "")


def test_seconds_are_no_ordinal() -> None:
    assert missing_numbers("It restarts after 30 seconds.", "Neustart nach 30 Sekunden") == []


@pytest.mark.parametrize(
    ("statement", "evidence", "agree"),
    [
        ("Die Pause dauert 1,5 Stunden.", "Die Pause dauert 1½ Stunden.", True),
        ("Die Pause dauert 11 Stunden.", "Die Pause dauert 1½ Stunden.", False),
        ("Es dauert 2,25 Tage.", "Es dauert 2¼ Tage.", True),
        ("Erlaubt sind 1.000.000 Keime.", "Erlaubt sind 10⁶ Keime.", True),
        ("Erlaubt sind 106 Keime.", "Erlaubt sind 10⁶ Keime.", False),
        ("Der Zuschuss beträgt 30 Euro.", "Der Zuschuss beträgt 30² Euro.", True),
        ("Der Zuschuss beträgt 302 Euro.", "Der Zuschuss beträgt 30² Euro.", False),
        ("am 5. August 1850", "am 5. Auguſt 1850", True),
    ],
)
def test_fractions_powers_and_marks_of_notes_are_no_other_numbers(statement: str, evidence: str, agree: bool) -> None:
    assert (missing_numbers(statement, evidence) == []) is agree
