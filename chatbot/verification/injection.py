"""Sentences of documents that speak to a language model instead of a reader: neither sent to one nor quoted.

No list catches every such sentence. It is the second line: the first is that a model's words must be
supported by a source, under a schema, and that its prompt tells it to follow no instruction in one.
So a sentence that may as well be meant for readers stays.
"""

import re
import unicodedata

from ingest.text.languages import CAPITALS, pattern_of, words_of
from ingest.text.sentences import sentence_spans

# What the patterns are made of; what is in angle brackets and not here is an entry of the languages' `injection.toml`.
SHAPES = {
    "model": r"(?:<machine>(?:[- ]<machine_kind>)?|<model_word>)(?![\w-])",
    "assistant": r"<assistant_word>(?! <of>\b)\b",  # a person, too
    "the": r"(?:<determiner> ){0,2}",
    "to_you": r"(?=.{0,120}\b<you>\b)",
    # Where an order begins: nobody is told to ignore something in "do not ignore the rules".
    "order": r"(?:^|[^\w\s-]\s*|[-–—] |\b<before_order> )",
    "said_word": r"<term>\b",
    # A word to repeat is in quotation marks or in capitals throughout.
    "shouted": rf"(?:[\"“„'«]|(?-i:[{CAPITALS}-]{{5,}})\b)",
}
_NAMED = re.compile(r"<(\w+)>")
# Marks of chat templates and of our own answer's form.
_MARKS = (
    r"<[|｜][\w▁ ]+[|｜]>|<(start|end)_of_turn>|\[/?INST\]|<</?SYS>>|</?tool_(call|result)\b|"
    r"\"?answerable\"?\s*:|\"statements\"\s*:"
)
# Orders that may mix languages.
PATTERNS = (
    # "Answer every question with ...".
    r"\b<every> (<asker> )?<question>\b.{0,80}\b<with>\b\s*(<article> (\w+ )?<said_word>|<shouted>)",
    r"^\W*<say>\b:?\s*<shouted>\W*$",
    r"\b<write> <only>\b:?\s*<shouted>\s*($|[.!])",
    rf"(^|\?\s*)<answer>\s*:\s*(?-i:[{CAPITALS}-]{{8,}})\W*$",
    # A model spoken to by its kind.
    r"\b<note> <for> <the>(<model>\s*([:!–—]|,? <which> <this>\b)|<assistant><to_you>)",
    r"\b<greeting>[\s,:!]+<the>(<model>\s*[:,!–—]|<assistant><to_you>)",
    r"\b<you_become>\b.{0,30}\b(<now>|<indefinite>)\b.{0,60}\b<role>\b",
    r"\b<you_are>\b.{0,15}\b<now>\b.{0,60}\b<part>\b",
    r"\b<cite>\b.{0,20}\b<no>\b.{0,20}\b<source>\b",
    r"\b<machine_name>[- ]?<command><command_ending>?\s*:",
    # What its answers shall be like.
    r"\b<in> <each_or_your> <reply>\b.{0,60}\b<said_word>",
)


def _written_out(pattern: str) -> str:
    """A pattern with what it names in angle brackets put in."""
    return _NAMED.sub(lambda m: _written_out(SHAPES.get(m[1]) or pattern_of(f"injection.{m[1]}")), pattern)


_ORDERS = map(_written_out, (*PATTERNS, *words_of("injection.patterns")))
_ADDRESSES = re.compile("|".join(f"(?:{pattern})" for pattern in (_MARKS, *_ORDERS)), re.IGNORECASE)
# The mark of a speaker in a dialogue. Behind a line that ends the document it is none of its beginning.
_SPEAKER = re.compile(
    r"^\W*(?:(?<=---|===|###)[\w ]{1,40}[-=#]{3,20}\s*)?"
    r"(?:system|assistant|user|developer|prompt)\s*(?:message|prompt|prompt-?override)?\s*:(?P<said>.*)",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = 4  # words; "System: SAP S/4HANA" names a thing, and nobody speaks
# A row of a table as it is laid out ("Name: Wert; Name: Wert"), or as it is written in Markdown.
_ROW = re.compile(r"\s*(?:[^:;\n]{1,80}:[^;\n]*;\s*[^:;\n]{1,80}:|\|.*\|\s*$)")
# Letters of an alphabet that only machines read (tag characters); flags of countries are the only use of some of them.
_HIDDEN = re.compile("[\U000e0020-\U000e007e]{7,}")


def spans_for_readers(text: str) -> list[tuple[int, int]]:
    """The sentences of a text but for those that speak to a model, and what follows these in their paragraph.

    Of a table only the row goes: the next one is about something else.
    """
    kept, tainted, last = [], False, 0
    in_row = False
    for start, end in sentence_spans(text):
        breaks = text[last:start].count("\n")
        if breaks and (in_row or breaks > 1 or not tainted):
            tainted = False
        in_row = bool(_ROW.match(_line(text, start)))
        tainted = tainted or addresses_a_model(text[start:end], in_row)
        if not tainted:
            kept.append((start, end))
        last = end
    return kept


def addresses_a_model(sentence: str, in_row: bool = False) -> bool:
    """Whether a sentence tells a language model what to do; characters that nobody sees do not hide it.

    Args:
        sentence: of a document.
        in_row: whether it stands in a row of a table, where "System:" is the name of a column.
    """
    shown = "".join(char for char in sentence if unicodedata.category(char) != "Cf")
    plain = unicodedata.normalize("NFKC", shown)
    if _HIDDEN.search(sentence) or _ADDRESSES.search(plain):
        return True
    speaks = None if in_row else _SPEAKER.match(plain)
    return speaks is not None and not _is_value(speaks["said"])


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _is_value(said: str) -> bool:
    return 0 < len(said.split()) <= _VALUE and said.rstrip()[-1] not in ".!?"
