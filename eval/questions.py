"""Question sets: JSONL of one's own, or SQuAD's format with its paragraphs as the corpus."""

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from config.errors import SettingsError
from ingest.documents import Frozen


class Question(Frozen):
    """A question with its expected document and answers, or marked as unanswerable."""

    question: str
    lang: Literal["de", "en"] = "de"
    document: str | None = None
    answer: tuple[str, ...] = ()
    unanswerable: bool = False

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "Question":
        if self.unanswerable == bool(self.document and self.answer):
            raise ValueError("needs either `document` and `answer`, or `unanswerable`")
        return self


class QuestionSet(Frozen):
    """Questions, and the corpus they are about where the file brings its own."""

    name: str
    questions: tuple[Question, ...]
    corpus: dict[str, str] = Field(default_factory=dict)  # file name -> text

    def evenly(self, limit: int | None) -> "QuestionSet":
        """At most `limit` questions, spread evenly over the set."""
        if limit is None or limit >= len(self.questions):
            return self
        step = len(self.questions) / limit
        return self.model_copy(update={"questions": tuple(self.questions[int(i * step)] for i in range(limit))})


def load_questions(path: Path) -> QuestionSet:
    """Read a question set.

    Args:
        path: `.jsonl`, or SQuAD's `.json`, whose language is taken from a name such as `xquad.de.json`.

    Raises:
        SettingsError: not there, or not in one of the two forms; line and reason are named.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return _squad(path, text) if path.suffix == ".json" else _jsonl(path, text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError("eval.bad_file", path=path, reason=error) from error


def _jsonl(path: Path, text: str) -> QuestionSet:
    questions = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                questions.append(Question.model_validate_json(line))
            except ValidationError as error:
                raise ValueError(f"line {number}: {error.errors()[0]['msg']}") from error
    return QuestionSet(name=path.name, questions=tuple(questions))


def _squad(path: Path, text: str) -> QuestionSet:
    lang = "en" if ".en." in path.name else "de"
    corpus: dict[str, str] = {}
    questions = []
    for article in json.loads(text)["data"]:
        for paragraph in article["paragraphs"]:
            name = f"{len(corpus):04}.txt"
            corpus[name] = paragraph["context"]
            for entry in paragraph["qas"]:
                answers = tuple(dict.fromkeys(answer["text"] for answer in entry["answers"]))
                questions.append(Question(question=entry["question"], lang=lang, document=name, answer=answers))
    return QuestionSet(name=path.name, questions=tuple(questions), corpus=corpus)
