"""Tagged PDFs as browsers print them: what stands in no block of its own is put together to lines."""

from pathlib import Path
from typing import NamedTuple

from ingest.documents import Extraction
from ingest.partition import partition
from ingest.partition.completeness import checked
from ingest.partition.runs import Run, Tag
from ingest.partition.tables_beside import apart


class Tagged(NamedTuple):
    """An element of the tree of tags: others, or texts with their places on the page."""

    kind: str
    parts: "tuple[Tagged | tuple[str, int, int], ...]"
    said: bytes = b""  # attributes


def tagged(kind: str, *parts: "Tagged | tuple[str, int, int]", said: bytes = b"") -> Tagged:
    return Tagged(kind, parts, said)


def box(x: int, y: int, said: bytes) -> Tagged:
    """A box to tick as browsers print it."""
    return tagged("Form", ("", x, y), said=b"/A[" + said + b"]")


class _Writer:
    """Numbers the elements and contents of a page."""

    def __init__(self) -> None:
        self.objects = [
            b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            b"",
        ]
        self.content = b""
        self.parents: list[int] = []

    def add(self, element: Tagged, parent: int) -> int:
        self.objects.append(b"")
        number = len(self.objects)
        kids = []
        for part in element.parts:
            if isinstance(part, Tagged):
                kids.append(b"%d 0 R" % self.add(part, number))
                continue
            text, x, y = part
            mark = len(self.parents)
            drawn = b"BT /F1 12 Tf %d %d Td (%s) Tj ET" % (x, y, text.encode("cp1252"))
            drawn = drawn if text else b"%d %d 10 10 re S" % (x, y)
            self.content += b"/P <</MCID %d>> BDC %s EMC\n" % (mark, drawn)
            self.parents.append(number)
            kids.append(b"%d" % mark)
        self.objects[number - 1] = b"<</Type/StructElem/S/%s/P %d 0 R/Pg 3 0 R/K[%s]%s>>" % (
            element.kind.encode(), parent, b" ".join(kids), element.said
        )  # fmt: skip
        return number


