"""The complete questions that a follow-up may stand for, made of its own words and those of the turn before."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from chatbot.answering.asked_for import PERSON, asked_for
from chatbot.answering.follow_ups.fragment import Fragment, fragment_of
from chatbot.answering.follow_ups.phrases import CODE, Phrase, has_capital_nouns, phrases_of
from chatbot.answering.question import in_one
from chatbot.domain import Turn
from chatbot.verification.names import full_names
from ingest.text.languages import pattern_of, words_of
from ingest.text.words import detect_language, is_function_word, words

_MOST = 6  # rewrites that are tried
_NAMES = 2  # persons of an answer that a pronoun may stand for
_ASKING = re.compile(rf"(?:\w+ )?{pattern_of('questions.asking')}\b", re.I)
_ASKING_BEHIND = re.compile(rf",\s*{pattern_of('questions.asking')}\b", re.I)
_WORD = re.compile(r"\w+")


class Rewrite(NamedTuple):
    """A complete question.

    Attributes:
        text: of the question.
        said: pieces of text that are new, whose words its evidence has to have.
        about: what is taken from the turn before; evidence has to have some of it.
        is_of_values: whether they name a thing, so that the head of a column does not count: "Lieferzeit" is none.
        is_sure: whether the form alone tells that it is meant.
        is_alone: whether nothing is taken from the turn before, so that only an answer tells that it is meant.
    """

    text: str
    said: tuple[str, ...]
    about: str = ""
    is_of_values: bool = True
    is_sure: bool = False
    is_alone: bool = False


def rewrites(question: str, history: Sequence[Turn]) -> list[Rewrite]:
    """What a follow-up may stand for, what is likeliest first; empty where nothing can be put together.

    Args:
        question: as typed.
        history: earlier turns as they were understood, oldest first.
    """
    before = history[-1].model_copy(update={"question": in_one(history[-1].question)})
    language = detect_language(question, detect_language(before.question))
    fragment = fragment_of(question, language)
    is_question = _ASKING.match(fragment.text) or _ASKING_BEHIND.search(fragment.text)
    found = _of_question if is_question else _of_phrase
    once = {rewrite.text: rewrite for rewrite in found(fragment, before, language)}
    return list(islice(once.values(), _MOST))


def _of_question(fragment: Fragment, before: Turn, language: str) -> Iterator[Rewrite]:
    """A question whose pronoun stands for something, or which is about the same thing as the one before."""
    yield from _with_referents(fragment.text, before, language)
    if fragment.is_tied and not _is_bare(fragment.text):
        yield Rewrite(f"{_capital(fragment.text)}?", _things_said(fragment.text, language), is_of_values=False)
    yield from _asked_of(fragment, before.question, language)


def _of_phrase(fragment: Fragment, before: Turn, language: str) -> Iterator[Rewrite]:
    """Words that change the question before, add to it, or ask something else of the same thing."""
    yield from _taken_back(fragment, before.question)
    yield from _with_referents(fragment.text, before, language)
    yield from _replaced(fragment, before.question, language, alike=True)
    yield from _added(fragment, before.question, language)
    if not fragment.is_correction:
        yield from _asked_of(fragment, before.question, language)
    yield from _replaced(fragment, before.question, language, alike=False)
    new = phrases_of(fragment.text, language)
    if len(new) == 1 and len(new[0].words) > 1 and not new[0].is_led:
        yield Rewrite(f"{_capital(fragment.text)}?", (" ".join(new[0].words),), is_of_values=False, is_alone=True)


def _is_bare(asked: str) -> bool:
    """Whether a question has no word of meaning but one: "wie schwer", "since when"."""
    return sum(not is_function_word(word) for word in words(asked)) < 2


def _with_referents(asked: str, before: Turn, language: str) -> Iterator[Rewrite]:
    """A pronoun replaced by the person or the thing that it may stand for; a person first, where one was asked for."""
    persons, things = _with_names(asked, before, language), _with_things(asked, before.question, language)
    of_person = PERSON in asked_for(before.question)
    yield from (*persons, *things) if of_person else (*things, *persons)


def _with_names(asked: str, before: Turn, language: str) -> Iterator[Rewrite]:
    """A pronoun replaced by a person whom the question before names, or asks for."""
    place = _pronoun(asked, ("he_or_she", "his_or_her"), language)
    if place is None:
        return
    told = full_names(before.answer) if PERSON in asked_for(before.question) else []
    names = dict.fromkeys([*full_names(before.question), *told])
    for number, name in enumerate(islice(names, _NAMES)):
        text = f"{_capital(asked[: place[0]] + name + asked[place[1] :])}?"
        yield Rewrite(text, (name, *_things_said(asked, language)), is_of_values=False, is_sure=not number)


def _with_things(asked: str, before: str, language: str) -> Iterator[Rewrite]:
    """A pronoun replaced by what the question before is about."""
    place = _pronoun(asked, ("it", "his_or_her"), language)
    things = _things(before)
    if place is None or not things:
        return
    for text in dict.fromkeys((before[things[0].start : things[-1].end], before[things[0].start : things[0].end])):
        whole = f"{_capital(asked[: place[0]] + text + asked[place[1] :])}?"
        yield Rewrite(whole, _things_said(asked, language), text, is_of_values=False, is_sure=True)


def _pronoun(asked: str, entries: Sequence[str], language: str) -> tuple[int, int] | None:
    """Where a pronoun stands that nothing follows which it could be the article of."""
    found = {word for entry in entries for word in words_of(f"phrases.{entry}", language)}
    owning, articles = set(words_of("phrases.his_or_her", language)), set(words_of("phrases.determiners", language))
    matches = list(_WORD.finditer(asked))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        word = match.group() if match.start() else match.group().lower()  # "Sie" with a capital is the reader
        is_article = word in articles and following and following.group()[0].isupper()
        if word in found and (word in owning or not is_article):
            return match.span()
    return None


def _asked_of(fragment: Fragment, before: str, language: str) -> Iterator[Rewrite]:
    """Something else asked of the same things: "Lieferzeit?" of "Was kostet die Heizpatrone für die NW-400?"."""
    if things := _things(before):
        about = " ".join(before[phrase.start : phrase.end] for phrase in things)
        said = _things_said(fragment.text, language)
        is_bare = not any(phrase.is_led for phrase in phrases_of(fragment.text, language))
        yield Rewrite(f"{_capital(fragment.text)} {about}?", said, about, is_of_values=False, is_sure=is_bare)


def _things(question: str) -> list[Phrase]:
    found = _phrases(question)
    return [phrase for phrase in found if phrase.is_led or phrase.shape in ("code", "time")] or found[-1:]


def _things_said(text: str, language: str) -> tuple[str, ...]:
    """The words of meaning of a fragment that are no verbs for sure: its led phrases, or a phrase that is all of it."""
    found = phrases_of(text, language)
    if len(found) == 1 and not _ASKING.match(text):
        return (" ".join(found[0].words),)
    named = (phrase for phrase in found if phrase.is_led or phrase.shape == "code" or _is_noun(phrase, text, language))
    return tuple(" ".join(phrase.words) for phrase in named)


def _is_noun(phrase: Phrase, text: str, language: str) -> bool:
    """Whether a capital tells that a phrase is no verb, but for the first word of a text."""
    return phrase.start > 0 and has_capital_nouns(text, detect_language(text)) and phrase.words[0][0].isupper()


def _taken_back(fragment: Fragment, before: str) -> Iterator[Rewrite]:
    """What "not A but B" says."""
    if fragment.wrong and fragment.wrong.lower() in before.lower():
        start = before.lower().index(fragment.wrong.lower())
        text = before[:start] + fragment.text + before[start + len(fragment.wrong) :]
        yield Rewrite(text, (fragment.text,), is_sure=True)


def _replaced(fragment: Fragment, before: str, language: str, alike: bool) -> Iterator[Rewrite]:
    """The new phrase in the place of one of its kind; alike are two behind the same preposition, or two codes."""
    new = phrases_of(fragment.text, language)
    if len(new) > 1 and alike:
        yield from _each_replaced(new, fragment, before)
    if len(new) != 1:
        return
    said = (" ".join(new[0].words),)
    places = [old for old in _phrases(before) if _may_replace(new[0], old) and _are_alike(new[0], old) == alike]
    for old in places:
        is_last = before[old.end :].strip(" ?") == ""
        if is_last and len(old.words) > 1 and not has_capital_nouns(before, detect_language(before)):
            shorter = old._replace(words=old.words[:-1], end=old.end - len(old.words[-1]) - 1)
            yield Rewrite(_in_place(new[0], fragment.text, shorter, before), said)  # "does the cartridge cost"
        is_sure = alike and len(places) == 1 and (fragment.is_correction or new[0].is_led or new[0].shape != "noun")
        yield Rewrite(_in_place(new[0], fragment.text, old, before), said, is_sure=is_sure)


def _each_replaced(new: Sequence[Phrase], fragment: Fragment, before: str) -> Iterator[Rewrite]:
    text = before
    for phrase in reversed(new):
        for old in _phrases(text):
            if _may_replace(phrase, old) and _are_alike(phrase, old):
                text = _in_place(phrase, fragment.text, old, text)
                break
    if text != before:
        yield Rewrite(text, (fragment.text,))


def _may_replace(new: Phrase, old: Phrase) -> bool:
    return new.shape == old.shape and (old.is_led or new.shape != "noun")


def _are_alike(new: Phrase, old: Phrase) -> bool:
    """Whether two phrases have the same part in a question by their form."""
    if new.shape in ("code", "time") or set(map(str.lower, new.words)) & set(map(str.lower, old.words)):
        return True
    if new.is_led:
        return new.preposition == old.preposition
    return not old.preposition if new.words[0][0].islower() else old.words[0][0].isupper()


def _in_place(new: Phrase, text: str, old: Phrase, before: str) -> str:
    """The question before with a phrase in the place of another, with what leads it where that fits.

    A code takes the place of a code alone: "die NW-650" for "der NW-400 Basis".
    """
    said, replaced = CODE.search(text, new.content, new.end), CODE.search(before, old.content, old.end)
    if new.shape == old.shape == "code" and said and replaced:
        return before[: replaced.start()] + text[said.start() : new.end] + before[replaced.end() :]
    is_whole = bool(new.preposition) or (new.has_article and not old.preposition)
    is_whole = is_whole and (new.shape == "noun" or new.preposition == old.preposition)
    start, words = (old.start, text[new.start : new.end]) if is_whole else (old.content, text[new.content : new.end])
    return before[:start] + words + before[old.end :]


def _added(fragment: Fragment, before: str, language: str) -> Iterator[Rewrite]:
    """The question before with the new words as a further condition."""
    if said := " ".join(word for phrase in phrases_of(fragment.text, language) for word in phrase.words):
        yield Rewrite(f"{before.rstrip('?!. ')} {fragment.text}?", (said,))


def _phrases(question: str) -> list[Phrase]:
    return phrases_of(question, detect_language(question))


def _capital(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
