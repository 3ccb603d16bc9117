"""Labels and clearances: the innermost label that is known decides."""

from hypothesis import given
from hypothesis import strategies as st

from config.access import ALL, Clearance, label, labels_of, within

NAMES = st.sampled_from(["a", "b", "ä"])
PLACES = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
CLEARANCES = st.builds(
    lambda opened, closed: Clearance(labels=frozenset(opened), closed=frozenset(closed - opened)),
    st.sets(PLACES, max_size=4),
    st.sets(PLACES, max_size=4),
)


def decided(clearance: Clearance, collection: str, path: str) -> bool:
    """The rule, word for word: walk outwards from the document until a label is known."""
    place = label(collection, path)
    while place:
        if place in clearance.labels or place in clearance.closed:
            return place in clearance.labels
        place = place.rpartition("/")[0]
    return "" in clearance.labels


@given(CLEARANCES, NAMES, PLACES)
def test_the_innermost_known_label_decides(clearance: Clearance, collection: str, path: str) -> None:
    assert clearance.covers(collection, path) == decided(clearance, collection, path)


@given(CLEARANCES, NAMES, PLACES)
def test_the_rules_say_the_same_of_the_labels_that_a_document_bears(clearance, collection, path) -> None:  # type: ignore[no-untyped-def]
    borne = set(labels_of(collection, path))
    by_rules = any(opened in borne and borne.isdisjoint(closed) for opened, closed in clearance.rules())
    assert by_rules == clearance.covers(collection, path)


@given(CLEARANCES, CLEARANCES, NAMES, PLACES)
def test_what_both_cover(one: Clearance, other: Clearance, collection: str, path: str) -> None:
    both = one.and_also(other)
    assert both.covers(collection, path) == (one.covers(collection, path) and other.covers(collection, path))
    assert both.is_within(one) and both.is_within(other) and one.is_within(ALL)
    if one.is_within(other) and one.covers(collection, path):
        assert other.covers(collection, path)


@given(CLEARANCES, NAMES, PLACES)
def test_a_collection_that_holds_something_visible_is_touched(clearance, collection, path) -> None:  # type: ignore[no-untyped-def]
    if clearance.covers(collection, path):
        assert clearance.touches(collection)
    if not clearance.touches(collection):
        assert not any(within(opened, label(collection)) for opened in clearance.labels)


def test_is_within_finds_a_place_that_only_the_other_closes() -> None:
    whole = Clearance(labels=frozenset({"a"}))
    without_b = Clearance(labels=frozenset({"a"}), closed=frozenset({"a/b"}))
    assert without_b.is_within(whole) and not whole.is_within(without_b)
    assert not ALL.is_within(whole)


def test_case_and_ways_to_write_an_umlaut_do_not_matter() -> None:
    decomposed = "Geha\u0308lter"
    assert label("Personal", "Gehälter/") == label("PERSONAL", f"/{decomposed}")
    assert Clearance(labels=frozenset({label("Personal")})).covers("personal", "x.md")
    assert not within("personalrat", "personal"), "a name that begins like another is not in it"
