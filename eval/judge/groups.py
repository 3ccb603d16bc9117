"""What the judge is trained with: a question or a statement, some facts, and which of these are right.

Everything is made of labelled questions and statements: those of `eval/fitting`, `laws.jsonl` (paragraphs of German
laws) and `prose.jsonl` (paragraphs of XQuAD, Artetxe et al. 2020), and, by rule, rows of the organisations' tables and
sentences of XQuAD. The same seed makes the same groups, but for the last digits of what is retrieved.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
from rich.console import Console

from chatbot.answering.context import AnswerServices
from chatbot.answering.evidence import facts_found
from chatbot.answering.evidence_model import evidence_models
from chatbot.answering.fact_features import features_of
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.question import parts_of
from chatbot.answering.reading import find_passages
from chatbot.domain import Person
from chatbot.judge.cross_encoder import Head
from chatbot.verification.claims import claims_of
from chatbot.verification.windows import windows_for
from config.settings import Settings
from eval.corpus import prepared
from eval.evidence_examples import answers, is_evidence
from eval.judge.held_out import XQUAD, fold_of, organisations, xquad_questions
from eval.questions import QuestionSet, load_questions
from eval.stated import load_stated
from eval.statements import make_statements
from ingest.index.filters import EVERYTHING
from ingest.text.sentences import sentence_spans

_FOLDER = Path(__file__).parent
_REPLAYED = 110  # questions of each that are seen once more
_SHORTLIST, _NEGATIVES, _FIXED = 16, 6, 4  # facts looked at; wrong ones kept, the first of them as they are ordered
_ROWS_A_TABLE, _LEAST_ROWS, _LEAST_COLUMNS = 6, 3, 3
_LAST_COLON = re.compile(r"^(.*: )?(?=[^:;]+: [^;]*; )")
_ASKED = ("{column} {row}?", "{row} {column}", "Welche Angabe gilt für {row} bei {column}?",
          "Was steht bei {row} unter {column}?", "{column} für {row}, wo steht das?")  # fmt: skip
_SAID = ("{column} bei {row}: {value}.", "Für {row} gilt: {column} {value}.", "{row} hat bei {column} {value}.",
         "Bei {row} beträgt {column} {value}.", "{value}")  # fmt: skip


class Group(NamedTuple):
    """One text and the facts that are read beside it.

    Attributes:
        first: a question, or a question with a statement.
        right: which facts answer the question, or say the statement; none, where no fact does.
        fold: the judge that is not trained with it; None where all are.
    """

    head: Head
    first: str
    facts: list[str]
    right: list[bool]
    fold: int | None
    weight: float


def make_groups(settings: Settings, data: Path, console: Console, seed: int = 7) -> list[Group]:
    """All groups.

    Args:
        settings: of the product, which searches the organisations' documents.
        data: folder with `xquad.de.json` and `xquad.en.json`.
        console: shows progress.
        seed: of the random choices.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret
    found: list[Group] = []
    for folder in organisations():
        chosen = load_questions(folder / "questions.jsonl")
        with prepared(settings, chosen, console) as services:
            answering, person = services.answering(), services.people.local_person()
            asked = list(_of_questions(chosen, fold_of(folder.name), answering, person))
            found += asked
            found += _of_statements(folder, answering, person)
            found += _of_tables(asked, fold_of(folder.name), chance)
    laws = [json.loads(line) for line in (_FOLDER / "laws.jsonl").read_text(encoding="utf-8").splitlines()]
    found += _of_paragraphs(laws, chance)
    found += _of_paragraphs(_prose(data / "xquad.de.json"), chance)
    for name in XQUAD:
        found += _statements_of_xquad(data / name, chance)
        found += _questions_of_xquad(data / name, chance, _REPLAYED)
    return [_fewer(group, chance) for group in found if group.facts]


