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
        (True, "General", "TRUE", "TRUE"),
        ("00815", "@", "00815", "00815"),
        (None, "0.00", "", ""),
        (datetime(2027, 2, 9), "dd.mm.yyyy", "09.02.2027", "09.02.2027"),
        (datetime(2027, 2, 9), "mm-dd-yy", "09.02.2027", "2027-02-09"),
        (datetime(2027, 2, 9), "mmmm yyyy", "Februar 2027", "February 2027"),
        (datetime(2027, 2, 9), "mm/yyyy", "02/2027", "02/2027"),
        (datetime(2027, 2, 9, 14, 5), "dd.mm.yy hh:mm", "09.02.27 14:05", "09.02.27 14:05"),
        (datetime(2027, 2, 9, 14, 5), 'hh:mm" Uhr"', "14:05 Uhr", "14:05 Uhr"),
        (time(6, 30), "h:mm", "06:30", "06:30"),
        (timedelta(hours=52, minutes=15), "[h]:mm", "52:15", "52:15"),
        (timedelta(minutes=90), "[hh]:mm:ss", "1:30:00", "1:30:00"),
    ],
)  # fmt: skip
def test_values_are_shown_by_their_format(value: Any, number_format: str, german: str, english: str) -> None:
    assert shown(value, number_format, "de") == german
    assert shown(value, number_format, "en") == english
