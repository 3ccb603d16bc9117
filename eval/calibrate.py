"""`fundstelle calibrate`: the limit of an answer from a company's own questions, and what it costs in refusals."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import NamedTuple

import numpy
from rich.console import Console
from rich.progress import track
from rich.prompt import FloatPrompt
from rich.table import Table

from chatbot.answering.calibration import FILE, Calibration, model_date
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.reading import find_passages
from chatbot.bootstrap import Services, bootstrap
from config.errors import SettingsError
from config.messages import Language, message
from config.settings import Settings
from eval.fit_evidence import lowest_limit
from eval.metrics import says_whole_answer
from eval.questions import Question, load_questions
from ingest.index.filters import EVERYTHING

SHARES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15)  # of wrong answers, that are offered


class Tried(NamedTuple):
    """A question with the chance that its best fact answers it."""

    is_answerable: bool
    chance: float
    is_right: bool


class Cost(NamedTuple):
    """What becomes of the questions under a limit, as shares of all."""

    limit: float
    right: float
    wrong: float
    refused_though_answerable: float


def calibrate(
    settings: Settings, questions: Path, wrong: float | None, console: Console, language: Language
) -> Calibration | None:
    """Show what each share of wrong answers costs, ask for one, choose its limit and keep it with the index.

    The limit is chosen by conformal risk control (Angelopoulos et al. 2024, see `fit_evidence.lowest_limit`): for a
    question that is drawn like these the expected share of wrong answers is not above what is allowed.

    Args:
        settings: of the product.
        questions: the company's own, over its own documents.
        wrong: share of all questions that may get a wrong answer; None asks, or without a terminal only shows.
        console: to show on.
        language: of the reader.

    Raises:
        SettingsError: the file is not there or not in its form, or has too few questions for the share.
    """
    asked = load_questions(questions).questions
    least = ceil(1 / (wrong or max(SHARES))) - 1
    if len(asked) < max(least, 1):
        raise SettingsError("calibrate.too_few", path=questions, count=len(asked), least=least, wrong=wrong)
    with bootstrap(settings) as services:
        tried = list(_tried(track(asked, console=console, description=questions.name), services))
        _show(tried, wrong, console, language)
        if wrong is None:
            wrong = _asked_for(console, language)
        if not wrong:
            return None
        found = Calibration(
            answer=_limit(tried, wrong),
            wrong=wrong,
            questions=len(asked),
            generation=services.generation().name,
            model=model_date(),
            made=datetime.now(UTC),
        )
    (settings.data_dir / FILE).write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    console.print(message("calibrate.kept", language, wrong=f"{wrong:.0%}", path=settings.data_dir / FILE))
    return found


def _asked_for(console: Console, language: Language) -> float | None:
    """The share that the person at the terminal accepts; None without a terminal, or where nothing shall be kept."""
    if not console.is_terminal:
        return None
    return FloatPrompt.ask(message("calibrate.ask", language), console=console, default=0.0) or None


def cost(tried: Sequence[Tried], limit: float) -> Cost:
    """What becomes of questions under a limit.

    Args:
        tried: at least one.
        limit: from which chance on there is an answer.
    """
    answered = [one for one in tried if round(one.chance, 3) >= limit]
    refused = [one for one in tried if round(one.chance, 3) < limit and one.is_answerable]
    right = sum(one.is_right for one in answered)
    return Cost(limit, right / len(tried), (len(answered) - right) / len(tried), len(refused) / len(tried))


def _tried(asked: Iterable[Question], services: Services) -> Iterator[Tried]:
    answering, person = services.answering(), services.people.local_person()
    statistics = answering.statistics(person.clearance)
    for question in asked:
        found = find_passages(question.question, person, EVERYTHING, answering)
        wanted = answering.settings.sources
        _, evidence = find_evidence(found, wanted, statistics, answering.vectors, answering.judge)
        open_to_all = evidence._replace(limits=evidence.limits.model_copy(update={"answer": 0.0}))
        said = " ".join(sentence.text for part in open_to_all.quotable() for sentence in part)
        is_right = says_whole_answer(said, question.answer)
        chance = max(evidence.chances, default=0.0)
        yield Tried(not question.unanswerable, chance, is_right and not question.unanswerable)


def _limit(tried: Sequence[Tried], wrong: float) -> float:
    chances = numpy.array([one.chance for one in tried])
    return lowest_limit(chances, numpy.array([one.is_right for one in tried]), wrong)


def _show(tried: Sequence[Tried], wrong: float | None, console: Console, language: Language) -> None:
    table = Table(*(message(f"calibrate.{name}", language) for name in ("wrong", "limit", "right", "cited", "refused")))
    for share in sorted({*SHARES, *([wrong] if wrong else [])}):
        if (1 / (len(tried) + 1)) > share:
            continue  # too few questions to promise it
        one = cost(tried, _limit(tried, share))
        values = (f"{share:.0%}", f"{one.limit:.3f}", f"{one.right:.0%}", f"{one.wrong:.0%}",
                  f"{one.refused_though_answerable:.0%}")  # fmt: skip
        table.add_row(*values, style="bold" if share == wrong else None)
    console.print(table)
