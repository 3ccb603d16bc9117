"""Business documents of many subjects, each written from its seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.reading.model import Block, Document, Form, Heading, Language, ListItem, Paragraph
from eval.reading.pen import Pen
from eval.reading.plan_tables import (
    data_table,
    fault_table,
    inspection_table,
    rate_table,
    shift_table,
    skill_table,
    task_table,
)
from eval.reading.price_tables import invoice_table, price_table, stock_table

Writer = Callable[[Pen], Iterator[Block]]
_LAYOUTS = ("table", "wide", "lines")


def make_documents(seed: int, count: int) -> tuple[Document, ...]:
    """Documents of all subjects in turn, German and English.

    Args:
        seed: the same seed makes the same documents.
        count: how many.
    """
    subjects = list(_WRITERS)
    return tuple(
        _document(subjects[number % len(subjects)], ("de", "en")[number // len(subjects) % 2], seed, number)
        for number in range(count)
    )


def _document(subject: str, language: Language, seed: int, number: int) -> Document:
    pen = Pen(language, f"{seed}/{number}")
    blocks = tuple(_numbered(tuple(_WRITERS[subject](pen)), pen))
    title = next(block.text for block in blocks if isinstance(block, Heading))
    common = pen.words["common"]
    framed = pen.maybe(0.7)
    return Document(
        name=f"{number:03}-{subject}-{language}",
        subject=subject,
        language=language,
        blocks=blocks,
        header=f"{pen.company()} · {title}" if framed else "",
        footer=f"{common['confidential']} · {common['as_of']} {pen.date()}" if framed else "",
        numbers_headings=pen.maybe(),
    )


def _numbered(blocks: Sequence[Block], pen: Pen) -> Iterator[Block]:
    """Blocks with numbers in front of headings, where a document has several."""
    wanted = sum(isinstance(block, Heading) and block.level == 1 for block in blocks) > 2 and pen.maybe(0.8)
    upper = lower = 0
    for block in blocks:
        if not wanted or not isinstance(block, Heading) or block.level == 0:
            yield block
            continue
        upper, lower = (upper + 1, 0) if block.level == 1 else (upper, lower + 1)
        number = str(upper) if block.level == 1 else f"{upper}.{lower}"
        yield block.model_copy(update={"number": number})


def _contract(pen: Pen) -> Iterator[Block]:
    words = pen.words["contract"]
    yield Heading(level=0, text=pen.pick(words["titles"]))
    values = [f"{pen.company()}, {pen.pick(pen.words['streets'])} {pen.small()}, {pen.town()}" for _ in range(2)]
    values += [f"RV-{pen.between(2020, 2027)}-{pen.between(1, 999):03}", pen.date(), pen.fill(words["term"])]
    yield _form(pen, words["parties"], values)
    clauses = words["clauses"]
    for clause in [clauses[0], *pen.some(clauses[1:-1], pen.between(4, 6)), clauses[-1]]:
        yield Heading(level=1, text=clause["heading"])
        yield from _paragraphs(pen, clause["sentences"])
        for number, item in enumerate(clause.get("items", ())):
            yield ListItem(number=f"{'abcdefgh'[number]})", text=pen.fill(item))
    if pen.maybe():
        yield Heading(level=1, text=words["schedule"])
        yield price_table(pen)


def _price_list(pen: Pen) -> Iterator[Block]:
    words = pen.words["price"]
    yield Heading(level=0, text=f"{pen.pick(words['titles'])} {pen.between(2023, 2027)}")
    yield Paragraph(text=pen.fill(words["intro"]), footnote=_footnote(pen))
    for _ in range(pen.between(1, 3)):
        yield price_table(pen)
        yield from _paragraphs(pen, pen.some(pen.words["common"]["sentences"], 1))


def _shift_plan(pen: Pen) -> Iterator[Block]:
    words = pen.words["shift"]
    yield Heading(level=0, text=f"{pen.pick(words['titles'])} {pen.town()}")
    common = pen.words["common"]
    yield _form(pen, [common["author"], common["phone"]], [pen.person(), f"+49 {pen.between(200, 999)} {pen.small()}-"
                                                           f"{pen.between(10, 99)}"])  # fmt: skip
    yield Paragraph(text=pen.fill(words["intro"]))
    for _ in range(pen.between(1, 2)):
        yield shift_table(pen)


def _minutes(pen: Pen) -> Iterator[Block]:
    words = pen.words["minutes"]
    yield Heading(level=0, text=pen.pick(words["titles"]))
    values = [f"{pen.date()}, {pen.time()}", pen.town(), pen.person(), pen.person(),
              ", ".join(pen.person() for _ in range(pen.between(1, 4)))]  # fmt: skip
    yield _form(pen, words["form"], values)
    for topic in words["topics"]:
        yield Heading(level=1, text=topic)
        yield from _paragraphs(pen, pen.some(words["sentences"], pen.between(1, 3)), share=0.2)
        if pen.maybe(0.3):
            yield Paragraph(text=pen.fill(words["result"]))
    yield Heading(level=1, text=words["task_title"])
    yield task_table(pen)


def _manual(pen: Pen) -> Iterator[Block]:
    words = pen.words["manual"]
    yield Heading(level=0, text=pen.fill(pen.pick(words["titles"])))
    for chapter in words["chapters"]:
        yield Heading(level=1, text=chapter)
        yield from _paragraphs(pen, pen.some(words["sentences"], pen.between(1, 3)), share=0.15)
        if pen.maybe(0.4):
            for section in words["sub"]:
                yield Heading(level=2, text=section)
                yield from _steps(pen)
    yield fault_table(pen)


def _steps(pen: Pen) -> Iterator[Block]:
    words = pen.words["manual"]
    is_numbered = pen.maybe(0.7)
    for number, step in enumerate(pen.some(words["steps"], pen.between(2, 5)), 1):
        lead_in = f"{pen.pick(words['leads'])}:" if pen.maybe(0.3) else ""
        yield ListItem(number=f"{number}." if is_numbered else "", lead_in=lead_in, text=pen.fill(step))


def _invoice(pen: Pen) -> Iterator[Block]:
    words = pen.words["invoice"]
    yield Paragraph(text=f"{pen.company()} · {pen.pick(pen.words['streets'])} {pen.small()} · {pen.town()}")
    yield Heading(level=0, text=f"{pen.pick(words['titles'])} {pen.between(10000, 99999)}")
    values = [f"RE-{pen.between(10000, 99999)}", pen.date(), f"K{pen.between(1000, 9999)}",
              f"{pen.type()} v. {pen.date()}", pen.date(),
              f"{pen.language.upper()}{pen.between(10**8, 10**9 - 1)}"]  # fmt: skip
    yield _form(pen, words["form"], values)
    yield Paragraph(text=words["intro"])
    yield invoice_table(pen)
    yield from _paragraphs(pen, words["close"])


def _policy(pen: Pen) -> Iterator[Block]:
    words = pen.words["policy"]
    yield Heading(level=0, text=pen.pick(words["titles"]))
    for chapter in words["chapters"]:
        yield Heading(level=1, text=chapter)
        yield from _paragraphs(pen, pen.some(words["sentences"], pen.between(1, 3)), share=0.25)
        if pen.maybe(0.4):
            yield from (ListItem(text=pen.fill(item)) for item in words["items"])
    yield rate_table(pen)


def _inspection(pen: Pen) -> Iterator[Block]:
    words = pen.words["inspection"]
    yield Heading(level=0, text=pen.fill(pen.pick(words["titles"])))
    values = [pen.person(), pen.date(), pen.type(), pen.pick(pen.words["materials"]), pen.number(), pen.type()]
    yield _form(pen, words["form"], values)
    yield Paragraph(text=pen.fill(words["text"]), footnote=_footnote(pen))
    yield inspection_table(pen)
    yield Paragraph(text=pen.fill(words["verdict"]))


def _data_sheet(pen: Pen) -> Iterator[Block]:
    words = pen.words["sheet"]
    yield Heading(level=0, text=f"{pen.fill(pen.pick(words['titles']))} {pen.type()}")
    yield Paragraph(text=pen.fill(words["text"]))
    yield data_table(pen)
    yield from (ListItem(text=text) for text in words["approvals"])
    yield from _paragraphs(pen, pen.some(pen.words["common"]["sentences"], 2))


def _stock_list(pen: Pen) -> Iterator[Block]:
    words = pen.words["stock"]
    yield Heading(level=0, text=pen.fill(pen.pick(words["titles"])))
    yield Paragraph(text=pen.fill(words["intro"]))
    yield stock_table(pen)


def _skill_matrix(pen: Pen) -> Iterator[Block]:
    words = pen.words["skills"]
    yield Heading(level=0, text=pen.fill(pen.pick(words["titles"])))
    yield Paragraph(text=pen.fill(words["intro"]))
    yield skill_table(pen)


_WRITERS: Mapping[str, Writer] = {
    "contract": _contract, "price-list": _price_list, "shift-plan": _shift_plan, "minutes": _minutes,
    "manual": _manual, "invoice": _invoice, "policy": _policy, "inspection": _inspection, "data-sheet": _data_sheet,
    "stock-list": _stock_list, "skill-matrix": _skill_matrix,
}  # fmt: skip


def _paragraphs(pen: Pen, sentences: Sequence[str], share: float = 0.1) -> Iterator[Block]:
    """Sentences as one paragraph or as several, some with a footnote."""
    texts = [pen.fill(sentence) for sentence in sentences]
    joined = [" ".join(texts)] if pen.maybe() else texts
    yield from (Paragraph(text=text, footnote=_footnote(pen) if pen.maybe(share) else "") for text in joined)


def _footnote(pen: Pen) -> str:
    return pen.fill(pen.pick(pen.words["common"]["notes"]))


def _form(pen: Pen, names: Sequence[str], values: Sequence[str]) -> Form:
    layout = pen.pick(_LAYOUTS)
    has_colons = layout == "lines" or pen.maybe()
    pairs = tuple((f"{name}:" if has_colons else name, value) for name, value in zip(names, values, strict=True))
    return Form(pairs=pairs, layout=layout, bold=pen.maybe())  # type: ignore[arg-type]
