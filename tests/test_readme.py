"""Every command and setting in the README exists, and every one that exists is in the README."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import yaml

from config.settings import Settings, setting_names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FUNDSTELLE = Path(sys.executable).with_name("fundstelle")


def commands() -> list[list[str]]:
    code = (
        "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S)) + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", README))
    )
    lines = (line.split("#")[0].strip() for line in code.splitlines())
    return [re.findall(r'"[^"]*"|\S+', line) for line in lines if line.startswith("fundstelle ")]


def test_commands_and_options_exist() -> None:
    assert len(commands()) >= 10
    for _, *words in commands():
        names = [word for word in words if re.fullmatch(r"[a-z-]+", word) and not word.startswith("-")][
            : 2 if words[0] in ("eval", "audit", "users", "policy") else 1
        ]
        done = subprocess.run(
            [FUNDSTELLE, *names, "--help"],
            capture_output=True,
            text=True,
            check=False,
            env={"COLUMNS": "200", "LANG": "C.UTF-8"},
        )
        assert done.returncode == 0, (words, done.stderr)
        for option in (word for word in words if word.startswith("--")):
            assert option in done.stdout, (words, option)


def test_every_setting_is_in_the_table_with_its_meaning() -> None:
    table = dict(re.findall(r"^\| `([\w.]+)` \|[^|]*\| (.+) \|$", README, re.M))
    assert table == setting_names()


def test_defaults_in_the_table_are_the_defaults() -> None:
    settings = Settings()
    for name, shown in re.findall(r"^\| `([\w.]+)` \| ([^|]*?) ?\|", README, re.M):
        value: object = settings
        for part in name.split("."):
            value = getattr(value, part)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and shown:
            assert float(shown) == value if isinstance(value, int | float) else shown == value, name


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`?make ([\w-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


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
    unwanted = "openai boto3 google-cloud-vision azure-core torch onnxruntime spacy posthog unstructured-client"
    assert not installed & set(unwanted.split())