def first_groups(data: Path, seed: int = 7) -> list[Group]:
    """Questions of XQuAD, with which every judge begins.

    Args:
        data: folder with `xquad.de.json` and `xquad.en.json`.
        seed: of the random choices.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret
    found = [group for name in XQUAD for group in _questions_of_xquad(data / name, chance)]
    return [_fewer(group, chance) for group in found if group.facts]


def _fewer(group: Group, chance: random.Random) -> Group:
    """The right facts, the wrong ones that come first, and some others."""
    right = [place for place, is_right in enumerate(group.right) if is_right][:3]
    wrong = [place for place, is_right in enumerate(group.right) if not is_right]
    if len(wrong) > _NEGATIVES:
        wrong = wrong[:_FIXED] + chance.sample(wrong[_FIXED:], _NEGATIVES - _FIXED)
    kept = right + wrong
    return group._replace(facts=[group.facts[p] for p in kept], right=[group.right[p] for p in kept])


def _of_questions(chosen: QuestionSet, fold: int | None, answering: AnswerServices, person: Person) -> Iterator[Group]:
    statistics = answering.statistics(person.clearance)
    for question in chosen.questions:
        part, nodes = find_passages(question.question, person, EVERYTHING, answering)[0]
        facts, behind = facts_found(nodes, answering.vectors)
        if facts.facts:
            features = features_of(part, facts, behind, statistics, answering.vectors)
            order = list(numpy.argsort(-evidence_models().plain.scores(features))[:_SHORTLIST])
            right = {place for place, fact in enumerate(facts.facts) if answers(question, fact)}
            order += [place for place in sorted(right) if place not in order][:2]
            if right or question.unanswerable:
                texts = [facts.facts[place].context for place in order]
                yield Group("answers", part, texts, [p in right for p in order], fold, 1.0)


def _of_statements(folder: Path, answering: AnswerServices, person: Person) -> Iterator[Group]:
    of_index = answering.statistics(person.clearance), answering.vectors
    for stated in load_stated(folder / "statements.jsonl"):
        passages = find_passages(stated.question, person, EVERYTHING, answering)
        sources, _ = find_evidence(passages, answering.settings.sources, *of_index)
        for part in parts_of(stated.question):
            for claim in claims_of(stated.statement, part):
                windows = windows_for(claim, sources, *of_index)
                right = [stated.is_true and is_evidence(window.text, stated.evidence) for window in windows]
                if any(right) == stated.is_true:
                    texts = [window.context for window in windows]
                    yield Group("says", f"{part} {claim.text}", texts, right, fold_of(folder.name), 1.0)


def _of_tables(asked: Sequence[Group], fold: int | None, chance: random.Random) -> Iterator[Group]:
    """Questions and statements made of rows: the right row among others, other rows' values, columns of no row."""
    tables: dict[tuple[str, tuple[str, ...]], dict[str, list[str]]] = {}
    for context in {fact for group in asked for fact in group.facts}:
        heading = (_LAST_COLON.match(context) or [""])[0]
        cells = [cell.split(": ", 1) for cell in context[len(heading) :].split("; ")]
        if len(cells) >= _LEAST_COLUMNS and all(len(cell) == 2 for cell in cells):
            rows = tables.setdefault((heading, tuple(cell[0] for cell in cells)), {})
            rows[context] = [cell[1] for cell in cells]
    columns = [column for _, heads in sorted(tables) for column in heads[1:]]
    for (_, heads), rows in sorted(tables.items()):
        if len(rows) >= _LEAST_ROWS:
            for context in chance.sample(sorted(rows), min(_ROWS_A_TABLE, len(rows))):
                yield from _of_row(context, rows, heads, [c for c in columns if c not in heads], fold, chance)


