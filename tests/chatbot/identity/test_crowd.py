"""Many people ask at once: those in line get a place in turn, the others hear about how long it takes."""

from threading import Event, Thread

import pytest

from chatbot.identity.crowd import Crowd
from chatbot.identity.question_limits import QuestionLimits
from config.errors import QuestionRejected


def test_who_waits_comes_next_in_the_order_of_coming() -> None:
    crowd, order = Crowd(at_once=1, longest_wait=1000), []

    def ask(name: str, inside: Event) -> None:
        with crowd.admitted():
            order.append(name)
            inside.set()

    threads = []
    with crowd.admitted():
        for name in "abc":
            threads.append(Thread(target=ask, args=(name, Event())))
            threads[-1].start()
            while crowd.waiting < len(threads):  # is in line
                pass
        assert order == []
    for thread in threads:
        thread.join()
    assert order == ["a", "b", "c"] and crowd.waiting == 0


def test_who_would_wait_too_long_hears_how_long() -> None:
    now = [0.0]
    crowd = Crowd(at_once=2, longest_wait=3, clock=lambda: now[0])
    for _ in range(60):  # answers take twenty seconds of late
        with crowd.admitted():
            now[0] += 20
    with crowd.admitted(), crowd.admitted(), pytest.raises(QuestionRejected) as refused, crowd.admitted():
        pass
    assert refused.value.key == "question.busy" and refused.value.details["seconds"] == 10
    assert "10 Sekunden" in refused.value.text("de") and "10 seconds" in refused.value.text("en")
    with crowd.admitted():
        pass


def test_no_more_wait_than_there_are_threads_for() -> None:
    crowd = Crowd(at_once=1, longest_wait=1000, most_waiting=0)
    with crowd.admitted(), pytest.raises(QuestionRejected), crowd.admitted():
        pass


def test_a_place_that_was_refused_is_nobodys() -> None:
    limits = QuestionLimits(a_minute=100, at_once=1, crowd=Crowd(at_once=1, longest_wait=0))
    with limits.admitted("ada"):
        for _ in range(3):
            with pytest.raises(QuestionRejected, match="seconds"), limits.admitted("bob"):
                pass
    with limits.admitted("bob"):
        pass
