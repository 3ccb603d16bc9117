"""Question sets: JSONL or CSV of one's own, or SQuAD's format with its paragraphs as the corpus."""

import csv
import gzip
import io
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from config.errors import SettingsError
from config.messages import Language
from ingest.documents import Frozen

_DELIMITERS = ",;\t"
_DOCUMENTS = "documents"  # folder beside a set of one's own that brings its corpus


class Question(Frozen):
    """A question with its expected document and answers, or marked as unanswerable.

    Attributes:
        answer: strings of which one must be in the answer.
        evidence: the sentence or row that answers, where one is named.
        kind: what makes it hard, such as "table_cell"; figures are reported for each kind.
        forbidden: strings that must not be in the answer, such as what an injected instruction asks for.
        topic: documents that are about the same thing as the expected one.
    """

    question: str
    lang: Literal["de", "en"] = "de"
    document: str | None = None
    answer: tuple[str, ...] = ()
    evidence: str = ""
    unanswerable: bool = False
    kind: str = ""
    forbidden: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "Question":
        if self.unanswerable == bool(self.document and self.answer):
            raise ValueError("needs either `document` and `answer`, or `unanswerable`")
        return self


class QuestionSet(Frozen):
    """Questions, and the corpus they are about where the file brings its own.

    Attributes:
        corpus: file name -> text.
        folder: of the corpus, where it is one.
    """

    name: str
    questions: tuple[Question, ...]
    corpus: dict[str, str] = Field(default_factory=dict)
    folder: Path | None = None

    def evenly(self, limit: int | None) -> "QuestionSet":
        """At most `limit` questions, spread evenly over the set."""
        if limit is None or limit >= len(self.questions):
            return self
        step = len(self.questions) / limit
        return self.model_copy(update={"questions": tuple(self.questions[int(i * step)] for i in range(limit))})

    def in_haystack(self, haystack: Path, count: int) -> "QuestionSet":
        """The set with further paragraphs in its corpus, about other things.

        Args:
            haystack: gzipped JSONL with `title`, `section` and `text`.
            count: paragraphs taken.

        Raises:
            SettingsError: not there, or not in that form.
        """
        try:
            with gzip.open(haystack, "rt", encoding="utf-8") as lines:
                texts = [json.loads(line) for line in islice(lines, count)]
            hay = {f"hay{number:06}.txt": f"{t['title']}\n\n{t['text']}" for number, t in enumerate(texts)}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError("eval.bad_file", path=haystack, reason=error) from error
        return self.model_copy(update={"name": f"{self.name} + {len(hay)}", "corpus": self.corpus | hay})

    def asked_in(self, other: "QuestionSet") -> "QuestionSet":
        """The questions of a translation of this set, about this set's corpus."""
        return self.model_copy(
            update={"name": f"{other.name} → {self.name}", "questions": other.questions},
        )


def load_questions(path: Path) -> QuestionSet:
    """Read a question set.

    Args:
        path: `.jsonl`, `.csv` with the same names as columns (delimited by comma, semicolon or tab; several
            answers separated by `|`), or SQuAD's `.json` (1.1 or 2.0), whose language is taken from a name such
            as `xquad.de.json`. A folder `documents` beside a set of one's own is its corpus.

    Raises:
        SettingsError: not there, or not in one of these forms; line and reason are named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Excel writes a byte order mark
        if path.suffix == ".json":
            return _squad(path, text)
        rows: Sequence[Any] = _rows(text) if path.suffix == ".csv" else text.splitlines()
        folder = path.parent / _DOCUMENTS
        questions = tuple(_question(number, row) for number, row in enumerate(rows, 1) if row)
        return QuestionSet(
            name=f"{path.parent.name}/{path.name}", questions=questions, folder=folder if folder.is_dir() else None
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError("eval.bad_file", path=path, reason=error) from error


def _rows(text: str) -> list[dict[str, Any]]:
    """Rows of a CSV, whose delimiter is told by its header; Excel's depends on the country."""
    try:
        delimiter = csv.Sniffer().sniff(text.partition("\n")[0], _DELIMITERS).delimiter
    except csv.Error:  # a single column
        delimiter = ","
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def _question(number: int, row: str | dict[str, Any]) -> Question:
    try:
        if isinstance(row, str):
            return Question.model_validate_json(row)
        values: dict[str, Any] = {name: value for name, value in row.items() if value}
        lists = {name: tuple(values[name].split("|")) for name in ("answer", "forbidden", "topic") if name in values}
        return Question.model_validate(values | lists)
    except ValidationError as error:
        raise ValueError(f"line {number}: {error.errors()[0]['msg']}") from error


def _squad(path: Path, text: str) -> QuestionSet:
    lang: Language = "en" if ".en." in path.name else "de"
    corpus: dict[str, str] = {}
    questions = []
    for article in json.loads(text)["data"]:
        names = [f"{len(corpus) + i:04}.txt" for i in range(len(article["paragraphs"]))]
        for name, paragraph in zip(names, article["paragraphs"], strict=True):
            corpus[name] = paragraph["context"]
            questions += [_squad_question(entry, lang, name, names) for entry in paragraph["qas"]]
    return QuestionSet(name=path.name, questions=tuple(questions), corpus=corpus)


def _squad_question(entry: dict[str, Any], lang: Language, document: str, topic: Sequence[str]) -> Question:
    """One question of SQuAD 1.1, or of 2.0, which marks what its paragraph does not answer (Rajpurkar et al. 2018)."""
    asked = entry["question"]
    if entry.get("is_impossible"):
        return Question(question=asked, lang=lang, unanswerable=True)
    answers = tuple(dict.fromkeys(answer["text"] for answer in entry["answers"]))
    try:
        return Question(question=asked, lang=lang, document=document, answer=answers, topic=tuple(topic))
    except ValidationError as error:
        raise ValueError(f"{asked!r}: {error.errors()[0]['msg']}") from error
