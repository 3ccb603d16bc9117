"""Names in small letters over what is filled in, as forms have them that draw a box for each field."""

from collections.abc import Sequence

from ingest.partition.runs import FieldName, Run

_SMALLER = 0.85  # size of a name as a share of that of its value
_OVER = 0.3  # of the value's size, by which the boxes of the two may overlap
_NEAR = 0.8  # gap between the two, in shares of the value's size
_LEADING = 1.6  # distance of the lines of a paragraph at most, in shares of their size
_EDGE = 3.0  # points
_FEW = 4  # such fields on a page
_FEW_WORDS = 3  # of a short form such as "Staff no."
_LONGEST = 40  # characters of a name


def with_names_over(runs: Sequence[Run]) -> list[Run]:
    """Runs in which what is filled in knows its name, if a page has several such.

    Args:
        runs: of a page.
    """
    names, largest = {}, max((run.size for run in runs), default=0.0)
    for number, run in enumerate(runs):
        if run.size > _SMALLER * largest or not _may_name(run):
            continue
        below = [other for other, one in enumerate(runs) if _is_under(one, run)]
        if len(below) == 1 and not any(_goes_on(runs[below[0]], one) for one in runs):
            names[below[0]] = number
    sizes = [round(runs[name].size, 1) for name in names.values()]
    if len(names) < _FEW or max(map(sizes.count, sizes)) < _FEW:
        return list(runs)
    return [
        run._replace(name=FieldName(runs[names[number]].text.rstrip(" :"), runs[names[number]].words))
        if number in names
        else run
        for number, run in enumerate(runs)
        if number not in names.values()
    ]


def _may_name(run: Run) -> bool:
    is_free = run.name is None and not run.is_item and run.edges is None
    is_sentence = run.text[-1] in ",;!?" or (run.text[-1] == "." and len(run.words) > _FEW_WORDS)
    return is_free and len(run.text) <= _LONGEST and run.text[0].isalpha() and not is_sentence


def _is_under(value: Run, name: Run) -> bool:
    if name.size > _SMALLER * value.size or abs(value.left - name.left) >= _EDGE or value.page != name.page:
        return False
    return value.name is None and -_OVER * value.size < value.top - name.bottom < _NEAR * value.size


def _goes_on(value: Run, other: Run) -> bool:
    """Whether another line follows a value, as it does in a paragraph."""
    if abs(other.left - value.left) >= _EDGE or abs(other.size - value.size) >= 1:
        return False
    return 0 < other.top - value.top < _LEADING * value.size
