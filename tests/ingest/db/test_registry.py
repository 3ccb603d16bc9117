"""What is said of an index that cannot be searched: the settings are named only where they are at fault."""

import pytest

from config.errors import IndexUnavailable
from ingest.db.registry import Generation
from ingest.embedding import CHUNKING


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (f"e5 / {CHUNKING}", ""),
        ("e5 / other passages", "index.other_chunking"),
        (f"bge-m3 / {CHUNKING}", "index.mismatch"),
        ("bge-m3 / other passages", "index.mismatch"),
    ],
)
def test_an_index_of_another_model_or_of_another_version_is_told_apart(wanted: str, key: str) -> None:
    built = Generation(name="g", embedding=f"e5 / {CHUNKING}", dimension=1, state="active")
    if not key:
        built.check_embedding(wanted)
        return
    with pytest.raises(IndexUnavailable) as error:
        built.check_embedding(wanted)
    assert error.value.key == key
    said = error.value.text("de")
    assert CHUNKING not in said and ("bge-m3" in said) is (key == "index.mismatch")