def _of_row(
    context: str,
    rows: dict[str, list[str]],
    heads: Sequence[str],
    foreign: Sequence[str],
    fold: int | None,
    chance: random.Random,
) -> Iterator[Group]:
    values = rows[context]
    if sum(other[0] == values[0] for other in rows.values()) > 1:
        return
    others = [other for other in sorted(rows) if other != context][:5]
    missing = bool(foreign) and chance.random() < 0.35
    asked = chance.choice(foreign if missing else heads[1:])
    question = chance.choice(_ASKED).format(row=values[0], column=asked)
    yield Group("answers", question, [context, *others], [not missing] + [False] * len(others), fold, 0.4)
    column = chance.randrange(1, len(heads))
    wrong = [rows[o][column] for o in others if rows[o][column] != values[column]]
    wrong += [value for value in values[1:] if value != values[column]]
    is_true = chance.random() < 0.5 or not wrong
    value = values[column] if is_true else chance.choice(wrong)
    named = {"row": values[0], "column": heads[column], "value": value}
    first = f"{chance.choice(_ASKED).format(**named)} {chance.choice(_SAID).format(**named)}"
    yield Group("says", first, [context, *others], [is_true] + [False] * len(others), fold, 0.4)


def _prose(path: Path) -> list[dict[str, object]]:
    """The labelled paragraphs of XQuAD with their texts."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    found = []
    for line in (_FOLDER / "prose.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        article, paragraph = map(int, item["id"].split("."))
        title = articles[article]["title"].replace("_", " ")
        found.append({**item, "title": title, "text": articles[article]["paragraphs"][paragraph]["context"]})
    return found


def _of_paragraphs(items: Sequence[dict[str, object]], chance: random.Random) -> Iterator[Group]:
    for item in items:
        own = _sentences(str(item["text"]))
        heading = chance.choice((f"{item['title']}: ", f"{item['title']}: ", "", ""))
        facts = [heading + text for text in own[:9]]
        right = [is_evidence(text, str(item["evidence"])) for text in own[:9]]
        if not any(right):
            continue
        if len(own) > 1 and chance.random() < 0.4:  # the sentence with a neighbour says it, too
            at = min(right.index(True), len(own) - 2)
            facts, right = [*facts, f"{heading}{own[at]} {own[at + 1]}"], [*right, True]
        other = _sentences(str(chance.choice(items)["text"]))[:5]
        facts, right = facts + other, right + [False] * len(other)
        none = [False] * len(right)
        yield Group("answers", str(item["question"]), facts, right, None, 0.5)
        yield Group("answers", str(item["question_en"]), facts, right, None, 0.4)
        yield Group("answers", str(item["near_miss"]), facts, none, None, 0.6)
        for stated in item["statements"]:  # type: ignore[attr-defined]
            question = item["question_en" if stated["lang"] == "en" else "question"]
            first = f"{question if chance.random() > 0.3 else ''} {stated['text']}".strip()
            yield Group("says", first, facts, right if stated["true"] else none, None, 0.7)


def _statements_of_xquad(path: Path, chance: random.Random) -> Iterator[Group]:
    """Statements by rule, of the articles that are trained with."""
    whole = load_questions(path)
    trained = {question.document for question in xquad_questions(path, trained=True).questions}
    made = [s for s in make_statements(whole, 420) if s.document in trained]
    for statement in chance.sample(made, min(260, len(made))):
        facts = _sentences(whole.corpus[statement.document])[:9]
        right = [statement.supported and is_evidence(statement.text, fact) for fact in facts]
        if any(right) == statement.supported:
            said = f"{statement.question if chance.random() < 0.6 else ''} {statement.text}".strip()
            yield Group("says", said, facts, right, None, 0.35)


def _questions_of_xquad(path: Path, chance: random.Random, most: int | None = None) -> Iterator[Group]:
    """Its questions with the sentences of their paragraph and of another one; some without their own sentence."""
    chosen = xquad_questions(path, trained=True)
    corpus, asked = chosen.corpus, chosen.questions
    paragraphs = sorted({corpus[question.document or ""] for question in asked})
    for question in chance.sample(asked, min(most or len(asked), len(asked))):
        own = _sentences(corpus[question.document or ""])[:8]
        other = _sentences(chance.choice(paragraphs))[:4]
        right = [any(answer in text for answer in question.answer) for text in own]
        if chance.random() < 0.3:  # its own sentence is not there
            own, right = [text for text, is_right in zip(own, right, strict=True) if not is_right], []
        right += [False] * (len(own) + len(other) - len(right))
        yield Group("answers", question.question, own + other, right, None, 0.4)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]
