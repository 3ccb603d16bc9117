"""Which folders the admin page may name, and rules that other folders would leave without their documents."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.bootstrap import Services, bootstrap
from chatbot.jobs.folders import check_folders, missed_rules, shared_folders
from config.access import label, within
from config.errors import SettingsError
from config.settings import Settings
from ingest.sync.discover import folder_prefixes
from ingest.sync.pipeline import ingest, plan

ROOT = Path("/srv")
TREES = ["a", "a/b", "a/b/c", "d", "d/a", "e"]
FILES = [ROOT / tree / "x.md" for tree in TREES]
LAYOUTS = st.lists(st.sampled_from(["", *TREES]), min_size=1, max_size=2, unique_by=lambda tree: Path(tree).name).map(
    lambda trees: [ROOT / tree for tree in trees]
)


def path_of(file: Path, folders: list[Path]) -> list[str]:
    """Paths under which a file is a document of a collection of these folders."""
    return [
        prefix + file.relative_to(folder).as_posix()
        for folder, prefix in zip(folders, folder_prefixes(folders), strict=True)
        if file.is_relative_to(folder)
    ]


def governed(path: str, rules: list[str]) -> bool:
    return any(within(label("c", path), label("c", rule)) for rule in rules)


@given(LAYOUTS, LAYOUTS, st.lists(st.sampled_from([*TREES, "srv/a", "a/x.md"]), min_size=1, max_size=2, unique=True))
def test_what_had_a_rule_has_one_again(known: list[Path], folders: list[Path], rules: list[str]) -> None:
    missed = list(missed_rules(known, folders, rules))
    if any(needed is None for _, needed in missed):
        return  # refused: the whole collection would need the rule
    mended = [*rules, *(needed for _, needed in missed if needed)]
    for file in FILES:
        if any(governed(path, rules) for path in path_of(file, known)):
            assert all(governed(path, mended) for path in path_of(file, folders)), (file, missed)


def test_the_same_folders_miss_nothing() -> None:
    assert list(missed_rules([ROOT], [ROOT], ["a", "a/b/x.md"])) == []


@pytest.fixture
def services(tmp_path: Path, models_dir: Path):  # type: ignore[no-untyped-def]
    policy = tmp_path / "policy.toml"
    policy.write_text('[collections.c]\ngroups = ["Alle"]\n[collections.c.folders.Vorstand]\n')
    settings = Settings(
        data_dir=tmp_path / "data", models_dir=models_dir, policy=policy,
        server={"sign_in": "accounts", "second_factor": ()},
        ingest={"roots": [tmp_path / "firma"]},
    )  # fmt: skip
    for name in ("firma/daten/Vorstand", "firma/mehr", "anders/Vorstand"):
        (tmp_path / name).mkdir(parents=True)
    with bootstrap(settings) as made:
        yield made


def refused(services: Services, *folders: Path, on_page: bool = True) -> str:
    with pytest.raises(SettingsError) as refusal:
        check_folders(services.folder_rules(), "c", folders, on_page)
    assert len(refusal.value.text("de")) > 40
    return refusal.value.key


def test_the_page_names_only_folders_that_the_operator_allows(services: Services, tmp_path: Path) -> None:
    check_folders(services.folder_rules(), "c", [tmp_path / "firma" / "daten"], on_page=True)
    assert refused(services, tmp_path / "anders") == "folder.not_allowed"
    assert refused(services, tmp_path / "firma" / ".." / "anders") == "folder.not_allowed"
    check_folders(services.folder_rules(), "c", [tmp_path / "anders"], on_page=False)
    services.registry.set_collection("c", [str(tmp_path / "anders")])
    check_folders(services.folder_rules(), "c", [tmp_path / "anders"], on_page=True)


def test_the_page_opens_no_documents_of_another_collection(services: Services, tmp_path: Path) -> None:
    data = tmp_path / "firma" / "daten"
    services.registry.set_collection("personal", [str(data)])
    for folder in (data, data / "Vorstand", tmp_path / "firma"):
        assert refused(services, folder) == "folder.of_another"
        check_folders(services.folder_rules(), "c", [folder], on_page=False)
        assert list(shared_folders(services.registry, "c", [folder])) == [(folder, "personal")]
    check_folders(services.folder_rules(), "c", [tmp_path / "firma" / "mehr"], on_page=True)
    services.registry.set_collection("c", [str(data)])
    check_folders(services.folder_rules(), "c", [data], on_page=True)  # the operator gave it to both
    assert refused(services, tmp_path / "firma") == "folder.of_another"


@pytest.mark.parametrize("name", ["", " ", "hand/x", "hand\\x", "ha\nnd", "ha\u200bnd", "x" * 201])
@pytest.mark.parametrize("on_page", [True, False])
def test_a_collection_has_a_name_of_its_own(services: Services, tmp_path: Path, name: str, on_page: bool) -> None:
    folders = [tmp_path / "firma" / "daten"]
    with pytest.raises(SettingsError) as refusal:
        check_folders(services.folder_rules(), name, folders, on_page)
    assert refusal.value.key == "collection.bad_name"
    services.registry.set_collection("Händler", [str(folders[0])])
    with pytest.raises(SettingsError) as refusal:
        check_folders(services.folder_rules(), "HA\u0308NDLER", folders, on_page)
    assert refusal.value.key == "collection.other_spelling" and "Händler" in refusal.value.text("de")
    for run in (
        lambda chosen: plan(folders, chosen, services.ingestion()),
        lambda chosen: list(begin(services, chosen)),
    ):
        for chosen in (name, "händler"):
            with pytest.raises(SettingsError, match=r"fundstelle remove"):
                run(chosen)
    assert list(services.registry.collections()) == ["Händler"]


def begin(services: Services, name: str):  # type: ignore[no-untyped-def]
    return ingest([services.settings.data_dir.parent / "firma" / "daten"], name, services.ingestion())


@pytest.mark.parametrize("on_page", [True, False])
def test_the_programs_own_data_is_nobodys_documents(services: Services, tmp_path: Path, on_page: bool) -> None:
    for folder in (tmp_path / "data" / "vault", tmp_path / "data" / "index" / "x", tmp_path / "data", tmp_path):
        assert refused(services, folder, on_page=on_page) == "folder.own_data"


@pytest.mark.integration
def test_other_folders_must_not_leave_a_rule_without_its_documents(services: Services, tmp_path: Path) -> None:
    data, more = tmp_path / "firma" / "daten", tmp_path / "firma" / "mehr"
    (data / "Vorstand" / "plan.md").write_text("# Plan\n\nDer Plan gilt ab Januar.\n")
    list(ingest([data], "c", services.ingestion()))
    assert refused(services, data, more) == "policy.other_paths"
    assert refused(services, data / "Vorstand") == "policy.whole_folder"
    assert refused(services, tmp_path / "firma") == "policy.other_paths"
    assert services.settings.policy is not None
    with services.settings.policy.open("a") as file:
        file.write('[collections.c.folders."daten/Vorstand"]\n')
    check_folders(services.folder_rules(), "c", [data, more], on_page=False)
