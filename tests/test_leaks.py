"""Random policies, people and questions: no path of the system gives away a byte of a document that is not theirs."""

import asyncio
import io
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chatbot.answering.pipeline import answer
from chatbot.audit.find import Query, find
from chatbot.audit.read import read_record
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Retrieved, Turn
from chatbot.identity.providers import COOKIE
from chatbot.identity.tokens import SCOPES
from chatbot.records.conversations import turn_of
from chatbot.web.admin.document_rows import lines
from chatbot.web.admin.report import KeptReport, csv_rows, of_collection
from chatbot.web.app import create_app
from chatbot.web.chat.asking import Wanted, ask
from chatbot.web.chat.choices import example_questions, narrowing_choices
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.running import RunningAnswers
from config.access import ALL
from config.settings import Settings
from ingest.documents import document_id
from ingest.index.filters import Filters
from ingest.sync.pipeline import ingest
from tests.leaky_company import CLASSES, COLLECTIONS, GROUPS, Planted, policy_text, write_company

pytestmark = pytest.mark.integration

CASES = int(os.environ.get("CASES", "400"))  # of each test; 2,000 are a drill of twelve minutes
NOBODYS = "00000000-0000-4000-8000-000000000000"  # a conversation
QUESTIONS = (
    "Wie hoch ist das Kilometergeld?",
    "Wie viele Urlaubstage gibt es im Jahr?",
    "Wie lange dauert die Garantie auf Maschinen?",
    "Was gilt laut Richtlinie?",
    "Wer ist der Verfasser?",
    "Und für Maschinen?",
    "How many days of leave are there per year?",
    "Wie hoch ist das Kilometergeld, und wie viele Urlaubstage gibt es?",
    "Wann wurde Rom gegründet?",
)
# These are worked out only if every word of them is accounted for, and get no word of their own.
WORKED_OUT = (
    "Wie viele Geräte haben Zustand gut?",
    "Welche Geräte haben Zustand schlecht?",
    "Was ist das teuerste Gerät?",
    "Was kosten die Geräte mit Zustand gut insgesamt?",
    "Wer hat die Regelung geschrieben?",
    "Hallo, was kannst du?",
)
ASKED = (*QUESTIONS, *WORKED_OUT)
FOLDERS = ("intern", "intern/leitung", "aushang", "INTERN/", "gibtesnicht")
# A place of a rule is named to whoever may see it, so a collection's rules name no documents of other collections.
PLACES = {
    "preiseqza": (*FOLDERS, "name000qx.md"),
    "personalqzb": (*FOLDERS, "namemqx.eml", "namemqx.eml/namenqx.txt"),
    "technikqzc": (*FOLDERS, "Richtlinie_namevqx_2024.md", "intern/Richtlinie_namevqx_2025.md"),
}
PEOPLE = {"ada": "employee", "bob": "employee", "adam": "admin", "cyra": "auditor", "cyrus": "auditor"}
PORTAL = "service:portal"  # a program by itself
ROLES = PEOPLE | {PORTAL: "employee"}
SITE = {"origin": "http://localhost"}


class Rule(NamedTuple):
    groups: frozenset[str]
    auditors: frozenset[str]
    data_class: str


class Rules(NamedTuple):
    """A policy as the test made it; what it means is worked out here, apart from the product."""

    stage: str
    pilots: frozenset[str]
    owners: dict[str, str]
    rules: dict[tuple[str, str], Rule]  # by collection and folder

    def text(self) -> str:
        said: dict[str, object] = {"assistant.stage": self.stage, "assistant.groups": sorted(self.pilots)}
        for (collection, folder), rule in self.rules.items():
            key = f"collections.{collection}" + (f'.folders."{folder}"' if folder else "")
            said |= {f"{key}.groups": sorted(rule.groups), f"{key}.audited_by": sorted(rule.auditors)}
            said |= {f"{key}.data_class": rule.data_class}
            if not folder:
                said |= {f"{key}.owner": self.owners[collection], f"{key}.examples": [f"Was steht in {collection}?"]}
        return policy_text(said)

    def asks(self, name: str, mine: frozenset[str], rule: Rule | None, collection: str) -> bool:
        member = self.stage == "all" or bool(mine & self.pilots)
        if rule is None:
            return False
        return self.owners.get(collection) == name or (
            member and (rule.data_class == "public" or bool(mine & rule.groups))
        )

    def inspects(self, name: str, mine: frozenset[str], rule: Rule | None, collection: str) -> bool:
        if rule is None:
            return False
        return self.owners.get(collection) == name or rule.data_class == "public" or bool(mine & rule.auditors)

    def rule_of(self, document: Planted) -> Rule | None:
        """That of the innermost place; the collection's own otherwise; none for what is not named."""
        best: Rule | None = self.rules.get((document.collection, ""))
        longest = -1
        for (collection, folder), rule in self.rules.items():
            place = folder.strip("/").lower()
            path = document.path.lower()
            inside = place and (path == place or path.startswith(f"{place}/"))
            if collection == document.collection and inside and len(place) > longest:
                best, longest = rule, len(place)
        return best


