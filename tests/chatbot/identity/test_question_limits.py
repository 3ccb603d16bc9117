"""How much one person may ask."""

from pathlib import Path
from threading import Barrier, Thread

import pytest

from chatbot.answering.pipeline import answer
from chatbot.bootstrap import bootstrap
from chatbot.domain import Person
from chatbot.identity.question_limits import QuestionLimits
from config.access import Clearance, label
from config.errors import QuestionRejected
from config.settings import Settings


def test_a_person_has_so_many_questions_running() -> None:
    limits = QuestionLimits(a_minute=100, at_once=2)
    with limits.admitted("ada"), limits.admitted("ada"):
        with pytest.raises(QuestionRejected, match="2"), limits.admitted("ada"):
            pass
        with limits.admitted("bob"):
            pass
    with limits.admitted("ada"):
        pass


def test_a_person_may_ask_so_much_in_a_minute() -> None:
    limits = QuestionLimits(a_minute=3, at_once=2)
    for _ in range(3):
        with limits.admitted("ada"):
            pass
    with pytest.raises(QuestionRejected, match="3") as refused, limits.admitted("ada"):
        pass
    assert "Minute" in refused.value.text("de") and "minute" in refused.value.text("en")
    with limits.admitted("bob"):
        pass


def test_a_question_that_fails_gives_its_place_back() -> None:
    limits = QuestionLimits(a_minute=100, at_once=1)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), limits.admitted("ada"):
            raise ZeroDivisionError


def test_many_at_the_same_moment_are_counted_one_by_one() -> None:
    limits, together, admitted = QuestionLimits(a_minute=1000, at_once=3), Barrier(20), []

    def try_to_ask() -> None:
        together.wait()
        try:
            with limits.admitted("ada"):
                admitted.append(1)
                together.wait()
        except QuestionRejected:
            together.wait()

    threads = [Thread(target=try_to_ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 3


@pytest.mark.integration
def test_the_core_counts_and_a_stopped_question_gives_its_place_back(
    indexed_dir: Path, models_dir: Path, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[collections.beispiele]\ndata_class = "public"\n')
    settings = Settings(
        data_dir=indexed_dir, models_dir=models_dir, policy=policy, answer={"engine": "quote"},
        server={"sign_in": "accounts", "second_factor": (), "questions_at_once": 1, "questions_a_minute": 4},
    )  # fmt: skip
    with bootstrap(settings) as services:
        ada = Person(name="ada", clearance=Clearance(labels=frozenset({label("beispiele")})))
        question = "Wie viele Urlaubstage habe ich?"
        first = answer(question, [], ada, services.answering())
        next(first)
        with pytest.raises(QuestionRejected):
            list(answer(question, [], ada, services.answering()))
        first.close()
        for _ in range(3):
            assert list(answer(question, [], ada, services.answering()))
        with pytest.raises(QuestionRejected):
            list(answer(question, [], ada, services.answering()))
        assert list(answer(question, [], ada.model_copy(update={"name": "bob"}), services.answering()))