def write(file: Path, tree: Tagged, untagged: bytes = b"") -> Path:
    writer = _Writer()
    writer.content = untagged
    first = writer.add(tree, 6)
    parents = b" ".join(b"%d 0 R" % number for number in writer.parents)
    writer.objects[3] = b"<</Length %d>>stream\n" % len(writer.content) + writer.content + b"\nendstream"
    writer.objects[5] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[0[%s]]>>>>" % (first, parents)
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(writer.objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    file.write_bytes(out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end)
    return file


def read(file: Path, *parts: Tagged, untagged: bytes = b"") -> Extraction:
    write(file, tagged("Document", *parts), untagged)
    return checked(file, partition(file))


def test_words_set_apart_within_a_line_stay_in_their_sentence(tmp_path: Path) -> None:
    """`<div>Der <b>Preis</b> beträgt <a>2,50</a> Euro</div>`, and a word of which one letter is bold."""
    line = tagged(
        "NonStruct",
        tagged("NonStruct", ("Der ", 60, 700)),
        tagged("NonStruct", ("Preis ", 84, 700)),
        tagged("NonStruct", ("beträgt ", 116, 700)),
        tagged("Link", tagged("NonStruct", ("2,50 ", 160, 700))),
        tagged("NonStruct", ("Euro.", 188, 700)),
    )
    word = tagged("NonStruct", tagged("NonStruct", ("H", 60, 660)), tagged("NonStruct", ("eute neu.", 69, 660)))
    extraction = read(tmp_path / "a.pdf", line, word)
    assert extraction.text.split("\n\n") == ["Der Preis beträgt 2,50 Euro.", "Heute neu."]
    assert extraction.completeness and extraction.completeness.share == 1


def test_what_stands_before_and_behind_a_block_is_in_its_place(tmp_path: Path) -> None:
    part = tagged(
        "Sect",
        tagged("NonStruct", ("Vorher ", 60, 700)),
        tagged("Em", tagged("NonStruct", ("betont.", 100, 700))),
        tagged("P", ("Ein Absatz.", 60, 670)),
        tagged("NonStruct", ("Nachher.", 60, 640)),
    )
    assert read(tmp_path / "a.pdf", part).text.split("\n\n") == ["Vorher betont.", "Ein Absatz.", "Nachher."]


def test_cells_of_a_grid_of_blocks_stay_apart(tmp_path: Path) -> None:
    """PDFium takes a page of few words for one that is written downwards, and breaks words at letters set apart."""
    cells = [
        tagged("NonStruct", tagged("NonStruct", (word[0], x, 700 - 13 * row)), *(
            [tagged("NonStruct", (word[1:], x + 9, 700 - 13 * row))] if word[1:] else []))
        for row in range(4)
        for x, word in ((60, "Halle"), (300, "D"), (500, str(row)))
    ]  # fmt: skip
    extraction = read(tmp_path / "a.pdf", *cells)
    assert extraction.text.split("\n") == [f"Halle; D; {row}" for row in range(4)]
    assert extraction.completeness and extraction.completeness.share == 1


def test_a_sentence_right_above_a_grid_of_blocks_is_none_of_its_heads(tmp_path: Path) -> None:
    rows = [["Pos", "Ware", "Menge"], ["1", "Hahn", "4"], ["2", "Rohr", "10"], ["3", "Bogen", "2"]]
    line = tagged("NonStruct", tagged("NonStruct", ("wir berechnen die folgenden Positionen:", 60, 712)))
    cells = [
        tagged("NonStruct", tagged("NonStruct", (cell, x, 698 - 13 * number)))
        for number, row in enumerate(rows)
        for x, cell in zip((60, 120, 400), row, strict=True)
    ]
    text = read(tmp_path / "a.pdf", line, *cells).text
    assert text.split("\n\n") == [
        "wir berechnen die folgenden Positionen:",
        "Pos: 1; Ware: Hahn; Menge: 4\nPos: 2; Ware: Rohr; Menge: 10\nPos: 3; Ware: Bogen; Menge: 2",
    ]


def test_boxes_that_a_browser_has_drawn_are_ticked_or_not(tmp_path: Path) -> None:
    kind, ticked = b"<</O/PrintField/Role/cb>>", b"<</O/PrintField/checked/on>>"
    line = tagged("P", box(60, 700, kind + ticked), tagged("NonStruct", ("Beamer", 76, 700)),
                  box(140, 700, kind), tagged("NonStruct", ("Flipchart", 156, 700)))  # fmt: skip
    button = tagged("P", box(60, 670, b"<</O/PrintField/Role/rb>>"), tagged("NonStruct", ("Reihen", 76, 670)))
    assert read(tmp_path / "a.pdf", line, button).text == "☒ Beamer ☐ Flipchart\n\n☐ Reihen"


def test_a_table_with_cells_that_tags_leave_out_is_read_by_its_lines(tmp_path: Path) -> None:
    """Browsers write no tags of heads that a style turns upwards."""
    rows = [
        tagged("TR", *(tagged("TD", (cell, x + 4, y)) for x, cell in zip((60, 160, 260), row, strict=True)))
        for y, row in ((625, ["Abfahrt Ulm", "6:10", "21:40"]), (605, ["Abfahrt Kehl", "7:15", "22:05"]))
    ]
    lines = b"".join(b"60 %d m 360 %d l S " % (y, y) for y in (600, 620, 640, 700))
    lines += b"".join(b"%d 600 m %d 700 l S " % (x, x) for x in (60, 160, 260, 360))
    heads = b"".join(
        b"BT /F1 12 Tf 0 1 -1 0 %d 645 Tm (%s) Tj ET " % (x, said) for x, said in ((180, b"Erste"), (280, b"Letzte"))
    )
    text = read(
        tmp_path / "a.pdf",
        tagged("Table", *rows),
        tagged("P", ("Der Plan gilt ab Mai und wird im Herbst neu gemacht.", 60, 560)),
        untagged=lines + heads,
    ).text
    assert text.split("\n\n")[0] == "Abfahrt Ulm; Erste: 6:10; Letzte: 21:40\nAbfahrt Kehl; Erste: 7:15; Letzte: 22:05"


def test_a_block_that_goes_on_in_the_next_column_keeps_its_order(tmp_path: Path) -> None:
    lines = [("Wer zum Arzt geht, meldet", 60, 200), ("sich vorher ab und", 60, 186), ("kommt danach, wenn", 320, 700),
             ("es geht, zurück.", 320, 686)]  # fmt: skip
    assert read(tmp_path / "a.pdf", tagged("P", *lines)).text == " ".join(text for text, *_ in lines)


def test_a_block_beside_others_is_no_column_of_them() -> None:
    def run(text: str, left: float, top: float, block: int) -> Run:
        return Run(((text, (left, top, left + 6 * len(text), top + 10)),), 10.0, False, 1, tag=Tag(block, ""))

    address = [run(text, 60, 60 + 12 * at, 1) for at, text in enumerate(("Mill & Sons", "9 Quay Road", "Hull"))]
    pairs = [("Order", "B 771"), ("Date", "3 May"), ("Carrier", "Northline")]
    data = [run(text, 330 + 90 * column, 60 + 14 * row, 2 + 2 * row + column)
            for row, pair in enumerate(pairs) for column, text in enumerate(pair)]  # fmt: skip
    assert apart([*address, *data]) == [address, data]
