"""What an answer moves does not grow with its conversation: bytes over the wire, time, and the record's own size."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from chatbot.bootstrap import Services
from chatbot.domain import Turn
from chatbot.records.record import Asked
from chatbot.records.tables import entries, personal
from tests.chatbot.company_site import company, cookie, running
from tests.chatbot.records.company import LEAVE
from tests.chatbot.records.filled import answered

pytestmark = pytest.mark.integration

MOST = 1.2  # times as much at the two hundredth answer as at the second
TURNS = 200
TRIALS = 7


class Cost(NamedTuple):
    sent: int  # bytes of the longest event of the running exchange; how many there are is a matter of time
    kept: int  # bytes of what the page reads of it then
    seconds: float  # of the processor, of server and reader together: what else the machine does does not count
    stored: int  # bytes of its record


class Tab:
    """A browser's tab as far as the server sees it, over HTTP."""

    def __init__(self, services: Services, address: str) -> None:
        self.services, self.last = services, ""
        self.http = httpx.Client(
            base_url=address, headers={"cookie": cookie(address, "employee")}, trust_env=False, timeout=60
        )
        config = self.http.get("/config").json()
        (box,) = (one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
        (self.event,) = (one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])

    def ask(self, question: str, conversation: str, last: str) -> Cost:
        tab, begun = uuid4().hex[:12], time.process_time()
        data = [question, conversation, "", "", [], [], [], False]
        self.http.post(
            "/gradio_api/queue/join", json={"data": data, "fn_index": self.event, "session_hash": tab}
        ).raise_for_status()
        sent, ended = 0, False
        with self.http.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab}) as stream:
            for line in stream.iter_lines():
                sent = max(sent, len(line.encode()))
                if '"process_completed"' in line:
                    assert json.loads(line.removeprefix("data:"))["success"]
                    ended = True
                    break
        assert ended
        kept = self.http.get(f"/conversations/{conversation}", params={"after": last})
        assert kept.text.count("<article") == 1 and 'data-state="answered"' in kept.text
        self.last = record = kept.text.split('data-record="')[1].split('"')[0]
        cards = self.http.get(f"/answers/{record}/sources")
        seconds = time.process_time() - begun
        return Cost(sent, len(kept.content) + len(cards.content), seconds, self.stored(record))

    def stored(self, record: str) -> int:
        with self.services.database.connect() as connection:
            sizes = (func.sum(func.length(table.c.body)) for table in (entries, personal))
            return sum(
                connection.execute(select(size).where(table.c.record == record)).scalar_one()
                for size, table in zip(sizes, (entries, personal), strict=True)
            )

    def fill(self, conversation: str, count: int) -> str:
        """Questions that were answered before; gives the record of the last one."""
        account = self.services.accounts.get("employee")
        assert account
        person, records = self.services.people.person(account.signed_in()), self.services.records.records
        turns: list[Turn] = []
        for number in range(count):
            history = tuple(turns[-3:])
            follows = history[-1].record if history else ""
            asked = Asked(question=LEAVE, person=person, conversation=conversation, history=history, follows=follows)
            with records.opened(asked) as record:
                given = answered(record, LEAVE, f"{number}.md")
                record.seal(given)
            turns.append(Turn(question=LEAVE, answer=given.statements[0].text, record=record.id))
        return turns[-1].record


@pytest.fixture
def tab(tmp_path: Path, models_dir: Path) -> Iterator[Tab]:
    with company(tmp_path, models_dir, questions_a_minute=10**6) as services, running(services) as address:
        yield Tab(services, address)


def test_the_two_hundredth_answer_costs_what_the_second_does(tab: Tab) -> None:
    """Asked by turns: the database holds as much before either, and what else the machine does falls on both."""
    found: dict[str, list[Cost]] = {"short": [], "long": []}
    conversation = str(uuid4())
    last = tab.fill(conversation, TURNS - 1)
    warm = str(uuid4())
    tab.ask(LEAVE, warm, tab.fill(warm, 1))
    for _ in range(TRIALS):
        other = str(uuid4())
        found["short"].append(tab.ask(LEAVE, other, tab.fill(other, 1)))
        found["long"].append(tab.ask(LEAVE, conversation, last))
        last = tab.last
    short, long = (Cost(*(min(values) for values in zip(*one, strict=True))) for one in found.values())
    print(f"second: {short}, two hundredth: {long}")
    ratios: dict[str, Any] = {name: getattr(long, name) / getattr(short, name) for name in Cost._fields}
    assert max(ratios.values()) <= MOST, (ratios, short, long)
