"""Numbers, dates and spans of time as the program shows them."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from ingest.partition.number_formats import shown


@pytest.mark.parametrize(
    ("value", "number_format", "german", "english"),
    [
        (0.19, "0%", "19%", "19%"),
        (0.0725, "0.00%", "7,25%", "7.25%"),
        (1234.5, "#,##0.00", "1.234,50", "1,234.50"),
        (1234.5, '#,##0.00\\ "€"', "1.234,50 €", "1,234.50 €"),
        (-80, '#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]', "-80,00 €", "-80.00 €"),
        (1500000, '0.0,,"  Mio."', "1,5  Mio.", "1.5  Mio."),
        (42, "00000", "00042", "00042"),
        (3.10, "0.##", "3,1", "3.1"),
        (2.5, "General", "2,5", "2.5"),
        (7.0, "General", "7", "7"),
        (0, '0;-0;"keine"', "keine", "keine"),
        (0.1 + 0.2, "General", "0,3", "0.3"),
        (21, '0" kW"', "21 kW", "21 kW"),
        (True, "General", "WAHR", "TRUE"),
        (False, "0.00", "FALSCH", "FALSE"),
        ("00815", "@", "00815", "00815"),
        (None, "0.00", "", ""),
        (datetime(2027, 2, 9), "dd.mm.yyyy", "09.02.2027", "09.02.2027"),
        (datetime(2027, 2, 9), "mm-dd-yy", "09.02.2027", "2027-02-09"),
        (datetime(2027, 2, 9), "mmmm yyyy", "Februar 2027", "February 2027"),
        (datetime(2027, 2, 9), "mm/yyyy", "02/2027", "02/2027"),
        (datetime(2027, 2, 9, 14, 5), "dd.mm.yy hh:mm", "09.02.27 14:05", "09.02.27 14:05"),
        (datetime(2027, 2, 9, 14, 5), 'hh:mm" Uhr"', "14:05 Uhr", "14:05 Uhr"),
        (time(6, 30), "h:mm", "6:30", "6:30"),
        (time(6, 30, 59), "hh:mm", "06:30", "06:30"),
        (time(0, 1, 2, 400000), "mm:ss.0", "01:02,4", "01:02.4"),
        (timedelta(hours=52, minutes=15), "[h]:mm", "52:15", "52:15"),
        (timedelta(minutes=90), "[hh]:mm:ss", "01:30:00", "01:30:00"),
    ],
)  # fmt: skip
def test_values_are_shown_by_their_format(value: Any, number_format: str, german: str, english: str) -> None:
    assert shown(value, number_format, "de") == german
    assert shown(value, number_format, "en") == english


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2211234567, "0000\\ 0000000", "0221 1234567"),
        (2211234567, '0000"/"0000000', "0221/1234567"),
        (4155512345, "(000) 000-0000", "(415) 551-2345"),
        (12345678, "00\\-00\\-00\\-00", "12-34-56-78"),
        (1067, '"D-"00000', "D-01067"),
        (5, '[<1]"ja";[>=1]"nein"', "nein"),
        (0, '[<1]"ja";[>=1]"nein"', "ja"),
        (12, '[>=1000000]0.0,,"M";[>=1000]0.0,"k";0', "12"),
        (3456, '[>=1000000]0.0,,"M";[>=1000]0.0,"k";0', "3,5k"),
        (-7, '[<0]"minus "0;0', "minus 7"),
        ("abc", '"Nr. "@', "Nr. abc"),
        (5, '"Nr. "@', "Nr. 5"),
        (5, 'General" Stk."', "5 Stk."),
        (123456, "0.00E+00", "1,23E+05"),
        (0.00012, "0.0E+0", "1,2E-4"),
        (999999, "0.0E+0", "1,0E+6"),
        (123456, "##0.0E+0", "123,5E+3"),
        (1234567, '#,##0,"T€"', "1.235T€"),
        (2.25, "# ?/?", "2 1/4"),
        (2.25, "?/?", "9/4"),
        (0.75, "# ??/??", "3/4"),
        (2.5, "# ?/8", "2 1/2"),
        (0.05, "# ?/100", "1/20"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1.234,50)"),
        (1e300, "#,##0", f"1{'.000' * 100}"),
        (datetime(2024, 3, 5), "[$-409]dddd, mmmm d", "Tuesday, March 5"),
        (datetime(2024, 3, 5), "[$-en-GB]d mmmm yyyy", "5 March 2024"),
        (datetime(2024, 3, 5), "[$-409]m/d/yyyy", "3/5/2024"),
        (datetime(2024, 3, 5), "m/d/yyyy", "3.5.2024"),
        (datetime(2024, 3, 5), "dd\\/mm\\/yyyy", "05/03/2024"),
        (datetime(2024, 3, 5), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Dienstag, 5. März 2024"),
        (datetime(2024, 3, 5, 7, 5, 3, 250000), "hh:mm:ss.000", "07:05:03,250"),
        (timedelta(hours=1, minutes=30, seconds=30), "[mm]:ss", "90:30"),
        (timedelta(hours=36, minutes=30), '[h]" h "mm', "36 h 30"),
        (time(19, 5), "h:mm AM/PM", "7:05 PM"),
    ],
)  # fmt: skip
def test_formats_of_many_kinds_are_shown_as_in_a_german_workbook(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format, "de") == text


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(77, ";;;"), ("geheim", ";;;"), (0, "0;-0;"), (0, "0;-0;;@"), (-5, "0;"), (0, "#"), (0, "#,###;-#,###;")],
)
def test_a_format_may_show_nothing(value: Any, number_format: str) -> None:
    assert shown(value, number_format, "de") == ""


@pytest.mark.parametrize("value", [5, -2.5, 0, 2211234567, 1e300, float("nan"), float("inf"), "x", True])
@pytest.mark.parametrize(
    "number_format",
    ["0000/0000000", "0/0", "0/0/0", "?/0", "[$-", "[$-99999999999]0", "E+", "0E", "0E+", "/", ".", ",", "0,,,.,,0",
     '"', "\\", "[", "[Blue]", "", "[>]0", "[h", "0;0;0;0;0;0", "Standard", "#.#.#"],
)  # fmt: skip
def test_no_format_costs_a_cell(value: Any, number_format: str) -> None:
    assert isinstance(shown(value, number_format, "de"), str)
