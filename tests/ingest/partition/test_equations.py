"""Equations stand in their line: of Word, and of MathML as OpenDocument has it."""

from pathlib import Path

import pytest
from lxml import etree

from ingest.partition import partition
from ingest.partition.completeness import checked
from ingest.partition.equations import MATHML, mathml
from tests.ingest.partition.docx_files import paragraph, read, run, texts, word_file


def said(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def made(name: str, properties: str = "", **parts: str) -> str:
    inner = "".join(f"<m:{part}>{content}</m:{part}>" for part, content in parts.items())
    return f"<m:{name}>{f'<m:{name}Pr>{properties}</m:{name}Pr>' if properties else ''}{inner}</m:{name}>"


EQUATIONS = {
    "15 mm": said("15 mm"),
    "a²": made("sSup", e=said("a"), sup=said("2")),
    "10⁻³": made("sSup", e=said("10"), sup=said("-3")),
    "e^x": made("sSup", e=said("e"), sup=said("x")),
    "e^(x+1)": made("sSup", e=said("e"), sup=said("x+1")),
    "x₁": made("sSub", e=said("x"), sub=said("1")),
    "R_m": made("sSub", e=said("R"), sub=said("m")),
    "x₁²": made("sSubSup", e=said("x"), sub=said("1"), sup=said("2")),
    "a/b": made("f", num=said("a"), den=said("b")),
    "f=(F∙l)/(48EI)=12,7 mm": said("f=") + made("f", num=said("F∙l"), den=said("48EI")) + said("=12,7 mm"),
    "(n k)": made("f", '<m:type m:val="noBar"/>', num=said("n"), den=said("k")),
    "√(25)": made("rad", '<m:degHide m:val="1"/>', deg="", e=said("25")),
    "³√(x)": made("rad", deg=said("3"), e=said("x")),
    "∑_(i=1)ⁿ i": made("nary", '<m:chr m:val="∑"/>', sub=said("i=1"), sup=said("n"), e=said("i")),
    "(a|b)": made("d", e=said("a")).replace("</m:d>", f"<m:e>{said('b')}</m:e></m:d>"),
    "[a": made("d", '<m:begChr m:val="["/><m:endChr m:val=""/>', e=said("a")),
    "sin x": made("func", fName=said("sin"), e=said("x")),
    "a=1; b=2": made("eqArr", e=said("a=1")).replace("</m:eqArr>", f"<m:e>{said('b=2')}</m:e></m:eqArr>"),
    "((a²+b))/c": made("f", num=made("d", e=made("sSup", e=said("a"), sup=said("2")) + said("+b")), den=said("c")),
}


@pytest.mark.parametrize(("line", "equation"), EQUATIONS.items())
def test_an_equation_stands_in_its_line(tmp_path: Path, line: str, equation: str) -> None:
    found = read(tmp_path, paragraph(run("Es gilt "), f"<m:oMath>{equation}</m:oMath>", run(" hier.")))
    assert texts(found) == [f"Es gilt {line} hier."]


def test_an_equation_of_its_own_is_a_paragraph_and_counts(tmp_path: Path) -> None:
    equation = f"<m:oMathPara><m:oMath>{said('Leistung=Arbeit')}</m:oMath></m:oMathPara>"
    file = word_file(tmp_path, paragraph(equation))
    extraction = checked(file, partition(file))
    assert extraction.text == "Leistung=Arbeit"
    assert extraction.completeness is not None and extraction.completeness.share == 1


def test_what_is_deeply_nested_is_read_once(tmp_path: Path) -> None:
    equation = said("x")
    for _ in range(60):
        equation = made("d", e=equation)
    assert texts(read(tmp_path, paragraph(f"<m:oMath>{equation}</m:oMath>"))) == ["(" * 60 + "x" + ")" * 60]


MATH = {
    "E=mc²": "<mi>E</mi><mo>=</mo><mi>m</mi><mo>&#x2062;</mo><msup><mi>c</mi><mn>2</mn></msup>",
    "(a+b)/c": "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>",
    "√(25)": "<msqrt><mn>25</mn></msqrt>",
    "³√(x)": "<mroot><mi>x</mi><mn>3</mn></mroot>",
    "∑_(i=1)ⁿx": "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>x</mi>",
    "a, b; c, d": "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
    "<mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable>",
    "x": "<semantics><mi>x</mi><annotation>x over y</annotation></semantics>",
}


@pytest.mark.parametrize(("line", "equation"), MATH.items())
def test_mathml_is_read_in_a_line(line: str, equation: str) -> None:
    assert mathml(etree.fromstring(f'<math xmlns="{MATHML[1:-1]}">{equation}</math>')) == line