GROUP_SETS = st.frozensets(st.sampled_from(GROUPS), max_size=3)
RULE = st.builds(Rule, GROUP_SETS, GROUP_SETS, st.sampled_from(CLASSES))


@st.composite
def policies(draw: Any) -> Rules:
    named = draw(st.lists(st.sampled_from(COLLECTIONS), min_size=1, max_size=3, unique=True))
    rules = {(collection, ""): draw(RULE) for collection in named}
    for collection in named:
        places = st.lists(st.sampled_from(PLACES[collection]), max_size=3, unique_by=lambda p: p.strip("/").lower())
        for folder in draw(places):
            rules[collection, folder] = draw(RULE)
    owners = {collection: draw(st.sampled_from(["", "ada", "cyra", "nobody"])) for collection in named}
    return Rules(draw(st.sampled_from(["pilot", "all", "all"])), draw(GROUP_SETS), owners, rules)


class World:
    """The product over the leaky company, with what earlier cases left behind: answers, records, sessions."""

    def __init__(self, services: Services, planted: list[Planted]) -> None:
        self.services, self.planted = services, planted
        self.app = create_app(services.web(), RunningAnswers())
        self.policy = services.settings.policy
        self.groups: dict[str, frozenset[str]] = {}
        self.rules: Rules | None = None
        self.conversations: list[str] = []
        self.turns: list[Turn] = []
        self.records: list[str] = []
        self.asked: dict[str, tuple[str, frozenset[Planted]]] = {}
        self.versions: dict[str, set[tuple[str, str]]] = {}
        generation = services.generation().name
        for collection in COLLECTIONS:
            for path, known in services.registry.documents(generation, collection).items():
                self.versions.setdefault(known.version or "", set()).add((collection, path))
        self.browsers = {name: self.browser(name) for name in PEOPLE}
        services.service_accounts.put(PORTAL, ["employee"], [])
        self.tokens = {name: services.tokens.add(name, SCOPES, 90, 10**6)[1] for name in ROLES}

    def browser(self, name: str) -> TestClient:
        made = TestClient(self.app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=True)
        made.cookies.set(COOKIE, self.services.sessions.open(name))
        return made

    def change(self, rules: Rules, groups: dict[str, frozenset[str]]) -> None:
        self.rules = rules
        assert self.policy
        self.policy.write_text(rules.text(), encoding="utf-8")
        for name, mine in groups.items():
            if self.groups.get(name) != mine and name == PORTAL:
                self.services.service_accounts.put(name, ["employee"], sorted(mine))
            elif self.groups.get(name) != mine:
                self.services.accounts.change(name, groups=sorted(mine))
        self.groups = groups

    def person(self, name: str) -> Any:
        if name == PORTAL:
            return self.services.callers.person(self.services.callers.caller(self.tokens[name]))
        account = self.services.accounts.get(name)
        assert account
        return self.services.people.person(account.signed_in())

    def open_to(self, name: str, document: Planted) -> bool:
        assert self.rules
        judge = self.rules.inspects if ROLES[name] == "auditor" else self.rules.asks
        return judge(name, self.groups[name], self.rules.rule_of(document), document.collection)

    def forbidden(self, name: str, names: bool = True) -> Iterator[str]:
        """Words that this person must not read."""
        assert self.rules
        judge = self.rules.inspects if ROLES[name] == "auditor" else self.rules.asks
        # The name of a mail is part of the path of its attachment, which may have a rule of its own.
        paths = " ".join(document.path for document in self.planted if self.open_to(name, document)).lower()
        for document in self.planted:
            if not self.open_to(name, document):
                shown = not names or document.name in paths
                yield from filter(None, ["" if shown else document.name, document.content])
        for collection in COLLECTIONS if names else ():
            rules = [rule for (place, _), rule in self.rules.rules.items() if place == collection]
            if not any(judge(name, self.groups[name], rule, collection) for rule in rules):
                yield collection

    def visible(self, name: str) -> frozenset[Planted]:
        return frozenset(document for document in self.planted if self.open_to(name, document))

    def ask(self, name: str, question: str) -> str:
        """A question with a word of its own, which only the asker and who may see as much may read."""
        if question in WORKED_OUT:
            return question
        word = f"frage{len(self.asked)}qz"
        self.asked[word] = name, self.visible(name)
        return f"{question} ({word})"

    def forbidden_questions(self, name: str) -> Iterator[str]:
        mine = self.visible(name)
        for word, (asker, seen) in self.asked.items():
            allowed = seen <= mine if ROLES[name] == "auditor" else asker == name
            if not allowed:
                yield word

    def check(self, name: str, shown: str | bytes, names: bool = True) -> None:
        text = (shown if isinstance(shown, str) else _readable(shown)).lower()
        forbidden = [*self.forbidden(name, names), *self.forbidden_questions(name)]
        leaked = {word: text[max(0, text.index(word) - 200) :][:400] for word in forbidden if word in text}
        assert not leaked, f"{name} reads {leaked} under\n{self.rules.text() if self.rules else ''}{self.groups}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("leaks")
    policy = folder / "policy.toml"
    policy.write_text("")
    made_settings = Settings(
        data_dir=folder / "data", models_dir=models_dir, policy=policy,
        answer={"engine": "quote", "owners": {name: f"Eigner von {name}" for name in COLLECTIONS}},
        server={"sign_in": "accounts", "second_factor": (), "questions_a_minute": 10**6, "questions_at_once": 9},
    )  # fmt: skip
    with bootstrap(made_settings) as services:
        planted = write_company(folder / "company")
        for collection in COLLECTIONS:
            list(ingest([folder / "company" / collection], collection, services.ingestion()))
        for name, role in PEOPLE.items():
            services.accounts.add(name, [role], [])  # type: ignore[list-item]
        made = World(services, planted)
        found = {(collection, path) for places in made.versions.values() for collection, path in places}
        assert {(p.collection, p.path) for p in planted} == found, "every document is in the index"
        yield made


