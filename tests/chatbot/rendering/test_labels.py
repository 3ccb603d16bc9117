"""Where a citation is from, as a person reads it."""

from pathlib import Path

from chatbot.domain import Source
from chatbot.rendering.labels import part_label
from chatbot.verification.windows import citation
from tests.chatbot.computing.asked_tables import passages_of

CONTRACT = """# Vertrag

## § 4 Kündigung

(1) Die Frist beträgt drei Monate.

(2) Die Kündigung bedarf der Textform.
"""


def test_a_citation_names_its_clause_and_a_heading_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "Vertrag.md").write_text(CONTRACT)
    (passage,) = [one for one in passages_of(tmp_path / "Vertrag.md") if "Textform" in one.text]
    source = Source(number=1, passage=passage, score=1.0, passages=(str(passage.id),))
    start = passage.text.index("Die Kündigung")
    cited = citation(source, start, start + len("Die Kündigung bedarf der Textform."))
    assert cited.clause == "§ 4 (2)"
    assert part_label(passage, cited, "de").endswith("§ 4 Kündigung · § 4 (2)")
    start = passage.text.index("§ 4")
    assert part_label(passage, citation(source, start, start + 3), "de").endswith("§ 4 Kündigung")
