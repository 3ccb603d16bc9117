"""The quality report as text: which documents, what is wrong, what to do."""

from collections.abc import Iterator, Sequence
from datetime import date

from babel.numbers import format_percent

from config.errors import DocumentFailed, SettingsError
from config.messages import Language, catalogue, message
from ingest.index.services import IndexServices
from ingest.quality.assessment import assess
from ingest.quality.findings import Finding, Quality


def quality_report(
    index: IndexServices, old_years: float, collection: str | None = None, run: str | None = None, compares: bool = True
) -> list[Quality]:
    """Every document of one or all collections, worst first.

    Args:
        index: that is judged.
        old_years: age from which a document is called old.
        collection: only this one.
        run: only the documents that this run read; they are judged beside all others all the same.
        compares: whether duplicates and older versions are looked for, which takes long.

    Raises:
        SettingsError: no such collection.
        IndexUnavailable: nothing is indexed.
    """
    collections = index.registry.collections()
    if collection and collection not in collections:
        raise SettingsError("collection.unknown", collection=collection)
    generation = index.generation().name
    names = [collection] if collection else list(collections)
    documents = [document for name in names for document in index.registry.described(generation, name)]
    judged = [*assess(documents, date.today(), old_years, compares), *_ignored(index, names)]
    if run is None:
        return judged
    read = {(outcome.collection, outcome.path) for outcome in index.history.outcomes(run)}
    return [quality for quality in judged if (quality.collection, quality.path) in read]


def _ignored(index: IndexServices, collections: Sequence[str]) -> Iterator[Quality]:
    """Files that are in no format that can be read, named behind those that are."""
    for one in (outcome for name in collections for outcome in index.history.ignored(name)):
        details = one.error.reason() if isinstance(one.error, DocumentFailed) else {}
        finding = Finding(kind="ignored", details=details)
        yield Quality(collection=one.collection, path=one.path, score=100, findings=(finding,))


def finding_text(finding: Finding, language: Language) -> str:
    """What was found, in a sentence."""
    if "key" in finding.details:
        return DocumentFailed.from_reason(finding.details).text(language)
    details = {name: _detail(name, value, language) for name, value in finding.details.items()}
    return message(f"quality.{finding.kind}", language, **details)


def _detail(name: str, value: str, language: Language) -> str:
    """A detail of a finding in the reader's language."""
    if name == "missing":
        return str(format_percent(float(value), locale=language, decimal_quantization=False))
    if name == "why":
        return message(f"quality.unseen.{value}", language)
    return message(f"metadata.{value}", language) if f"metadata.{value}" in catalogue() else value


def advice(finding: Finding, language: Language) -> str:
    """What to do about it."""
    return message(f"quality.{finding.kind}.do", language)


def quality_rows(report: Sequence[Quality], language: Language) -> Iterator[list[str]]:
    """A head and a row for each finding; documents without findings have one, too."""
    names = ("collection", "document", "score", "finding", "advice")
    yield [message(f"quality.column.{name}", language) for name in names]
    for judged in report:
        start = [judged.collection, judged.path, str(judged.score)]
        for finding in judged.findings:
            yield [*start, finding_text(finding, language), advice(finding, language)]
        if not judged.findings:
            yield [*start, "", ""]
