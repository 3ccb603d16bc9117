"""Word documents are walked whole: what a reader sees is there once, what nobody sees is not."""

from pathlib import Path

import pytest

from tests.ingest.partition.docx_files import KINDS, NAMESPACES, cell, paragraph, read, row, run, table, texts


def test_of_tracked_changes_the_new_text_counts(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        paragraph(run("Der Vertrag läuft "), '<w:del w:id="1"><w:r><w:delText>zwei</w:delText></w:r></w:del>',
                  f'<w:ins w:id="2">{run("fünf")}</w:ins>', run(" Jahre.")),
        f'<w:p><w:moveFrom w:id="3">{run("Weg.")}</w:moveFrom><w:moveTo w:id="4">{run("Hierher.")}</w:moveTo></w:p>',
        f'<w:ins w:id="5">{paragraph(run("Ganz neuer Absatz."))}</w:ins>',
    )  # fmt: skip
    assert texts(found) == ["Der Vertrag läuft fünf Jahre.", "Hierher.", "Ganz neuer Absatz."]


@pytest.mark.parametrize("mark", ["<w:vanish/>", "<w:strike/>", "<w:dstrike/>", '<w:strike w:val="true"/>'])
def test_what_is_hidden_or_struck_out_is_no_text(tmp_path: Path, mark: str) -> None:
    found = read(tmp_path, paragraph(run("Die Gebühr beträgt "), run("80 Euro", mark), run("95 Euro.", "<w:b/>")))
    assert texts(found) == ["Die Gebühr beträgt 95 Euro."]


def test_a_mark_that_is_switched_off_hides_nothing(tmp_path: Path) -> None:
    assert texts(read(tmp_path, paragraph(run("Gilt weiter.", '<w:strike w:val="0"/>')))) == ["Gilt weiter."]


def test_content_controls_hold_text_paragraphs_rows_and_cells(tmp_path: Path) -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    found = read(
        tmp_path,
        paragraph(run("Prüfer: "), control(run("Meike Lorenz"))),
        control(paragraph(run("Freigegeben am 3. Juli."))),
        table(row(cell("Tor"), cell("Zustand"), cell("Frist")),
              control(row(cell("T4"), control(cell("gut")), cell("05/2028")))),
    )  # fmt: skip
    assert texts(found) == ["Prüfer: Meike Lorenz", "Freigegeben am 3. Juli.", "Tor: T4; Zustand: gut; Frist: 05/2028"]


def test_text_boxes_stand_once_behind_their_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('Nur mit Helm betreten.'))}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(tmp_path, paragraph(run("Halle 7"), shape))) == ["Halle 7", "Nur mit Helm betreten."]


def test_notes_follow_the_paragraph_that_names_them(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="0" w:type="separator">{paragraph(run("-"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("Außer an Feiertagen."))}</w:footnote></w:footnotes>'
    )
    found = read(
        tmp_path,
        paragraph(run("Geöffnet ist täglich"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(".")),
        paragraph(run("Danach ist zu.")),
        extra={"word/footnotes.xml": notes},
    )
    assert texts(found) == ["Geöffnet ist täglich¹.", "¹ Außer an Feiertagen.", "Danach ist zu."]


def test_headers_footers_and_comments_are_read_once_without_page_numbers(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    number = (
        field.format("begin") + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + field.format("separate")
        + run("7") + field.format("end")
    )  # fmt: skip
    header = f"<w:hdr {NAMESPACES}>{paragraph(run('Arbeitsanweisung AA-12, Ausgabe 4'))}</w:hdr>"
    footer = f"<w:ftr {NAMESPACES}>{paragraph(run('Freigabe: J. Harms · Seite '), number)}</w:ftr>"
    comment = (
        f'<w:comments {NAMESPACES}><w:comment w:id="1" w:author="Ute Frey">{paragraph(run("Bitte prüfen."))}'
        "</w:comment></w:comments>"
    )
    extra = {"word/header7.xml": header, "word/header8.xml": header, "word/footer9.xml": footer,
             "word/comments.xml": comment}  # fmt: skip
    found = read(tmp_path, paragraph(run("Die Presse wird täglich geprüft.")), extra=extra)
    assert texts(found)[0] == "Die Presse wird täglich geprüft."
    assert sorted(texts(found)[1:]) == [
        "Arbeitsanweisung AA-12, Ausgabe 4",
        "Freigabe: J. Harms",
        "Ute Frey: Bitte prüfen.",
    ]


def test_merged_heads_and_cells_keep_their_values_under_them(tmp_path: Path) -> None:
    restart, goes_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    found = read(
        tmp_path,
        table(
            row(cell("Werk", restart), cell("Schicht", two), cell("Zulage", restart)),
            row(cell("", goes_on), cell("früh"), cell("spät"), cell("", goes_on)),
            row(cell("Nord", restart), cell("6 Uhr"), cell("14 Uhr"), cell("5 %")),
            row(cell("", goes_on), cell("7 Uhr"), cell("15 Uhr"), cell("8 %")),
        ),
    )
    assert found[0].text.split("\n") == [
        "Werk: Nord; Schicht › früh: 6 Uhr; Schicht › spät: 14 Uhr; Zulage: 5 %",
        "Werk: Nord; Schicht › früh: 7 Uhr; Schicht › spät: 15 Uhr; Zulage: 8 %",
    ]


def test_a_table_within_a_cell_follows_with_the_name_of_its_row(tmp_path: Path) -> None:
    inner = table(row(cell("Tag"), cell("Raum"), cell("Arzt")), row(cell("Mo"), cell("12"), cell("Dr. Noll")))
    found = read(tmp_path, table(row(cell("Station"), cell("Plan")), row(cell("West"), cell("", inner=inner))))
    assert "West: Tag: Mo; Raum: 12; Arzt: Dr. Noll" in "\n".join(texts(found))


def test_automatic_numbers_stand_before_their_paragraphs(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate([("decimal", "§ %1"), ("decimal", "(%2)"), ("lowerLetter", "%3)")])
    )
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
    )

    def item(depth: int, text: str) -> str:
        place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        return paragraph(run(text), properties=place)

    found = read(
        tmp_path, item(0, "Geltung"), item(1, "Für alle."), item(1, "Außer:"), item(2, "Gäste"), item(2, "Kinder"),
        item(0, "Dauer"), item(1, "Ein Jahr."), extra={"word/numbering2.xml": numbering},
    )  # fmt: skip
    assert texts(found) == [
        "§ 1 Geltung", "(1) Für alle.", "(2) Außer:", "a) Gäste", "b) Kinder", "§ 2 Dauer", "(1) Ein Jahr."
    ]  # fmt: skip


def test_raised_figures_are_not_glued_to_the_number_before(tmp_path: Path) -> None:
    raised, lowered = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    found = read(
        tmp_path, paragraph(run("Bis 10"), run("9", raised), run(" Keime, CO"), run("2", lowered), run(" frei."))
    )
    assert texts(found) == ["Bis 10⁹ Keime, CO₂ frei."]


@pytest.mark.parametrize("suffix", KINDS)
def test_templates_and_documents_with_macros_are_read_alike(tmp_path: Path, suffix: str) -> None:
    heading = paragraph(run("Hausordnung"), properties='<w:pStyle w:val="Heading2"/>')
    found = read(tmp_path, heading, paragraph(run("Ruhe ab 22 Uhr.")), suffix=suffix)
    assert [(one.kind, one.level, one.text) for one in found] == [
        ("title", 1, "Hausordnung"), ("paragraph", 0, "Ruhe ab 22 Uhr.")
    ]  # fmt: skip
