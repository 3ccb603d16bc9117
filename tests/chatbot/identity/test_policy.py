"""The policy: deny by default, in force from the next question on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import SettingsError
from config.policy import CollectionPolicy, Policy, PolicyFile

GROUPS = st.sets(st.sampled_from(["Vertrieb", "HR", "IT"]))
CLASSES = st.sampled_from(["public", "internal", "confidential", "strictly_confidential"])
COLLECTIONS = st.dictionaries(
    st.sampled_from(["preise", "personal", "technik"]),
    st.builds(
        CollectionPolicy, owner=st.sampled_from(["", "ada", "bob"]), data_class=CLASSES, groups=GROUPS.map(tuple)
    ),
)


@given(COLLECTIONS, GROUPS, st.sampled_from(["pilot", "department", "all"]), GROUPS, st.sampled_from(["ada", "eve"]))
def test_nobody_sees_what_the_policy_does_not_name(
    collections: dict[str, CollectionPolicy], pilots: set[str], stage: str, mine: set[str], name: str
) -> None:
    policy = Policy.model_validate({"assistant": {"stage": stage, "groups": tuple(pilots)}, "collections": collections})
    for label in policy.labels(name, mine):
        entry = collections[label]
        member = stage == "all" or bool(mine & pilots)
        shared = entry.data_class == "public" or bool(mine & set(entry.groups))
        assert entry.owner == name or (member and shared)


def test_the_file_counts_from_the_next_question_on(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[collections.preise]\ngroups = ["Vertrieb"]\n')
    policy = PolicyFile(file)
    assert policy.current().labels("ada", ["Vertrieb"]) == {"preise"}
    file.write_text("[collections.preise]\ngroups = []\n# changed\n")
    assert policy.current().labels("ada", ["Vertrieb"]) == frozenset()


@pytest.mark.parametrize("text", ["[collections", "[collections.x]\ngroup = ['a']\n", "[assistant]\nstage = 'soon'\n"])
def test_a_wrong_file_lets_nobody_in(text: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[collections.preise]\ndata_class = 'public'\n")
    policy = PolicyFile(file)
    assert policy.current().labels("ada", []) == {"preise"}
    file.write_text(text)
    for _ in range(2):
        with pytest.raises(SettingsError, match=r"policy\.toml"):
            policy.current()
    file.unlink()
    with pytest.raises(SettingsError):
        policy.current()
