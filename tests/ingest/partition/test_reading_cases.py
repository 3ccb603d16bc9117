"""Files as firms have them, by kind: what they say is read, what nobody sees in them is not, tables keep their heads.

The files were made by other programs and other people than those that the readers were made with; two of a kind at
least. A case has a `question`, and what the text must have: one of `expect`, `all`, `cells` behind the heads of their
columns, `quoted` in quotations alone, `once`; and what it must not: `forbid`.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ingest.partition import PARTITIONERS, lay_out, partition

pytestmark = pytest.mark.integration

CASES = Path(__file__).parents[2] / "data" / "reading"
# What is not read rightly yet, by what is wrong.
GAPS = {
    "hyphen-2/case-1.json": "nothing tells that the hyphen of long-/term at the end of a line stays",
    "pptx-3/case-1.json": "tesseract reads Suderneuland for Süderneuland",
}


class Found(NamedTuple):
    text: str
    quoted: str
    failed: list[str]


def read(file: Path, folder: Path) -> Found:
    """All texts of a file and of those in it."""
    folder.mkdir(parents=True)
    copy = Path(shutil.copy(file, folder))
    found = partition(copy)
    extraction = lay_out(found)
    texts = [extraction.text]
    quoted = [extraction.text[part.start : part.end] for part in extraction.parts if part.kind == "quotation"]
    failed: list[str] = []
    for number, member in enumerate(found.members):
        if member.file is None:
            failed.append(member.name)
        elif member.file.suffix.lower() in PARTITIONERS:
            inner = read(member.file, folder / str(number))
            texts.append(inner.text)
            quoted.append(inner.quoted)
            failed += inner.failed
    return Found("\n".join(texts), "\n".join(quoted), failed)


def flat(text: str) -> str:
    return " ".join(text.split())


def has_cell(text: str, cell: dict[str, str]) -> bool:
    """Whether a line of the row has the value right behind its column's heads."""
    column, value = re.escape(flat(cell["column"])), re.escape(flat(cell["value"]))
    behind = re.compile(rf"(?:^|; |› |: )[^;]*?{column}[^;:]*: {value}(?:;|$)")
    lines = map(flat, text.split("\n"))
    return any(flat(cell["row"]) in line and behind.search(line) for line in lines)


def complaints(case: dict[str, Any], found: Found) -> list[str]:
    text = flat(found.text)
    wrong = [] if not case["expect"] or any(flat(one) in text for one in case["expect"]) else [str(case["expect"])]
    wrong += [f"missing: {one}" for one in case.get("all", []) if flat(one) not in text]
    wrong += [f"forbidden: {one}" for one in case.get("forbid", []) if flat(one) in text]
    wrong += [f"cell: {cell}" for cell in case.get("cells", []) if not has_cell(found.text, cell)]
    for one in case.get("quoted", []):
        if text.count(flat(one)) > flat(found.quoted).count(flat(one)):
            wrong.append(f"not quoted: {one}")
    wrong += [f"not once: {one}" for one in [case.get("once")] if isinstance(one, str) and text.count(flat(one)) != 1]
    if case.get("nofail") and found.failed:
        wrong.append(f"failed: {found.failed}")
    if case.get("kind") == "unreadable" and not found.failed:
        wrong.append("what cannot be read is not named")
    return wrong


@pytest.mark.parametrize("file", sorted(CASES.rglob("case*.json")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_is_read_as_its_reader_sees_it(file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    gap = GAPS.get(f"{file.parent.name}/{file.name}")
    if gap:
        request.applymarker(pytest.mark.xfail(reason=gap, strict=True))
    case = json.loads(file.read_text(encoding="utf-8"))
    documents = [one for one in sorted(file.parent.iterdir()) if one.is_file() and not one.name.startswith("case")]
    found = [read(one, tmp_path / str(number)) for number, one in enumerate(documents)]
    whole = Found(
        "\n".join(one.text for one in found),
        "\n".join(one.quoted for one in found),
        [f for one in found for f in one.failed],
    )
    assert complaints(case, whole) == []


FILES = sorted(file for file in CASES.rglob("*") if file.is_file() and not file.name.startswith("case"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_span_is_exact(file: Path, tmp_path: Path) -> None:
    """Parts, words and cells stand where they say: a value behind its heads, in the row that its key names."""
    extraction = lay_out(partition(Path(shutil.copy(file, tmp_path))))
    text = extraction.text
    ends = [0, *(part.end for part in extraction.parts)]
    for part, end in zip(extraction.parts, ends, strict=False):
        assert end <= part.start < part.end <= len(text)
        for cell in part.table:
            assert part.start <= cell.start < cell.end <= part.end
            assert text[cell.start : cell.end].strip() == text[cell.start : cell.end]
            assert "\n" not in text[cell.head_start : cell.end]
            if cell.head_end > cell.head_start:
                assert text[cell.head_end : cell.start] == ": "
            assert cell.key_end <= cell.head_start or cell.key_start == cell.key_end
    for word in extraction.words:
        assert word.start < word.end <= len(text) and not any(map(str.isspace, text[word.start : word.end]))
