"""Sentences of documents that speak to a language model instead of a reader: neither sent to one nor quoted.

No list catches every such sentence. It is the second line: the first is that a model's words must be
supported by a source, under a schema, and that its prompt tells it to follow no instruction in one.
"""

import re
import unicodedata

from ingest.sentences import sentence_spans

_PATTERNS = (
    # Marks of chat templates and of our own answer's form.
    r"<[|｜][\w▁ ]+[|｜]>|<(start|end)_of_turn>|\[/?INST\]|<</?SYS>>|\"?answerable\"?\s*:|\"statements\"\s*:",
    r"^\W*(system|assistant|user|developer|prompt)\s*(message|prompt|prompt-?override)?\s*:",
    # "Ignore the sources", in both languages.
    r"\b(ignor\w+|vergiss|vergessen|missachte\w*|verwirf|überschreibe)\b.{0,60}"
    r"\b(quellen?|anweisung\w*|dokument\w*|regeln?|vorgaben?|kontext|bisherige\w*|vorherige\w*|instruktion\w*)\b",
    r"\b(ignore|disregard|forget|override|bypass)\b.{0,60}"
    r"\b(sources?|instructions?|documents?|rules?|context|above|previous|prior|everything)\b",
    # "Answer every question with ...".
    r"\b(antworte|antworten sie|beantworte\w*|erwidere|wiederhole|nenne|sage|sag|schreibe?|gib)\b.{0,80}"
    r"\b(jede\w? (frage|antwort)|auf alle fragen|immer|ausschließlich|stets|nur mit|mit dem wort|das wort|am ende)\b",
    r"\b(answer|reply|respond|say|write|output|repeat|state|begin|end)\b.{0,80}"
    r"\b(every (question|answer|reply)|all questions|always|only with|exactly|with the word|the word|each answer)\b",
    # A model spoken to by its kind.
    r"\b(hinweis|anweisung|nachricht|auftrag|bitte|info|note|notice|instruction|message)\w*\b.{0,20}"
    r"\b(an|für|to|for)\b.{0,20}"
    r"\b(ki|ai|assistent\w*|assistant\w*|chatbots?|bots?|sprachmodell\w*|language models?|llms?)\b",
    r"\b(liebe[rs]?|dear|hey|hallo|achtung|attention)\b.{0,20}"
    r"\b(ki|ai|assistent\w*|assistant\w*|chatbots?|bot|sprachmodell\w*|language models?|llms?)\b",
    r"\b(du bist|you are)\b.{0,30}\b(jetzt|nun|now|ein|eine|a|an|der|die|the|no longer)\b.{0,60}"
    r"\b(assistent\w*|assistant|ki|ai|bot|chatbot|modell|model|pirat|pirate|experte|expert|rolle|role)\b",
    r"\b(wenn|falls|sobald|if|when) (du|sie|you)\b.{0,40}"
    r"\b(ki|ai|assistent\w*|assistant|sprachmodell|language model)\b",
    r"\b(zitiere|cite|quote|nenne)\b.{0,20}\b(keine|nicht|no|not|never|niemals)\b.{0,20}\b(quellen?|sources?|stellen?)\b",
    r"\b(do not|don't|never|niemals|nicht)\b.{0,10}\b(cite|zitieren)\b",
    r"\b(weise[nt]?|instruct\w*)\b.{0,40}\b\w*-?(ki|ai|assistent\w*|assistant\w*|chatbots?|bots?)\b",
    r"\b(ki|ai|assistenz\w*|chatbot|bot)-?(anweisung|befehl|hinweis|instruction)\w*\s*:",
    r"\bf(ür|or)\b.{0,20}\b(assistenzsysteme?|automatische[nr]? (leser|systeme))\b|\bautomatische leser\s*:",
    # What its answers shall be like.
    r"\bin (jeder|deiner|eurer|your|every|each) (antwort|auskunft|answer|response|reply)\b",
    r"\bjede (deiner|eurer)? ?antwort\w*\b|\b(every|each) of your (answers|replies|responses)\b",
    r"\b(jede|alle|every|each|any) (user )?(anfragen?|fragen?|questions?)\b.{0,80}\b(mit|with)\b",
    r"\b(correct|valid|only) output\b|\btell the user\b|\bsage? dem (nutzer|benutzer|anwender)\b",
)
_ADDRESSES = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
# Letters of an alphabet that only machines read (tag characters); flags of countries are the only use of some of them.
_HIDDEN = re.compile("[\U000e0020-\U000e007e]{7,}")


def spans_for_readers(text: str) -> list[tuple[int, int]]:
    """The sentences of a text but for those that speak to a model, and what follows these in their paragraph."""
    kept, tainted, last = [], False, 0
    for start, end in sentence_spans(text):
        if "\n" in text[last:start] and not (tainted and text[last:start].count("\n") == 1):
            tainted = False
        tainted = tainted or addresses_a_model(text[start:end])
        if not tainted:
            kept.append((start, end))
        last = end
    return kept


def addresses_a_model(sentence: str) -> bool:
    """Whether a sentence tells a language model what to do; characters that nobody sees do not hide it."""
    shown = "".join(char for char in sentence if unicodedata.category(char) != "Cf")
    return bool(_HIDDEN.search(sentence) or _ADDRESSES.search(unicodedata.normalize("NFKC", shown)))
