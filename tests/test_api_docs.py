"""The examples of docs/api.md run as they stand, against a page that is served."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.bootstrap import Services
from tests.chatbot.company_site import company, running
from tests.chatbot.web.api.doors import Doors

pytestmark = pytest.mark.integration

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:7860"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("docs"), models_dir, questions_a_minute=10_000, questions_at_once=9) as made:
        yield made


def test_every_example_in_python_runs_as_it_stands(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    token = Doors(services).token("employee", "ask", "documents")
    with running(services) as address:
        names: dict[str, Any] = {"TOKEN": token}  # the examples go on where the one before ended
        for example in EXAMPLES:
            exec(compile(example.replace(SHOWN, address), "docs/api.md", "exec"), names)
    said = capsys.readouterr().out
    assert len(EXAMPLES) == 6
    assert (
        said.count("29 Urlaubstage") >= 4
        and "Urlaub.md" in said
        and "['retrieved', 'drafted'" in said
        and "'finished']" in said
    )
    assert "supported Im zweiten Jahr gibt es 29 Urlaubstage." in said and "answered" in said
    assert re.search(r"(unsupported|contradicted) Im zweiten Jahr gibt es 45 Urlaubstage\.", said)


def test_the_example_with_curl_runs_as_it_stands(services: Services) -> None:
    (example,) = re.findall(r"^curl .*?(?=^```)", PAGE, re.S | re.M)
    token = Doors(services).token("employee", "ask")
    with running(services) as address:
        command = example.replace(SHOWN, address).replace("$TOKEN", token)
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    if done.returncode == 127:
        pytest.skip("there is no curl here")
    assert '"outcome":"answered"' in done.stdout, done.stdout + done.stderr