def ask_on_the_page(world: World, data: Any) -> None:
    """A question in a conversation that may have begun under another policy, or by another person."""
    name = data.draw(st.sampled_from(["ada", "bob"]))
    person, question = world.person(name), world.ask(name, data.draw(st.sampled_from(ASKED)))
    filters = _narrowing(world, name, data)
    chat = world.services.web().chat
    before = data.draw(st.sampled_from(["", *world.conversations[-3:]]))

    async def updates() -> list[list[Any]]:
        answers, wanted = RunningAnswers(), Wanted(question, before, filters)
        running = answers.begin("tab", Exchange(question, progress="…"))
        assert running
        return [update async for update in ask(wanted, person, chat, "de", answers, running)]

    shown = asyncio.run(updates())
    world.check(name, repr(shown))
    world.conversations.append(shown[0][3])
    (*_, last) = chat.conversations.steps(shown[0][3], person)
    world.turns += [turn_of(last.answer)] if last.answer else []
    world.records.append(last.record)


def ask_the_core(world: World, data: Any) -> None:
    """A question with turns of anybody's earlier conversations."""
    name = data.draw(st.sampled_from(["ada", "bob"]))
    question = world.ask(name, data.draw(st.sampled_from(ASKED)))
    history = data.draw(st.lists(st.sampled_from(world.turns[-20:]), max_size=3)) if world.turns else []
    filters = _narrowing(world, name, data)
    events = list(answer(question, history, world.person(name), world.services.answering(), filters))
    world.check(name, "".join(event.model_dump_json() for event in events))
    world.records += [event.record for event in events if isinstance(event, Retrieved)]


def read_as_employee(world: World, data: Any) -> None:
    name = data.draw(st.sampled_from(["ada", "bob"]))
    browser = world.browsers[name]
    version = data.draw(st.sampled_from(sorted(world.versions)))
    address = data.draw(
        st.sampled_from(
            [
                "/about",
                f"/how/{_record(world, data)}",
                f"/pages/{version}.png?marks=0-20&whole=true",
                "/terms",
                "/conversations",
                "/conversations?search=frage",
                "/chat/start",
                f"/conversations/{data.draw(st.sampled_from(world.conversations or [NOBODYS]))}",
                f"/answers/{_record(world, data)}/sources",
                f"/answers/{_record(world, data)}/export.pdf",
            ]
        )
    )
    answered = browser.get(address, headers={"accept-language": data.draw(st.sampled_from(["de", "en"]))})
    world.check(name, answered.content)
    if address.startswith("/pages") and answered.status_code == 200:
        places = world.versions[version]
        mine = [p for p in world.planted if (p.collection, p.path) in places and world.open_to(name, p)]
        assert mine, f"a picture of {places} for {name}"


