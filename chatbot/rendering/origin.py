"""Whose words an exported answer is made of: for machines by IPTC's digital source types, for people in a sentence.

What is marked are words that a language model wrote (AI Act, article 50(2)). Quotations are the documents' words, and
what is worked out from a table is worded by the program; an answer of these alone has no generated words, and no mark.
"""

from collections.abc import Collection

from chatbot.domain import Writer
from config.messages import Language, message

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
GENERATED = f"{_IPTC}trainedAlgorithmicMedia"
MIXED = f"{_IPTC}compositeWithTrainedAlgorithmicMedia"


def source_type(writers: Collection[Writer]) -> str:
    """IPTC's term for words of these writers together; empty where no model is among them."""
    if "model" not in writers:
        return ""
    return GENERATED if set(writers) == {"model"} else MIXED


def origin_notice(writers: Collection[Writer], language: Language) -> str:
    """The same in a sentence; empty without any words."""
    if not writers:
        return ""
    named = {GENERATED: "origin.generated", MIXED: "origin.mixed", "": "origin.quoted"}
    return message(named[source_type(writers)], language)
