"""Write the example documents of a fictional machine builder below `examples/`.

Run it from anywhere; a second run writes the same bytes.
"""

import json
from pathlib import Path

from example_content import (
    einkauf,
    it,
    office,
    organisation,
    pdf,
    personal,
    protokolle,
    questions,
    technik,
    text,
    vertrieb,
)
from example_content.document import Content, CsvTable, Deck, Document, Mail, Workbook

TARGET = Path(__file__).resolve().parent.parent / "examples"
GROUPS = (personal, it, technik, vertrieb, einkauf, protokolle, organisation)
TEXT_WRITERS = {
    ".pdf": pdf.write,
    ".docx": office.write_docx,
    ".html": text.write_html,
    ".md": text.write_md,
    ".txt": text.write_txt,
}


def render(content: Content) -> bytes:
    match content:
        case Document():
            return TEXT_WRITERS[Path(content.path).suffix](content)
        case Workbook():
            return office.write_xlsx(content)
        case Deck():
            return office.write_pptx(content)
        case Mail():
            return text.write_eml(content)
        case CsvTable():
            return text.write_csv(content)


def main() -> None:
    for group in GROUPS:
        for content in group.DOCUMENTS:
            path = TARGET / content.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(render(content))
    lines = (json.dumps(question, ensure_ascii=False) + "\n" for question in questions.as_records())
    (TARGET / "questions.jsonl").write_bytes("".join(lines).encode())


if __name__ == "__main__":
    main()
