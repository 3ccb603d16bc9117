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
