"""What the pages say of commands, settings, links and files is so, and every command and setting is on a page."""

import re
import sys
import tomllib
from contextlib import redirect_stdout
from functools import cache
from importlib import metadata
from io import StringIO
from pathlib import Path

import pytest
import yaml

from chatbot.cli.main import main
from config.errors import FundstelleError
from config.settings import CONFIG_VARIABLE, Settings, setting_names

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
README, OPERATORS = TEXTS["README.md"], TEXTS["docs/operators.md"]
GROUPS = ("eval", "audit", "users", "tokens", "policy")
FENCE = re.compile(r"^```.*?^```$", re.S | re.M)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
SOURCE = re.compile(r"`((?:chatbot|config|docs|eval|examples|ingest|tests)/[\w./-]*)`")

by_page = pytest.mark.parametrize("page", TEXTS)


def code_of(text: str) -> str:
    """What stands in shell blocks and between backticks, a line each."""
    plain = FENCE.sub("", text)
    return "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)) + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", plain))


def commands() -> list[list[str]]:
    code = "\n".join(map(code_of, TEXTS.values()))
    lines = (line.split("#")[0].strip() for line in code.splitlines())
    return [re.findall(r'"[^"]*"|\S+', line) for line in lines if line.startswith("fundstelle ")]


def names_of(words: list[str]) -> list[str]:
    """Name of a command, with its group in front, of the words behind `fundstelle`."""
    names = [word for word in words if re.fullmatch(r"[a-z-]+", word) and not word.startswith("-")]
    return names[: 2 if words[0] in GROUPS else 1]


@cache
def help_of(*names: str) -> str:
    """What the program says of a command."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as shown:
        patch.setenv("COLUMNS", "200")
        patch.setenv("LANG", "C.UTF-8")
        patch.setattr(sys, "argv", ["fundstelle", *names, "--help"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code, names
    return shown.getvalue()


@pytest.mark.integration
def test_commands_and_options_exist() -> None:
    assert len(commands()) >= 10
    for _, *words in commands():
        shown = help_of(*names_of(words))
        for option in (word for word in words if word.startswith("--")):
            assert option in shown, (words, option)


@pytest.mark.integration
def test_every_command_is_on_a_page() -> None:
    named = {tuple(names_of(words)) for _, *words in commands()}
    listed = re.compile(r"^│ ([a-z][a-z-]*) {2,}", re.M)
    whole = [(name,) for name in listed.findall(help_of()) if name not in GROUPS]
    whole += [(group, name) for group in GROUPS for name in listed.findall(help_of(group))]
    assert len(whole) >= 20
    assert [" ".join(names) for names in whole if names not in named] == []


def settings_section() -> str:
    return OPERATORS.partition("\n## Settings\n")[2].partition("\n## ")[0]


def test_every_setting_is_in_the_table_with_its_meaning() -> None:
    table = dict(re.findall(r"^\| `([\w.]+)` \|[^|]*\| (.+) \|$", settings_section(), re.M))
    assert table == setting_names()


def test_defaults_in_the_table_are_the_defaults() -> None:
    settings = Settings()
    for name, shown in re.findall(r"^\| `([\w.]+)` \| ([^|]*?) ?\|", settings_section(), re.M):
        value: object = settings
        for part in name.split("."):
            value = getattr(value, part)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and shown:
            assert float(shown) == value if isinstance(value, int | float) else shown == value, name


@by_page
def test_settings_that_are_named_exist(page: str) -> None:
    known, code = setting_names(), code_of(TEXTS[page])
    sections = "|".join({name.partition(".")[0] for name in known if "." in name})
    assert [name for name in re.findall(rf"^((?:{sections})\.\w+)$", code, re.M) if name not in known] == []
    variables = {"FUNDSTELLE_" + name.upper().replace(".", "__") for name in known} | {CONFIG_VARIABLE}
    assert set(re.findall(r"FUNDSTELLE_\w+", code)) <= variables


def test_every_exit_code_has_its_meaning() -> None:
    def kinds(error: type[FundstelleError]) -> set[type[FundstelleError]]:
        return {error}.union(*map(kinds, error.__subclasses__()))

    table = OPERATORS.partition("\n## Exit codes\n")[2]
    said = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)}
    assert said == {0, 130} | {error.exit_code for error in kinds(FundstelleError)}


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    code = "\n".join(map(code_of, TEXTS.values()))
    targets = set(re.findall(r"^(?:\w+=\S+ )*make ([\w-]+)", code, re.M))
    assert {"run", "test"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_modules_that_are_run_exist() -> None:
    code = "\n".join(map(code_of, TEXTS.values()))
    for module in set(re.findall(r"\bpython3? -m ((?:chatbot|config|docs|eval|ingest|tests)[\w.]*)", code)):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module


@by_page
def test_links_lead_to_files_and_headings(page: str) -> None:
    here = ROOT / page
    for link in LINK.findall(FENCE.sub("", TEXTS[page])):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (here.parent / path).resolve() if path else here
        assert target.exists() and target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.integration
@by_page
def test_pictures_exist_and_are_described(page: str) -> None:
    for description, picture in PICTURE.findall(TEXTS[page]):
        assert (ROOT / page).parent.joinpath(picture).is_file(), picture
        assert len(description.split()) >= 5, picture


@pytest.mark.integration
@by_page
def test_files_that_are_named_exist(page: str) -> None:
    plain = FENCE.sub("", TEXTS[page])
    assert [name for name in SOURCE.findall(plain) if not (ROOT / name).exists()] == []


def test_every_page_can_be_found() -> None:
    listed = {link.partition("#")[0] for link in LINK.findall(TEXTS["docs/README.md"])}
    assert {page.name for page in PAGES if page.parent.name == "docs"} - listed == {"README.md"}


def test_readme_is_short() -> None:
    assert 400 <= sum(any(map(str.isalnum, word)) for word in README.split()) <= 700


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#{1,6} (.+?)\s*$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_examples_file_is_valid_settings(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from config.policy_file import PolicyFile
    from config.settings import load_settings

    monkeypatch.setenv("FUNDSTELLE_CONFIG", str(ROOT / "examples" / "fundstelle.toml"))
    file = load_settings().policy
    assert file is not None
    policy = PolicyFile(ROOT / file).current()
    assert len(policy.collections["beispiele"].examples) == 3 and policy.terms.version


def test_compose_keeps_everything_inside() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    services = compose["services"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert services["qdrant"]["environment"]["QDRANT__TELEMETRY_DISABLED"] == "true"
    assert services["ollama"]["environment"]["OLLAMA_NO_CLOUD"] == "1"
    assert services["qdrant"]["networks"] == services["ollama"]["networks"] == ["inside"]
    assert services["app"]["ports"] == ["127.0.0.1:7860:7860"]
    for name, service in services.items():
        assert ":" in service["image"] and not service["image"].endswith(":latest"), name
    known = {"FUNDSTELLE_" + key.upper().replace(".", "__") for key in setting_names()}
    assert {key for key in services["app"]["environment"]} <= known


def test_dependencies_are_locked_with_hashes() -> None:
    for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert all(file.get("hash", "").startswith("sha256:") for file in files), package["name"]
    assert all("--hash=sha256:" in line for line in (ROOT / "uv.txt").read_text().splitlines()[1:])


def test_no_cloud_sdk_is_installed() -> None:
    installed = {distribution.name.lower() for distribution in metadata.distributions()}
    unwanted = "openai boto3 google-cloud-vision azure-core torch spacy posthog unstructured-client"
    assert not installed & set(unwanted.split())
