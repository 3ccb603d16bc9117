"""`make eval-gate`: measures anew and fails where a figure has fallen below the committed baseline beyond noise."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from chatbot.bootstrap import bootstrap
from config import environment
from config.messages import message, reader_language
from config.settings import Settings, load_settings
from eval.command import described, evaluate, formatted
from eval.corpus import apart_in
from eval.judge.held_out import XQUAD, without_trained
from eval.reading.command import measure_reading
from eval.report import Measure, Part, Report, read_report, write_report
from eval.stated import COMPANIES, DEVELOPED_WITH, ONLY_TESTED, measure_stated
from ingest.sync.pipeline import ingest

BASELINE = Path(__file__).with_name("baseline.json")
EXAMPLES = Path(__file__).parents[1] / "examples"
ADVERSARIAL = Path(__file__).parent / "adversarial" / "questions.jsonl"
FORMATS = tuple(
    Path(__file__).parent / "formats" / name / "questions.jsonl" for name in ("dental_laboratory", "cable_car")
)
TABLES = tuple(
    Path(__file__).parent / "tables" / name
    for name in (
        "looked_at.jsonl", "unseen.jsonl", "trades/looked_at/questions.jsonl", "trades/unseen/questions.jsonl",
    )
)  # fmt: skip
_NEEDS_DATA = "xquad."
_MODEL_QUESTIONS = 16  # asked of the embedded model; quote mode answers all
_READING_SEED, _READING_DOCUMENTS = 2, 66
_READ_FORMATS = ("docx", "pdf-reportlab", "html", "pptx", "xlsx", "csv")  # that are made without another program
_DATA_QUESTIONS = 200  # of each larger set


def main() -> None:
    """Compare with the baseline, or with `--accept` write a new one."""
    environment.prepare()
    arguments = _arguments()
    console, language = Console(), reader_language()
    settings = load_settings()
    report = measure_all(settings, settings.data_dir / "eval" / "gate", arguments.data, console)
    if arguments.accept:
        write_report(report, BASELINE)
        console.print(message("eval.baseline_written", language, path=BASELINE), markup=False)
        return
    fallen = compare(report, read_report(BASELINE), bool(arguments.data))
    for line in fallen:
        console.print(line, style="red", markup=False)
    console.print(message("eval.gate", language, count=len(fallen)), markup=False)
    sys.exit(1 if fallen else 0)


def measure_all(settings: Settings, place: Path, data: Path | None, console: Console) -> Report:
    """Every part of the baseline.

    Args:
        settings: of the product.
        place: folder for the indexes.
        data: folder with XQuAD, if there is one; its parts are left out otherwise.
        console: shows progress.
    """
    apart = settings.model_copy(update=apart_in(settings, place))
    quoting = _with_engine(apart, "quote")
    with bootstrap(quoting) as services:
        list(ingest([EXAMPLES], "examples", services.ingestion()))
        made_with = described(services)
    examples = EXAMPLES / "questions.jsonl"
    runs = [
        evaluate("retrieval", quoting, examples, console, "en"),
        evaluate("answers", quoting, examples, console, "en"),
        _named("embedded", evaluate("answers", _with_engine(apart, "embedded"), examples, console, "en",
                                    limit=_MODEL_QUESTIONS)),
        evaluate("answers", quoting, ADVERSARIAL, console, "en"),
    ]  # fmt: skip
    companies = (COMPANIES / name / "questions.jsonl" for name in (*DEVELOPED_WITH, *ONLY_TESTED))
    runs += [evaluate("answers", quoting, questions, console, "en") for questions in (*companies, *FORMATS, *TABLES)]
    for name in XQUAD:
        if data and (data / name).is_file():
            held = without_trained(data / name, place)
            runs.append(evaluate("retrieval", quoting, held, console, "en", limit=_DATA_QUESTIONS))
            runs.append(evaluate("verification", quoting, held, console, "en", limit=_DATA_QUESTIONS // 2))
            runs.append(evaluate("answers", quoting, held, console, "en", limit=_DATA_QUESTIONS // 2, missing=True))
    runs.append(measure_reading(place / "reading", console, "en", _READING_SEED, _READING_DOCUMENTS, _READ_FORMATS))
    stated = (measure_stated(quoting, names, console) for names in (DEVELOPED_WITH, ONLY_TESTED))
    parts = (*(part for run in runs for part in run.parts), *stated)
    return Report(name="gate", made=datetime.now(UTC), settings=made_with, parts=parts)


def compare(now: Report, baseline: Report, with_data: bool = True) -> list[str]:
    """What is worse than the baseline's interval allows, or gone; speed is not judged, machines differ.

    Args:
        now: measured anew.
        baseline: the committed one.
        with_data: whether the larger sets were measured, too.
    """
    known = {(part.kind, part.set): part for part in now.parts}
    fallen = []
    for before in baseline.parts:
        after = known.get((before.kind, before.set))
        if after is None and before.set.startswith(_NEEDS_DATA) and not with_data:
            continue
        measures = {measure.name: measure for measure in after.measures} if after else {}
        for measure in before.measures:
            new = measures.get(measure.name)
            if measure.unit != "seconds" and (new is None or _is_worse(new.value, measure)):
                shown = formatted(new, new.value) if new else "–"
                fallen.append(
                    f"{before.kind} · {before.set} · {measure.name}: {shown} / {formatted(measure, measure.value)}"
                    f" [{measure.low}; {measure.high}]"
                )
    return fallen


def _is_worse(value: float, before: Measure) -> bool:
    if before.low is None or before.high is None:
        return False
    return value < before.low if before.better == "higher" else value > before.high


def _named(engine: str, report: Report) -> Report:
    """The report with its engine in the names of its sets, so that two engines stand side by side."""
    parts = tuple(Part(**(part.model_dump() | {"set": f"{part.set} ({engine})"})) for part in report.parts)
    return report.model_copy(update={"parts": parts})


def _with_engine(settings: Settings, engine: str) -> Settings:
    return settings.model_copy(update={"answer": settings.answer.model_copy(update={"engine": engine})})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write the figures as the new baseline")
    parser.add_argument("--data", type=Path, help="folder with xquad.de.json and xquad.en.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
