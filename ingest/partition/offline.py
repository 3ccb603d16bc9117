"""Keeps unstructured inside the house: its tokenizer would download a model at the first use.

`unstructured.nlp.tokenize` is replaced, before any partitioner is imported, by functions of the same
names that need no model and know the sentence ends of our languages. Valid for the pinned version; a test notices when
a new version stops using the replacement.
"""

import re
import sys
from types import ModuleType

from config.environment import prepare
from ingest.text.languages import words_of
from ingest.text.sentences import sentences

TOKENIZER = "unstructured.nlp.tokenize"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_VERBS, _VERB_ENDINGS = frozenset(words_of("verbs.verbs")), words_of("verbs.endings")


def word_tokenize(text: str) -> list[str]:
    """Words and punctuation marks."""
    return _TOKEN.findall(str(text))


def pos_tag(text: str) -> list[tuple[str, str]]:
    """Words with `VB` for likely verbs and `NN` for the rest: all that the classifier asks for."""
    return [(word, "VB" if _likely_verb(word) else "NN") for word in word_tokenize(text)]


def sent_tokenize(text: str) -> list[str]:
    """Sentences of the text."""
    return sentences(str(text))


def take_offline() -> None:
    """Set the switches and put the replacement in place; harmless when called again."""
    prepare()
    if TOKENIZER in sys.modules:
        return
    module = ModuleType(TOKENIZER)
    module.__dict__.update(word_tokenize=word_tokenize, pos_tag=pos_tag, sent_tokenize=sent_tokenize)
    sys.modules[TOKENIZER] = module


def _likely_verb(word: str) -> bool:
    return word.lower() in _VERBS or (word.islower() and len(word) > 3 and word.endswith(_VERB_ENDINGS))
