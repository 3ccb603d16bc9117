"""The policy: deny by default, the innermost rule decides, in force from the next question on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer import answer
from chatbot.policy_report import explain, what_can_see, who_can_see
from chatbot.types import Finished
from chatbot.wiring import product
from config.errors import SettingsError
from config.policy import CollectionPolicy, FolderPolicy, Policy, PolicyFile
from config.settings import Settings

GROUPS = st.sets(st.sampled_from(["Vertrieb", "HR", "IT"]))
CLASSES = st.sampled_from(["public", "internal", "confidential", "strictly_confidential"])
RULES = {"data_class": CLASSES, "groups": GROUPS.map(tuple), "audited_by": GROUPS.map(tuple)}
FOLDERS = st.dictionaries(st.sampled_from(["a", "a/b", "a/b/x.md"]), st.builds(FolderPolicy, **RULES), max_size=3)
COLLECTIONS = st.dictionaries(
    st.sampled_from(["preise", "personal", "technik"]),
    st.builds(CollectionPolicy, owner=st.sampled_from(["", "ada", "Bob "]), folders=FOLDERS, **RULES),
)
PATHS = st.sampled_from(["x.md", "a/x.md", "a/b/x.md", "a/b/y.md", "ab/x.md"])


def rule_of(collection: CollectionPolicy, path: str) -> FolderPolicy:
    """The rule of the innermost folder, else the collection's."""
    inside = [folder for folder in collection.folders if path == folder or path.startswith(f"{folder}/")]
    return collection.folders[max(inside, key=len)] if inside else collection


@given(
    COLLECTIONS, PATHS, GROUPS, st.sampled_from(["pilot", "department", "all"]), GROUPS, st.sampled_from(["ada", "eve"])
)
def test_nobody_sees_what_no_rule_gives(collections, path, pilots, stage, mine, name) -> None:  # type: ignore[no-untyped-def]
    policy = Policy.model_validate({"assistant": {"stage": stage, "groups": tuple(pilots)}, "collections": collections})
    asks, inspects = policy.asks(name, mine), policy.inspects(name, mine)
    member = stage == "all" or bool(mine & pilots)
    assert not asks.covers("unbenannt", path) and not inspects.covers("unbenannt", path)
    for label, entry in collections.items():
        rule, owned = rule_of(entry, path), entry.owner.strip().lower() == name
        public = rule.data_class == "public"
        assert asks.covers(label, path) == (owned or (member and (public or bool(mine & set(rule.groups)))))
        assert inspects.covers(label, path) == (owned or public or bool(mine & set(rule.audited_by)))


@given(COLLECTIONS, GROUPS)
def test_a_clearance_does_not_name_what_lies_outside_of_it(collections, mine) -> None:  # type: ignore[no-untyped-def]
    held = Policy(collections=collections).asks("eve", mine)
    assert all(any(closed.startswith(f"{opened}/") for opened in held.labels) for closed in held.closed)


def test_roles_by_group_are_combined_only_on_purpose() -> None:
    said = {"roles": {"admin": ["IT"], "auditor": ["Revision"], "combined": ["Olga"]}}
    policy = Policy.model_validate(said)
    assert policy.roles("ada", ["Vertrieb"]) == {"employee"}
    assert policy.roles("ada", ["IT"]) == {"admin"}
    assert policy.roles("ada", ["Revision", "Vertrieb"]) == {"auditor"}
    assert policy.roles("ada", ["Revision", "IT"]) == {"employee"}, "neither, where both is not meant"
    assert policy.roles("olga", ["Revision", "IT"]) == {"employee", "admin", "auditor"}


def test_the_file_counts_from_the_next_question_on(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[collections.preise]\ngroups = ["Vertrieb"]\n')
    policy = PolicyFile(file)
    assert policy.current().asks("ada", ["Vertrieb"]).covers("preise", "x.md")
    file.write_text("[collections.preise]\ngroups = []\n# changed\n")
    assert not policy.current().asks("ada", ["Vertrieb"]).labels


@pytest.mark.parametrize(
    "text",
    [
        "[collections",
        "[collections.x]\ngroup = ['a']\n",
        "[assistant]\nstage = 'soon'\n",
        "[collections.x.folders.a]\n[collections.x.folders.'A/']\n",
        "[collections.x]\n[collections.X]\n",
        "[collections.'x/a']\n",
        "[terms]\nversion = '1'\nde = 'nur deutsch'\n",
        "[records]\nretention_days = -1\n",
    ],
)
def test_a_wrong_file_lets_nobody_in(text: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[collections.preise]\ndata_class = 'public'\n")
    policy = PolicyFile(file)
    assert policy.current().asks("ada", []).covers("preise")
    file.write_text(text)
    for _ in range(2):
        with pytest.raises(SettingsError, match=r"policy\.toml"):
            policy.current()
    file.unlink()
    with pytest.raises(SettingsError):
        policy.current()


def test_without_a_file_nobody_may_ask_anything() -> None:
    assert not PolicyFile(None).current().asks("ada", ["Vertrieb"]).labels


def test_the_policy_of_the_examples_is_explained(indexed_dir: Path, models_dir: Path) -> None:
    file = Path(__file__).parents[3] / "config" / "policy.toml"
    with product(Settings(data_dir=indexed_dir, models_dir=models_dir, policy=file)) as built:
        for language in ("de", "en"):
            said = explain(built, language)  # type: ignore[arg-type]
            assert not [sentence for sentence in said if sentence.startswith(("Achtung", "Mind"))]
        assert "Group Einkauf finds: beispiele, beispiele/einkauf, but not beispiele/protokolle." in said
        assert "Group Technik finds: beispiele, but not beispiele/einkauf, beispiele/protokolle." in said
        (minutes,) = who_can_see(built, "Protokolle/2026-02-12_Produktionsrunde.eml", "en")
        assert "groups: nobody (rule for beispiele/protokolle)" in minutes
        seen = {group: what_can_see(built, "eva", [group], "en")[0] for group in ("Einkauf", "Technik", "Belegschaft")}
        assert seen["Technik"] == seen["Belegschaft"] != seen["Einkauf"]
        assert "eva may not ask" in what_can_see(built, "eva", ["Kantine"], "en")[0]


def test_models_that_are_not_allowed_do_not_answer(indexed_dir: Path, models_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[assistant]\nmodels = ["another"]\n')
    settings = Settings(data_dir=indexed_dir, models_dir=models_dir, policy=file, answer={"engine": "embedded"})
    with product(settings) as built:
        *_, last = answer("Wie viele Urlaubstage habe ich?", [], built.local_person(), built.answering)
        assert isinstance(last, Finished) and last.answer.engine == "quote"
        assert any("Qwen2.5" in notice and "Richtlinie" in notice for notice in last.answer.notices)
        assert any("Qwen2.5" in sentence for sentence in explain(built, "en") if sentence.startswith("Mind"))