def choose(world: World, data: Any) -> None:
    name = data.draw(st.sampled_from(["ada", "bob"]))
    person = world.person(name)
    world.check(
        name,
        repr(narrowing_choices(world.services.web().chat, person, "de"))
        + repr(example_questions(world.services.web().chat, person)),
    )


def look_as_admin(world: World, data: Any) -> None:
    """Names of documents are the admin's to see, what is in them is not."""
    clearance, services = world.person("adam").clearance, world.services
    document = data.draw(st.sampled_from(world.planted))
    report = KeptReport(services.index(), services.settings.ingest.old_years).whole()
    shown = [
        repr(lines(services.web().admin, clearance, document.collection)),
        repr(csv_rows(of_collection(report, document.collection), clearance, "de")),
    ]
    world.check("adam", shown[data.draw(st.integers(0, 1))], names=False)
    one = urlencode({"collection": document.collection, "path": document.path})
    found = f"/documents/{data.draw(st.sampled_from(sorted(world.versions)))}"
    asked = ["/about", "/admin/quality.csv", "/admin/", "/admin/documents", f"/admin/documents/one?{one}", found]
    for path in asked:
        if data.draw(st.booleans()):
            world.check("adam", world.browsers["adam"].get(path).content, names=False)
    for path in (f"/audit/records/{_record(world, data)}", "/audit", f"/how/{_record(world, data)}"):
        assert world.browsers["adam"].get(path).status_code == 403


def read_as_auditor(world: World, data: Any) -> None:
    name = data.draw(st.sampled_from(["cyra", "cyrus"]))
    browser, record = world.browsers[name], _record(world, data)
    version = data.draw(st.sampled_from(sorted(world.versions)))
    one, other = f"/audit/records/{record}", _record(world, data)
    drawn = "sample=5&seed=3&drawn=4000000000000000"
    lists = ["/audit", "/audit?used=found&document=name", f"/audit?{drawn}", "/audit/statistics", "/audit/chain"]
    lists += ["/audit?sort=-person", f"/audit/walk?{drawn}", f"{one}?{drawn}", f"{one}?record={record}"]
    exports = ["/audit/export.csv", "/audit/export.json?sample=3&seed=1", f"/audit/export.json?record={record}"]
    exports += [f"{one}/export.{kind}" for kind in ("json", "csv", "pdf")]
    proofs = [one, f"{one}?again=true", f"{one}/compare/{other}", f"{one}/original/{version}"]
    proofs += [f"{one}/pages/{version}.png?marks=0-20", "/about"]
    address = data.draw(st.sampled_from(lists + exports + proofs))
    answered = browser.get(address, headers={"accept-language": data.draw(st.sampled_from(["de", "en"]))})
    world.check(name, answered.content)
    if ("/pages/" in address or "/original/" in address) and answered.status_code == 200:
        places = world.versions[version]
        assert any(world.open_to(name, p) for p in world.planted if (p.collection, p.path) in places)


def answer_again_as_auditor(world: World, data: Any) -> None:
    name = data.draw(st.sampled_from(["cyra", "cyrus"]))
    browser, record = world.browsers[name], _record(world, data)
    answered = browser.post(f"/audit/records/{record}/answer", headers=SITE)
    if answered.status_code == 303:
        world.check(name, browser.get(answered.headers["location"]).content)
        world.records.append(answered.headers["location"].rpartition("/")[2])
    else:
        world.check(name, answered.content)


def look_at_documents(world: World, data: Any) -> None:
    """The list, with words and without, the viewer and the original, by whoever may ask."""
    name = data.draw(st.sampled_from(["ada", "bob"]))
    browser, language = world.browsers[name], {"accept-language": data.draw(st.sampled_from(["de", "en"]))}
    mine = {(document.collection, document.path) for document in world.visible(name)}
    listed = browser.get("/documents?" + data.draw(st.sampled_from(["", "words=Urlaub", "words=name", "valid=1"])))
    version = data.draw(st.sampled_from(sorted(world.versions)))
    ways = ["", "?view=text&find=inhalt", "?fragment=1&marks=0-9", "?page=1"]
    shown = browser.get(f"/documents/{version}{data.draw(st.sampled_from(ways))}", headers=language)
    original = browser.get(f"/documents/{version}/original")
    place = data.draw(st.sampled_from(sorted(world.versions[version])))
    chip = browser.get(f"/chat/document/{document_id(*place)}", headers=language)
    if listed.status_code == 403:  # not let in at all
        assert (shown.status_code, original.status_code) == (403, 403)
        return
    assert chip.status_code == (200 if place in mine else 404)
    for answered in (listed, shown, original, chip):
        world.check(name, answered.content)
    if "words" not in str(listed.url) and "valid" not in str(listed.url):
        assert f">{_counted(len(mine))}<" in listed.text or not mine
    assert shown.status_code == (200 if world.versions[version] & mine else 404)
    inside = {(c, p) for c, p in world.versions[version] for d in world.planted if d.path.startswith(f"{p}/")}
    assert original.status_code == shown.status_code or (inside and original.status_code == 404)


