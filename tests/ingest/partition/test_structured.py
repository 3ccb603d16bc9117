"""Values of XML are text, also where they are pieces of a page."""

from pathlib import Path

import pytest

from ingest.partition import partition


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<![CDATA[<p>Ab <b>Mai</b> 5&nbsp;€.</p><ul><li>neu</ul>]]>", "Text: Ab Mai 5 €. neu"),
        ("&lt;b&gt;fett&lt;/b&gt; &amp;amp; klein", "Text: fett & klein"),
        ("a &lt; b und b &gt; a", "Text: a < b und b > a"),
        ("&lt;Kunde&gt; eintragen", "Text: <Kunde> eintragen"),
    ],
    ids=["a page", "escaped", "comparisons", "a name in brackets"],
)
def test_pieces_of_pages_say_what_they_show(tmp_path: Path, value: str, expected: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(f"<?xml version='1.0'?><rss><Text>{value}</Text></rss>", encoding="utf-8")
    assert expected in [element.text for element in partition(file).elements]


def test_numbers_and_names_that_stand_twice_stay_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(
        '{"Preis": 1.10, "Nr": 12345678901234567890.50, "Tel": "1", "Tel": "2", "x": 1e5, "": "ohne Namen"}'
    )
    assert [element.text for element in partition(file).elements] == [
        "Preis: 1.10; Nr: 12345678901234567890.50; Tel: 1; Tel: 2; x: 1e5; ohne Namen"
    ]


def test_text_behind_instructions_and_names_of_entities_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(
        "<!DOCTYPE a [<!ENTITY f 'Nordlicht'>]><a><k>&f; in Emden</k><p>bis <?druck x?>Freitag <!-- x -->liefern</p>"
        "<q>Tor <b n='2'/>&f; oder<!-- x --> Rampe</q></a>"
    )
    said = " ".join(element.text for element in partition(file).elements)
    assert "k: Nordlicht in Emden; p: bis Freitag liefern" in said and "Tor; Nordlicht oder Rampe" in said


def test_what_follows_inner_parts_is_not_theirs(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<l><t><n>1</n><p e='m'><x>4</x></p></t><t><n>2</n><p e='m'><x>7</x></p></t></l>")
    assert [element.text for element in partition(file).elements] == [
        "l",
        "t",
        "n: 1",
        "p",
        "e: m; x: 4",
        "t",
        "n: 2",
        "p",
        "e: m; x: 7",
    ]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<o><p><w>Salz</w><n u='kg'>20</n></p><p><w>Hefe</w><n u='g'>42</n></p></o>",
         ["w: Salz; n: 20; n u: kg", "w: Hefe; n: 42; n u: g"]),
        ("<o><p id='7'><size unit='mm' tol='0.1'>35</size><name>Pin</name></p></o>",
         ["id: 7; size: 35; size unit: mm; size tol: 0.1; name: Pin"]),
        ("<o><p><t>Fracht</t><w jahr='1'>5</w><w jahr='2'>6</w></p></o>", ["t: Fracht", "jahr: 1; 5", "jahr: 2; 6"]),
    ],
    ids=["a value with its unit", "several attributes", "one name twice"],
)  # fmt: skip
def test_a_value_with_attributes_stays_with_what_it_is_of(tmp_path: Path, xml: str, expected: list[str]) -> None:
    file = tmp_path / "a.xml"
    file.write_text(xml)
    assert [element.text for element in partition(file).elements if element.kind == "table"] == expected
