"""Of a field of Word its result is text, and of fields within its instruction nothing."""

from pathlib import Path

import pytest

from ingest.partition import partition
from ingest.partition.completeness import checked
from tests.ingest.partition.docx_files import paragraph, read, run, texts, word_file


def mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"


def field(said: str, *result: str, data: str = "") -> str:
    """A field; `said` is its instruction as runs or as text."""
    runs = said if said.startswith("<") else instruction(f" {said} ")
    shown = mark("separate") + "".join(result) if result else ""
    return mark("begin", data) + runs + shown + mark("end")


AMOUNT = field("MERGEFIELD Betrag", run("1200"))
NESTED = {
    "a sum of a reference": (
        [run("Summe: "), field(instruction(" = ") + field("REF Netto", run("100")) + instruction(" * 1,19 "),
                               run("119,00")), run(" Euro")],
        "Summe: 119,00 Euro",
    ),
    "a condition on a field of a letter": (
        [field(instruction(" IF ") + AMOUNT + instruction(' &gt; 1000 "a" "b" '), run("Bitte sofort zahlen."))],
        "Bitte sofort zahlen.",
    ),
    "a condition whose branches have fields": (
        [field(instruction(" IF ") + AMOUNT + instruction(' = 1 "') + run("sofort ") + AMOUNT + instruction('" "" '),
               run("später"))],
        "später",
    ),
    "three deep": (
        [field(instruction(" IF ") + field(instruction(" = ") + AMOUNT + instruction(" + 1 "), run("1201"))
               + instruction(' = 1 "x" "y" '), run("y")), run(".")],
        "y.",
    ),
    "a field within a result": (
        [field('HYPERLINK "x"', run("Abschnitt "), field("REF a", run("7")), run(" hier"))], "Abschnitt 7 hier"
    ),
    "an entry of an index": ([run("Preis"), field('XE "Preis:netto"'), run(" 4")], "Preis 4"),
    "the number of a page": ([run("Seite "), field("PAGE", run("3")), run(" zeigt es")], "Seite 3 zeigt es"),
    "a field that never ends": ([run("Preis "), mark("begin"), instruction(" IF "), run("4 Euro")], "Preis 4 Euro"),
    "a simple field": ([run("Nr. "), '<w:fldSimple w:instr=" REF n ">' + run("12") + "</w:fldSimple>"], "Nr. 12"),
}  # fmt: skip


@pytest.mark.parametrize(("runs", "said"), NESTED.values(), ids=list(NESTED))
def test_only_the_result_of_the_outermost_field_is_text(tmp_path: Path, runs: list[str], said: str) -> None:
    assert texts(read(tmp_path, paragraph(*runs))) == [said]


def test_a_field_may_go_on_over_paragraphs(tmp_path: Path) -> None:
    entry = field("PAGEREF a", run("7"))
    blocks = [
        paragraph(mark("begin"), instruction(r' TOC \o "1-3" '), mark("separate"), run("Zweck "), entry),
        paragraph(run("Ablauf "), entry, mark("end")),
        paragraph(run("Danach.")),
    ]
    assert texts(read(tmp_path, *blocks)) == ["Zweck 7", "Ablauf 7", "Danach."]


def test_what_stands_in_instructions_is_not_missed(tmp_path: Path) -> None:
    blocks = [paragraph(*runs) for name, (runs, _) in NESTED.items() if name != "a field that never ends"]
    file = word_file(tmp_path, *blocks)
    said = checked(file, partition(file)).completeness
    assert said is not None and (said.share, said.missing) == (1, ())


def box(inner: str) -> str:
    return field("FORMCHECKBOX", "", data=f"<w:ffData><w:checkBox><w:sizeAuto/>{inner}</w:checkBox></w:ffData>")


BOXES = {
    "checked": ("<w:checked/>", "☒"),
    "checked by one": ('<w:checked w:val="1"/>', "☒"),
    "taken back": ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
    "checked from the start": ('<w:default w:val="1"/>', "☒"),
    "empty": ('<w:default w:val="0"/>', "☐"),
    "nothing said": ("", "☐"),
}


@pytest.mark.parametrize(("inner", "sign"), BOXES.values(), ids=list(BOXES))
def test_a_box_of_a_form_shows_its_state(tmp_path: Path, inner: str, sign: str) -> None:
    assert texts(read(tmp_path, paragraph(box(inner), run(" Barzahlung")))) == [f"{sign} Barzahlung"]


@pytest.mark.parametrize(
    ("inner", "chosen"),
    [('<w:result w:val="1"/>', "Dienstag"), ('<w:default w:val="2"/>', "Mittwoch"), ("", "Montag"),
     ('<w:result w:val="9"/>', "")],
)  # fmt: skip
def test_a_list_of_a_form_shows_the_entry_that_was_chosen(tmp_path: Path, inner: str, chosen: str) -> None:
    entries = "".join(f'<w:listEntry w:val="{day}"/>' for day in ("Montag", "Dienstag", "Mittwoch"))
    data = f"<w:ffData><w:ddList>{inner}{entries}</w:ddList></w:ffData>"
    found = read(tmp_path, paragraph(field("FORMDROPDOWN", data=data), run(" ist Liefertag.")))
    assert texts(found) == [f"{chosen} ist Liefertag.".strip()]


EQUATIONS = {
    r"EQ \f(1;2)": "1/2",
    r"EQ \f(1,2)": "1/2",
    r"EQ \f(a+b;2c)": "(a+b)/(2c)",
    r"EQ \r(3;x)": "³√(x)",
    r"EQ \r(;x)": "√(x)",
    r"EQ x\s\up8(2)": "x2",
    r"EQ \f(1;\f(a;b))": "1/(a/b)",
    r"EQ \b(\f(F;A))": "(F/A)",
}


@pytest.mark.parametrize(("said", "shown"), EQUATIONS.items())
def test_a_field_of_an_equation_is_read_in_a_line(tmp_path: Path, said: str, shown: str) -> None:
    assert texts(read(tmp_path, paragraph(run("Faktor "), field(said), run(" gilt")))) == [f"Faktor {shown} gilt"]
