"""The policy: deny by default, the innermost rule decides, in force from the next question on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.policy_report import explain, what_can_see, who_can_see
from chatbot.domain import Finished
from config.errors import SettingsError, SignInRefused
from config.policy import CollectionPolicy, FolderPolicy, Policy
from config.policy_file import PolicyFile
from config.settings import Settings
from ingest.db.tables import documents

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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[collections.x]\ndata_clas = 'internal'\n", ("collections.x.data_clas", "data_class")),
        ("[asistant]\n", ("asistant", "assistant")),
        ("[collections.x.folders.'IT']\nowner = 'ada'\n", ("collections.x.folders.IT.owner", "audited_by")),
        ("[collections.x]\ngroups = 'Vertrieb'\n", ("collections.x.groups", '["')),
        ("[collections.x]\nowner = 3\n", ("collections.x.owner",)),
        ("[collections]\nx = 'a'\n", ("[collections.x]",)),
        ("[assistant]\nstage = 'soon'\n", ("assistant.stage", '"pilot", "department", "all"')),
        ("[collections.'x/a']\n", ("'x/a'",)),
        ("[collections.'x\\a']\n", ("x\\\\a",)),
        ("[collections.x.folders.'../a']\n", ("'../a'",)),
        ("[collections.x]\n[collections.X]\n", (" x",)),
        ("[terms]\nversion = '1'\nde = 'nur deutsch'\n", ("de", "en")),
    ],
)
def test_a_mistake_is_said_in_the_readers_language(text: str, said: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as refusal:
        PolicyFile(file).current()
    for language in ("de", "en"):
        sentence = refusal.value.text(language)  # type: ignore[arg-type]
        assert all(part in sentence for part in (str(file), *said)), sentence
        assert not any(english in sentence for english in ("Input should", "not permitted", "Value error")), sentence


def test_a_missing_file_is_named_with_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    policy = PolicyFile(Path("policy.toml"))
    for question in (policy.current, policy.is_settled):
        with pytest.raises(SettingsError) as refusal:
            question()
        assert str(tmp_path / "policy.toml") in refusal.value.text("de") and "Errno" not in refusal.value.text("de")


def test_a_folder_inherits_its_class_but_nothing_that_opens_it() -> None:
    said = {
        "data_class": "internal", "groups": ["Alle"], "audited_by": ["Revision"],
        "folders": {
            "IT": {"groups": ["IT"]}, "IT/Leitung": {"data_class": "strictly_confidential"},
            "IT/Leitung/2026": {"groups": ["IT"]},
        },
    }  # fmt: skip
    policy = Policy.model_validate({"collections": {"x": said, "y": said | {"data_class": "public"}}})
    rules = {place: (rule.data_class, rule.groups, rule.audited_by) for place, rule, _ in policy.places()}
    assert rules["x/it"] == ("internal", ("IT",), ())
    assert rules["x/it/leitung"] == ("strictly_confidential", (), ())
    assert rules["x/it/leitung/2026"] == ("strictly_confidential", ("IT",), ()), "as the folder around it"
    assert rules["y/it"] == ("confidential", ("IT",), ()), "a rule that names groups opens to no others"
    assert not policy.asks("eve", ["Werk"]).covers("y", "IT/x.md")


def test_a_collection_is_found_however_it_is_spelled() -> None:
    policy = Policy.model_validate({"collections": {"Hand": {"groups": ["Vertrieb"]}}})
    assert policy.collection("HAND") is policy.collections["Hand"] and policy.collection("hand/x") is None


@pytest.fixture
def company(tmp_path: Path, models_dir: Path):  # type: ignore[no-untyped-def]
    """Explains a policy over an index of the given collections, each with one document."""
    file = tmp_path / "policy.toml"
    settings = Settings(
        data_dir=tmp_path / "data", models_dir=models_dir, policy=file,
        server={"sign_in": "accounts", "second_factor": ()},
        answer={"engine": "quote"},
    )  # fmt: skip
    with bootstrap(settings) as services:
        yield services


def indexed(services: Services, *names: str) -> None:
    """Collections as they are in the registry, without an index."""
    generation = services.registry.active_generation() or services.registry.start_generation("e", 2, "active")
    with services.database.begin() as connection:
        for name in names:
            row = {
                "generation": generation.name, "collection": name, "path": "IT/x.md", "version": "1", "size": 1,
                "modified_ns": "1", "seen_ns": "1", "passages": 1, "read_by": "",
            }  # fmt: skip
            connection.execute(documents.insert(), row)
    for name in names:
        services.registry.set_collection(name, [f"/srv/{name}"])


def explained(services: Services, text: str) -> list[str]:
    assert services.settings.policy is not None
    services.settings.policy.write_text(text)
    assert len(explain(services.policy_services(), "de")) == len(explain(services.policy_services(), "en"))
    return explain(services.policy_services(), "en")


def test_names_for_which_other_rules_count_are_told(company: Services) -> None:
    indexed(company, "HAND", "hand/x", "frei")
    said = "\n".join(explained(company, '[collections.hand]\nowner = "ada"\ngroups = ["Vertrieb"]\n'))
    assert "HAND is indexed" not in said and "hand is named but not indexed" not in said
    assert "frei is indexed but not named" in said
    assert "hand/x is indexed under a name for which the rules of another collection count, too (hand)" in said
    indexed(company, "hand")
    said = "\n".join(explained(company, '[collections.hand]\nowner = "ada"\n'))
    assert "HAND is indexed under a name" in said and "hand is indexed under a name" in said


def test_groups_that_may_be_misspelled_are_told(company: Services) -> None:
    text = """
    [assistant]
    stage = "pilot"
    groups = ["Vertreib", "Werk 1", "Kantine"]
    [roles]
    admin = ["IT"]
    auditor = ["Revision", "Pruefer"]
    [collections.x]
    owner = "ada"
    groups = ["Vertrieb", "Werk 1", "Werk 2", "it"]
    audited_by = ["Revison", "Revision"]
    [collections.x.folders.a]
    groups = ["Vertrieb"]
    """
    said = [one for one in explained(company, text) if "group" in one and one.startswith("Mind")]
    alike = [one for one in said if "nearly" in one]
    assert [one.split(" have")[0] for one in alike] == [
        "Mind: the groups IT and it", "Mind: the groups Revison and Revision", "Mind: the groups Vertreib and Vertrieb"
    ]  # fmt: skip
    assert [one for one in said if one not in alike] == [
        "Mind: the group Vertreib may ask in this stage, but no rule opens anything to it. Is it spelt right?",
        "Mind: the group Kantine may ask in this stage, but no rule opens anything to it. Is it spelt right?",
        "Mind: the auditors of the group Pruefer are named in no `audited_by`. Is it spelt right?",
    ]


def test_a_folder_that_names_no_auditors_is_told(company: Services) -> None:
    indexed(company, "x")
    text = '[collections.x]\nowner = "ada"\naudited_by = ["Revision"]\n[collections.x.folders.IT]\n'
    assert any("the rule for x/it says nothing of auditors" in one for one in explained(company, text))
    assert not any("of auditors" in one for one in explained(company, f"{text}audited_by = []\n"))


def test_who_may_ask_is_said_of_every_kind_of_rule(company: Services) -> None:
    text = '[collections.a]\nowner = "ada"\n[collections.b]\n[collections.c]\ngroups = ["V"]\n'
    text += '[collections.d]\ndata_class = "public"\n[collections.e]\nowner = "ada"\ngroups = ["V"]\n'
    said = "\n".join(explained(company, text))
    assert "a (confidential; owner: ada; purpose: –): Only the owner ada may ask it." in said
    assert "b (confidential; owner: –; purpose: –): Nobody may ask it." in said
    assert "c (confidential; owner: –; purpose: –): V may ask it, and nobody else. " in said
    assert "Everybody who may use the assistant may ask it." in said
    assert "V may ask it, and nobody else but the owner ada." in said
    assert said.count("By this rule nobody finds anything.") == 1 and "named for b." in said
    assert "Mind: c is confidential but has no owner." in said
    assert "Fragen darf nur der Eigentümer ada." in "\n".join(explain(company.policy_services(), "de"))


def test_the_stage_binds_owners_in_every_report(company: Services) -> None:
    indexed(company, "x")
    for name, roles, groups in (
        ("petra", ["employee"], ["Büro"]), ("paul", ["employee"], ["Büro", "Pilot"]), ("olaf", ["employee"], []),
        ("anna", ["admin"], ["Büro", "Pilot"]),
    ):  # fmt: skip
        company.accounts.add(name, roles, groups)  # type: ignore[arg-type]
    text = '[collections.x]\nowner = "petra"\ngroups = ["Büro"]\n'
    explained(company, f'[assistant]\nstage = "pilot"\ngroups = ["Pilot"]\n{text}')
    (found,) = who_can_see(company.policy_services(), "IT/x.md", "en")
    assert "Büro (in this stage only who is also in one of these groups: Pilot)" in found
    assert found.endswith("found by: anna (may not ask), paul, petra (may not ask).")
    program = company.service_accounts.put("bot", ["employee"], ["Büro", "Pilot"])
    company.service_accounts.put("other", ["employee"], ["Werk"])
    assert who_can_see(company.policy_services(), "IT/x.md", "en")[1:] == [
        "x/IT/x.md: services that find it: service:bot (no valid token)."
    ]
    token, _ = company.tokens.add(program, ["ask"], 9, 9)
    gone, _ = company.tokens.add(program, ["ask"], 9, 9)
    company.tokens.add(program, ["metrics"], 9, 9)
    company.tokens.revoke(gone.id)
    (_, said) = who_can_see(company.policy_services(), "IT/x.md", "en")
    assert f"(token {token.id} until " in said and said.endswith(": ask).") and gone.id not in said
    (petra,) = what_can_see(company.policy_services(), "petra", (), "en")
    assert petra.startswith("petra may not ask: in this stage only the groups Pilot may") and "is in: Büro" in petra
    assert what_can_see(company.policy_services(), "paul", (), "en") == ["paul finds x (1 of 1 documents)."]
    assert "takes the role employee (anna has: admin)" in what_can_see(company.policy_services(), "anna", (), "en")[0]
    explained(company, text)
    assert what_can_see(company.policy_services(), "petra", (), "en") == ["petra finds x (1 of 1 documents)."]
    assert what_can_see(company.policy_services(), "olaf", (), "en") == [
        "olaf finds nothing: in no group, and owner of nothing."
    ]
    company.accounts.change("petra", disabled=True)
    assert what_can_see(company.policy_services(), "petra", (), "en") == ["petra may not ask: the account is disabled."]
    with pytest.raises(SignInRefused, match="--group"):
        what_can_see(company.policy_services(), "sven", (), "en")


def test_without_a_file_nobody_may_ask_anything() -> None:
    assert not PolicyFile(None).current().asks("ada", ["Vertrieb"]).labels


@pytest.mark.integration
def test_the_policy_of_the_examples_is_explained(indexed_dir: Path, models_dir: Path) -> None:
    file = Path(__file__).parents[3] / "config" / "policy.toml"
    with bootstrap(Settings(data_dir=indexed_dir, models_dir=models_dir, policy=file)) as services:
        for language in ("de", "en"):
            said = explain(services.policy_services(), language)  # type: ignore[arg-type]
            assert not [sentence for sentence in said if sentence.startswith(("Achtung", "Mind"))]
        assert "Group Einkauf finds: beispiele, beispiele/einkauf, but not beispiele/protokolle." in said
        assert "Group Technik finds: beispiele, but not beispiele/einkauf, beispiele/protokolle." in said
        (minutes,) = who_can_see(services.policy_services(), "Protokolle/2026-02-12_Produktionsrunde.eml", "en")
        assert "groups: nobody (rule for beispiele/protokolle)" in minutes
        seen = {
            group: what_can_see(services.policy_services(), "eva", [group], "en")[0]
            for group in ("Einkauf", "Technik", "Belegschaft")
        }
        assert seen["Technik"] == seen["Belegschaft"] != seen["Einkauf"]
        assert "eva may not ask" in what_can_see(services.policy_services(), "eva", ["Kantine"], "en")[0]


@pytest.mark.integration
def test_models_that_are_not_allowed_do_not_answer(indexed_dir: Path, models_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[assistant]\nmodels = ["another"]\n')
    settings = Settings(data_dir=indexed_dir, models_dir=models_dir, policy=file, answer={"engine": "embedded"})
    with bootstrap(settings) as services:
        *_, last = answer("Wie viele Urlaubstage habe ich?", [], services.people.local_person(), services.answering())
        assert isinstance(last, Finished) and last.answer.engine == "quote"
        assert any("Qwen2.5" in notice and "Richtlinie" in notice for notice in last.answer.notices)
        assert any(
            "Qwen2.5" in sentence
            for sentence in explain(services.policy_services(), "en")
            if sentence.startswith("Mind")
        )
