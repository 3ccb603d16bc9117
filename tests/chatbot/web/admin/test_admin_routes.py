"""What the administration lets an admin do, and what not: rights, own account, folders, services, tokens, schedule."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.bootstrap import Services
from chatbot.web.app import create_app
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.services import WebServices
from tests.chatbot.company_site import GOOD, company

pytestmark = pytest.mark.integration

SITE = {"origin": "http://localhost", "accept-language": "en"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    with company(tmp_path_factory.mktemp("routes"), models_dir) as made:
        yield made


@pytest.fixture(scope="module")
def web(house: Services) -> WebServices:
    return house.web()


@pytest.fixture(scope="module")
def admin(web: WebServices) -> TestClient:
    made = TestClient(
        create_app(web, RunningAnswers()), base_url="http://localhost", follow_redirects=False, headers=SITE
    )
    assert made.post("/sign-in", data={"name": "admin", "password": GOOD}).status_code == 303
    return made


def said(answer: Any) -> str:
    """The text of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


FORMS = (
    ("/admin/runs/all", {}), ("/admin/runs/again", {"collection": "c", "path": "Urlaub.md"}),
    ("/admin/collections/remove", {"collection": "c", "typed": "c"}), ("/admin/collections/rebuild", {}),
    ("/admin/people/new", {"name": "eva", "role": "admin"}), ("/admin/people/link", {"name": "employee"}),
    ("/admin/services/token", {"owner": "employee", "scope": "ask"}), ("/admin/system/schedule", {"watch": "1"}),
)  # fmt: skip


@pytest.mark.parametrize(("path", "form"), FORMS, ids=[path for path, _ in FORMS])
def test_no_other_site_does_anything_here(admin: TestClient, web: WebServices, path: str, form: Any) -> None:
    for origin in ("http://evil.example", "null", ""):
        assert admin.post(path, data=form, headers={"origin": origin}).status_code == 403, origin
    assert admin.get(path).status_code in (404, 405) or path.endswith(("/new", "/token", "/rebuild", "/remove"))
    assert web.admin.runs.state is None and list(web.admin.index.registry.collections()) == ["c"]


def test_nobody_locks_out_themselves_and_others_can_be_changed(admin: TestClient, house: Services) -> None:
    for form in ({"role": "employee"}, {"role": "admin", "disabled": "1"}):
        refused = admin.post("/admin/people/one", data={"name": "admin", **form})
        assert refused.status_code == 400 and "nobody would get in" in said(refused)
    assert admin.post("/admin/people/remove", data={"name": "ADMIN"}).status_code == 400
    assert house.accounts.get("admin").roles == ("admin",)  # type: ignore[union-attr]
    changed = {
        "name": "colleague",
        "role": "employee",
        "group": "Vertrieb",
        "more": "Nord\r\nNord\r\n ",
        "disabled": "1",
    }
    assert admin.post("/admin/people/one", data=changed).status_code == 303
    account = house.accounts.get("colleague")
    assert account and account.disabled and account.groups == ("Vertrieb", "Nord")
    assert "colleague: employee, Vertrieb, Nord, disabled" in said(admin.get("/admin/people"))


def test_roles_are_combined_only_when_that_is_meant_and_what_was_typed_stays(admin: TestClient) -> None:
    form = {"name": "Mara", "role": ["employee", "auditor"], "more": "Revision"}
    refused = admin.post("/admin/people/new", data=form)
    assert refused.status_code == 400 and 'value="Mara"' in refused.text and "Revision" in refused.text
    made = admin.post("/admin/people/new", data=form | {"combine": "1"})
    assert made.status_code == 200 and "/set-up/" in made.text and made.headers["cache-control"] == "no-store"
    again = admin.post("/admin/people/new", data={"name": "mara", "role": "employee"})
    assert again.status_code == 400 and "mara" in said(again)


