"""Which of several complete questions is meant."""

from chatbot.answering.follow_ups.choose import Chosen, Tried, best_rewrite
from chatbot.answering.follow_ups.rewrites import Rewrite
from ingest.index.statistics import Statistics

STATISTICS = Statistics(100, {}, {})
SPAIN = Rewrite("Pauschale in Spanien?", ("Spanien",))


def chosen(tries: dict[str, Tried], *rewrites: Rewrite, leans: bool = True) -> str:
    chosen = best_rewrite(rewrites, tries.__getitem__, 0.5, STATISTICS, leans)
    return chosen.text if chosen else ""


def test_evidence_without_the_new_words_is_none() -> None:
    assert not chosen({SPAIN.text: Tried(0.9, "Pauschale Schweden", "Pauschale Schweden")}, SPAIN)


def test_a_joined_word_has_its_part() -> None:
    part_time = Rewrite("Tage bei Teilzeit?", ("Teilzeit",))
    assert chosen({part_time.text: Tried(0.9, "", "Teilzeitkräfte erhalten")}, part_time) == part_time.text


def test_the_head_of_a_column_is_no_thing() -> None:
    price = Rewrite("Was kostet Lieferzeit?", ("Lieferzeit",))
    given = Tried(0.9, "Lieferzeit: ab Lager; Preis: 3", "ab Lager 3")
    assert not chosen({price.text: given}, price)
    assert chosen({price.text: given}, price._replace(is_of_values=False)) == price.text


def test_the_first_with_an_answer_counts_before_a_better_one() -> None:
    first, second = Rewrite("A?", ("Alpha",)), Rewrite("B?", ("Beta",))
    tries = {"A?": Tried(0.6, "Alpha", "Alpha"), "B?": Tried(0.9, "Beta", "Beta")}
    assert chosen(tries, first, second) == "A?"
    assert chosen({**tries, "A?": Tried(0.4, "Alpha", "Alpha")}, first, second) == "B?"


def test_what_its_form_tells_for_sure_counts_without_evidence() -> None:
    sure = SPAIN._replace(is_sure=True)
    nothing = {SPAIN.text: Tried(0.0)}
    assert best_rewrite([sure], nothing.__getitem__, 0.5, STATISTICS, True) == Chosen(sure.text, False)
    assert not chosen(nothing, SPAIN)


def test_a_question_that_does_not_lean_needs_an_answer_to_be_a_follow_up() -> None:
    sure = SPAIN._replace(is_sure=True)
    assert not chosen({SPAIN.text: Tried(0.4, "Spanien", "Spanien")}, sure, leans=False)
    assert chosen({SPAIN.text: Tried(0.6, "Spanien", "Spanien")}, sure, leans=False) == SPAIN.text
