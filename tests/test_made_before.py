"""A vault and records that an earlier program made are opened by this one, the chain holds, the index wants rebuilding.

`tests/data/before_rooms/data.tar.xz` is the data directory of the program at commit 5306293, before its modules were
moved: one document (`Urlaubsregelung.docx`), one question that is answered, one that is refused, one head written out.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import explain
from chatbot.audit.find import Query, find
from chatbot.audit.read import read_record
from chatbot.audit.verify_chain import verify_chain
from chatbot.audit.verify_sources import check_versions
from chatbot.bootstrap import Services, bootstrap
from config.access import ALL
from config.errors import IndexUnavailable
from config.settings import Settings

ARCHIVE = Path(__file__).parent / "data" / "before_rooms" / "data.tar.xz"
ANSWERED, REFUSED = (
    "Wie viele Urlaubstage habe ich im zweiten Beschäftigungsjahr?",
    "Wer gewann 2014 die Weltmeisterschaft?",
)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    settings = Settings(data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"})
    with bootstrap(settings) as services:
        yield services


def test_the_chain_of_then_holds(services: Services) -> None:
    checkpoints = services.records.checkpoints()
    assert len(checkpoints.heads) == 1 and not list(checkpoints.breaks())
    assert list(verify_chain(services.database, checkpoints.expected())) == []
    assert list(check_versions(services.database, services.vault)) == []


def test_records_of_then_are_read_whole(services: Services) -> None:
    found = {line.question: line for line in find(services.database, Query(until=None), ALL, 9).lines}
    assert {ANSWERED, REFUSED} <= set(found)
    record = read_record(services.database, found[ANSWERED].id, ALL)
    assert record.opened and record.opened.filters.collections == ()
    assert record.said and record.said.answer and "29" in record.said.answer.statements[0].text
    assert record.sealed and all(passage.extraction_id for passage in record.sealed.found)
    (citation, *_) = record.sealed.citations
    assert "29" in (Texts(services.vault).of(citation) or "")
    assert "29" in explain(record, Texts(services.vault), "de").model_dump_json()


@pytest.mark.integration
def test_the_index_of_then_asks_to_be_rebuilt(services: Services) -> None:
    with pytest.raises(IndexUnavailable, match="--rebuild"):
        services.answering()
    assert list(verify_chain(services.database, {})) == []