def test_a_service_gets_a_token_that_is_shown_once_and_who_can_see_names_it(admin: TestClient, house: Services) -> None:
    assert admin.post("/admin/services/new", data={"name": "portal", "group": "Vertrieb"}).status_code == 303
    made = admin.post(
        "/admin/services/token", data={"owner": "service:portal", "scope": ["ask", "documents"], "days": 5}
    )
    (secret,) = re.findall(r"fst_[\w-]+", made.text)
    caller = house.callers.caller(secret)
    assert caller.signed_in.name == "service:portal" and caller.token is not None
    listed = admin.get("/admin/services")
    assert secret not in listed.text and caller.token.id in listed.text
    seen = said(admin.get("/admin/access?document=Urlaub.md"))
    assert f"services that find it: service:portal (token {caller.token.id} until" in seen
    assert "service:portal finds c (3 of 3 documents)." in said(admin.get("/admin/access?person=service:portal"))
    admin.post("/admin/services/new", data={"name": "portal", "more": "Werk"})
    assert "services that find it" not in said(admin.get("/admin/access?document=c/Urlaub.md"))
    assert admin.get(f"/admin/services/revoke?token={caller.token.id}").status_code == 200
    assert admin.post("/admin/services/revoke", data={"token": caller.token.id}).status_code == 303
    assert house.tokens.find(secret) is None
    assert admin.post("/admin/services/token", data={"owner": "nobody.here", "scope": "ask"}).status_code == 400
    assert admin.post("/admin/services/token", data={"owner": "service:none", "scope": "ask"}).status_code == 400
    assert admin.post("/admin/services/token", data={"owner": "employee"}).status_code == 400, (
        "a token is for something"
    )


def test_where_people_sign_in_the_page_takes_allowed_folders_alone(admin: TestClient, house: Services) -> None:
    outside = house.settings.data_dir.parent / "docs"
    page = admin.get("/admin/collections/new")
    assert "ingest.roots" in said(page) and 'name="other"' not in page.text
    for folder in (str(outside), "/etc", f"{outside}/../../etc", "docs"):
        refused = admin.post("/admin/collections/new", data={"collection": "new", "folder": folder})
        assert refused.status_code == 400, folder
    assert admin.post("/admin/collections/new", data={"collection": "", "folder": "/etc"}).status_code == 400
    assert admin.post("/admin/collections/new", data={"collection": "new"}).status_code == 400
    shown = admin.get("/admin/collections/new", params={"open": ["/", "/etc", "/root"], "toggle": "/"})
    assert "ssl" not in shown.text and 'value="/etc/' not in shown.text


def test_a_removal_wants_the_name_and_unknown_things_are_not_there(admin: TestClient, web: WebServices) -> None:
    for typed in ("", "C", "c.", "other"):
        refused = admin.post("/admin/collections/remove", data={"collection": "c", "typed": typed})
        assert refused.status_code == 400 and "Nothing removed" in said(refused)
    for path in ("/admin/collections/remove?collection=x", "/admin/collections/other?collection=c", "/admin/runs/none",
                 "/admin/people/one?name=x", "/admin/people/remove?name=x", "/admin/services/new?name=x",
                 "/admin/services/revoke?token=x", "/admin/documents/one?collection=c&path=x"):  # fmt: skip
        assert admin.get(path).status_code == 404, path
    assert list(web.admin.index.registry.collections()) == ["c"]


def test_what_was_done_is_said_and_nothing_else_can_be_put_into_the_page(admin: TestClient) -> None:
    done = admin.get("/admin/people", params={"said": "account_removed", "about": "<b>x</b>"})
    assert "The account &lt;b&gt;x&lt;/b&gt; is removed." in done.text
    for key in ("other", "../overview", "account_removed.x", ""):
        assert 'class="done"' not in admin.get("/admin/people", params={"said": key, "about": "x"}).text


def test_a_schedule_that_is_chosen_counts_before_the_settings(admin: TestClient, web: WebServices) -> None:
    assert not web.admin.schedule.get().is_chosen
    assert admin.post("/admin/system/schedule", data={"timed": "1", "minutes": "90"}).status_code == 303
    assert web.admin.schedule.get() == (False, 90.0, True)
    assert "every 90 minutes" in said(admin.get("/admin/system"))
    assert admin.post("/admin/system/schedule", data={"timed": "1", "minutes": "0"}).status_code == 422
    assert admin.post("/admin/system/schedule/forget").status_code == 303
    assert web.admin.schedule.get() == (False, 0, False)
    assert "schedule changed" in said(admin.get("/admin/people"))