def _counted(count: int) -> str:
    return f"Documents: {count}"


PATHS = (
    look_at_documents, ask_on_the_page, ask_on_the_page, ask_the_core, read_as_employee, choose, look_as_admin,
    read_as_auditor, read_as_auditor, answer_again_as_auditor,
)  # fmt: skip


def _narrowing(world: World, name: str, data: Any) -> Filters:
    """To what the page offers this person; it takes no other values but ids of documents, whosever they are."""
    offered = [value for _, value in narrowing_choices(world.services.web().chat, world.person(name), "de")[0]]
    collections = data.draw(st.lists(st.sampled_from(offered), max_size=1)) if offered else []
    places = sorted(place for places in world.versions.values() for place in places)
    documents = data.draw(st.lists(st.sampled_from(places), max_size=1))
    return Filters(
        collections=tuple(collections),
        documents=tuple(document_id(*place) for place in documents),
        valid_on=data.draw(st.sampled_from([None, None, date(2026, 1, 1)])),
    )


def _record(world: World, data: Any) -> str:
    return data.draw(st.sampled_from(world.records[-30:])) if world.records else "none"


def _readable(content: bytes) -> str:
    """What a person can read of it: text of a PDF, and of a mail with all that is attached."""
    if content.startswith(b"%PDF"):
        return _text_of_pdf(content)
    text = content.decode("utf-8", "replace")
    if b"MIME-Version:" not in content[:2000]:
        return text
    parts = message_from_bytes(content).walk()
    return text + "".join((part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in parts)


def _text_of_pdf(content: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_no_path_gives_a_forbidden_document_away(world: World) -> None:
    taken: dict[str, int] = {}

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(policies(), st.fixed_dictionaries(dict.fromkeys(PEOPLE, GROUP_SETS)), st.sampled_from(PATHS), st.data())
    def case(rules: Rules, groups: dict[str, frozenset[str]], path: Any, data: Any) -> None:
        world.change(rules, groups)
        path(world, data)
        taken[path.__name__] = taken.get(path.__name__, 0) + 1

    case()
    assert sum(taken.values()) >= CASES and min(taken.values()) > CASES / 40, taken
    assert len(world.records) > CASES / 7, "enough was asked to leak from"
    answered = find(world.services.database, Query(state="answered"), ALL, 1).count
    assert answered > CASES / 100, "and some of it was answered; the rest shows related passages"
    print(taken, len(world.records), answered)


def test_no_door_gives_a_forbidden_document_away(world: World) -> None:
    """The same for programs: every request goes through the gate with a token of the one it is for."""
    from tests.leaky_doors import DOOR_PATHS

    taken: dict[str, int] = {}

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(policies(), st.fixed_dictionaries(dict.fromkeys(ROLES, GROUP_SETS)), st.sampled_from(DOOR_PATHS), st.data())
    def case(rules: Rules, groups: dict[str, frozenset[str]], path: Any, data: Any) -> None:
        world.change(rules, groups)
        path(world, data)
        taken[path.__name__] = taken.get(path.__name__, 0) + 1

    case()
    assert sum(taken.values()) >= CASES and len(taken) == len(set(DOOR_PATHS)) and min(taken.values()) > CASES / 130, (
        taken
    )
    asked = find(world.services.database, Query(), ALL, 10**6).lines
    doors = Counter(read_record(world.services.database, line.id, ALL).opened.door for line in asked)
    assert min(doors[door] for door in ("rest", "openai", "mcp")) > CASES / 100, "enough was asked by each door"
    print(taken, doors)


def test_the_test_would_see_a_leak(world: World) -> None:
    """Words of a forbidden document are found where they stand, whatever the case."""
    rules = Rules(
        "all", frozenset(), {"preiseqza": ""}, {("preiseqza", ""): Rule(frozenset(), frozenset(), "internal")}
    )
    world.change(rules, dict.fromkeys(PEOPLE, frozenset()))
    with pytest.raises(AssertionError, match="inhalt000qy"):
        world.check("ada", b"<p>INHALT000qy</p>")
    with pytest.raises(AssertionError, match="preiseqza"):
        world.check("ada", "preiseqza")
