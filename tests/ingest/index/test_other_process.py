"""An index that one process has open is refused to another one, and nothing of the first one's work is lost by that."""

import random
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from qdrant_client import models

from config.errors import IndexUnavailable
from ingest.index.edge import EdgeClient

pytestmark = pytest.mark.integration

NAME, WORDS, TIMES = "notes", 200, 8
OPENER = f"""
import sys
from pathlib import Path
from config.errors import IndexUnavailable
from ingest.index.edge import EdgeClient

for _ in range({TIMES}):
    try:
        EdgeClient(Path(sys.argv[1])).count({NAME!r})
    except IndexUnavailable as refused:
        print(refused.key)
"""


def points(count: int) -> list[models.PointStruct]:
    chance = random.Random(count)
    return [
        models.PointStruct(
            id=str(uuid4()),
            vector={
                "meaning": [chance.random() for _ in range(8)],
                "words": models.SparseVector(indices=sorted(chance.sample(range(5_000), WORDS)), values=[1.0] * WORDS),
            },
            payload={"text": "Der Hafenmeister wohnt am Kai."},
        )
        for _ in range(count)
    ]


def test_asking_while_another_process_writes_breaks_nothing(tmp_path: Path) -> None:
    client = EdgeClient(tmp_path)
    meaning = {"meaning": models.VectorParams(size=8, distance=models.Distance.COSINE)}
    client.create_collection(NAME, meaning, {"words": models.SparseVectorParams()})
    opener = subprocess.Popen([sys.executable, "-c", OPENER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    written = 0
    while opener.poll() is None:
        client.upsert(NAME, points(50))
        client.flush(NAME)
        written += 50
    said, _ = opener.communicate()
    assert said.split() == ["index.in_use"] * TIMES
    client.close()
    assert EdgeClient(tmp_path).count(NAME).count == written > 0


def test_what_one_has_closed_another_may_open(tmp_path: Path) -> None:
    first, second = EdgeClient(tmp_path), EdgeClient(tmp_path)
    first.create_collection(NAME, {"meaning": models.VectorParams(size=8, distance=models.Distance.COSINE)}, {})
    with pytest.raises(IndexUnavailable) as refused:
        second.count(NAME)
    assert refused.value.key == "index.in_use"
    first.close()
    assert second.count(NAME).count == 0
    second.delete_collection(NAME)
    first.create_collection(NAME, {"meaning": models.VectorParams(size=8, distance=models.Distance.COSINE)}, {})
    assert first.count(NAME).count == 0
    first.close()
