"""Sentences of documents that speak to a language model instead of a reader: neither sent to one nor quoted.

No list catches every such sentence. It is the second line: the first is that a model's words must be
supported by a source, under a schema, and that its prompt tells it to follow no instruction in one.
So a sentence that may as well be meant for readers stays.
"""

import re
import unicodedata

from ingest.text.sentences import sentence_spans

_MODEL = (
    r"(?:(?:ki|ai)(?:[- ](?:system\w*|assisten\w+|modell?\w*|agent\w*|bots?|readers?|leser))?|assistenzsystem\w*|"
    r"[\w-]*chatbots?|bots?|sprachmodell\w*|language models?|llms?|automatische[nr]? (?:leser|systeme))(?![\w-])"
)
_ASSISTANT = r"(?:assistent|assistenten|assistenz|assistants?)(?! de[rs]\b)\b"  # a person, too
_THE = r"(?:(?:an|to|alle[ns]?|die|den|das|diese[nr]?|jede[ns]?|all|any|every|the|this) ){0,2}"
_TO_YOU = r"(?=.{0,120}\b(?:du|dich|dir|dein\w*|you|your)\b)"
# Where an order begins: nobody is told to ignore something in "wer Regeln ignoriert" or "do not ignore the rules".
_ORDER = r"(?:^|[^\w\s-]\s*|[-–—] |\b(?:bitte|und|dann|jetzt|nun|please|and|then|now|must|should|just) )"
_SAID_WORD = r"(?:[\w-]*wort|begriff|satz|word|phrase|signature)\b"
# A word to repeat is in quotation marks or in capitals throughout.
_SHOUTED = r"(?:[\"“„'«]|(?-i:[A-ZÄÖÜ-]{5,})\b)"

_PATTERNS = (
    # Marks of chat templates and of our own answer's form.
    r"<[|｜][\w▁ ]+[|｜]>|<(start|end)_of_turn>|\[/?INST\]|<</?SYS>>|</?tool_(call|result)\b|"
    r"\"?answerable\"?\s*:|\"statements\"\s*:",
    # "Ignore the sources", in both languages.
    rf"{_ORDER}(ignorier(e|t|en sie)|vergiss|vergesst|vergessen sie|missachtet?|missachten sie|verwirf|überschreibe)"
    r"\b(?! nicht\b).{0,60}\b(quellen?|anweisung\w*|dokumente?|regeln|vorgaben|kontext|bisherige\w*|vorherige\w*|"
    r"instruktion\w*)\b",
    rf"{_ORDER}(ignore|disregard|forget|override|bypass)\b.{{0,60}}"
    r"\b(sources?|instructions?|rules|context|prompts?|everything|text above|the documents?|(all|any) documents?)\b",
    # "Answer every question with ...".
    r"\b(antworte|beantworte|erwidere|wiederhole|nenne|sage?|schreibe?|gib)\b.{0,80}"
    r"\b(jede (frage|antwort|anfrage)|(auf )?alle fragen|nur mit|mit dem wort|das wort)\b",
    r"\b(antworte|antworten sie|erwidere|sage?)\b.{0,60}\b(immer|stets|ausschließlich|nur|am ende)\b:?\s*"
    rf"(mit\b|,? ?dass\b|{_SHOUTED})",
    r"\b(antworten|beantworten|erwidern) sie\b.{0,80}\b(nur mit|mit dem (wort|satz)|das wort)\b",
    r"\b(gib|nenne|sage?|schreibe?|antworte)\b.{0,20}\b(statt|anstelle|anstatt) "
    r"(dieser|der (obigen|vorigen|genannten)) (zahl|angabe|antwort|frist|menge)\b",
    r"\b(answer|reply|respond|say|output|repeat)\b.{0,80}\bevery (question|answer|reply)\b.{0,60}\b(with|that|by)\b",
    rf"\b(answer|repl(?:y|ies)|respond|say|output|repeat)\b.{{0,80}}\bwith the (\w+ )?{_SAID_WORD}",
    rf"\b(answer|repl(?:y|ies)|respond|say|output|repeat)\b.{{0,40}}\b(only|always|exactly|nothing but)\b:?\s*"
    rf"(with\b|that\b|the (\w+ )?word\b|{_SHOUTED})",
    rf"\b(finish|end|begin|start)\b.{{0,30}}\b(answers?|repl(?:y|ies)|responses?)\b.{{0,30}}\bwith the (\w+ )?"
    rf"{_SAID_WORD}",
    rf"\b(jede|alle|every|each|any|all) (user )?(anfragen?|fragen?|questions?)\b.{{0,80}}\b(mit|with)\b\s*"
    rf"((de[mr]|einem|the|a|an) (\w+ )?{_SAID_WORD}|{_SHOUTED})",
    rf"^\W*(sage?|say)\b:?\s*{_SHOUTED}\W*$|"
    rf"\b(schreibe?|write|output) (nur|only|ausschließlich)\b:?\s*{_SHOUTED}\s*($|[.!])",
    r"(^|\?\s*)(antwort|answer|response)\s*:\s*(?-i:[A-ZÄÖÜ-]{8,})\W*$",
    # A model spoken to by its kind.
    r"\b(hinweise?|anweisung(en)?|nachricht(en)?|auftrag|bitte|info|note|notice|instructions?|message)"
    rf" (an|für|to|for) {_THE}({_MODEL}\s*([:!–—]|,? (die|der|das|which|that|who) (dies\w*|this)\b)|"
    rf"{_ASSISTANT}{_TO_YOU})",
    rf"\b(liebe[rs]?|dear|hey|hallo|achtung|attention)[\s,:!]+{_THE}({_MODEL}\s*[:,!–—]|{_ASSISTANT}{_TO_YOU})",
    r"\b(du bist|(?<!if )(?<!when )you are)\b.{0,30}\b(jetzt|nun|now|ein|eine|a|an|no longer|ab sofort|from now on)\b"
    r".{0,60}\b(assistent|assistant(?! (manage|direct|professor))|ki|ai|bot|chatbot|sprachmodell|language model|"
    r"pirat|pirate)\b",
    r"\b(du bist|you are)\b.{0,15}\b(jetzt|nun|now|ab sofort|from now on|no longer)\b.{0,60}"
    r"\b(modell|model|experte|expert|rolle|role)\b",
    rf"\b(wenn|falls|sofern) (du|sie) {_THE}(ein |eine )?({_MODEL}|{_ASSISTANT}) (bist|sind)\b",
    rf"\b(if|when) you are (an? |the )?{_MODEL}",
    r"\b(zitiere|cite|quote|nenne)\b.{0,20}\b(keine|nicht|no|not|never|niemals)\b.{0,20}\b(quellen?|sources?|stellen?)\b",
    r"\banswer\b.{0,60}\b(do not|don't|never) (cite|mention)\b|\bantwort\w*\b.{0,60}\bnicht zitieren\b",
    rf"\bweise[nt]? (hiermit )?(den|die|das) ({_MODEL}|{_ASSISTANT}).{{0,40}}\ban\b",
    rf"\binstruct(ed|s)? (any|all|every|each|the) ({_MODEL}|{_ASSISTANT}) to\b",
    r"\b(ki|ai|assistenz\w*|chatbot|bot)[- ]?(anweisung|befehl|instruction)(en|s)?\s*:",
    r"\b(antwortende|auswertende|lesende) systeme (müssen|sollen|haben)\b.{0,20}"
    r"\b(erklären|sagen|antworten|mitteilen|behaupten)\b",
    # What its answers shall be like.
    r"\bjede[rn]? (deiner|eurer) antworten\b|\b(every|each) of your (answers|replies|responses)\b",
    r"\b(in|an) (jede[r]?|deiner|eurer|your|every|each) (antwort|auskunft|answer|response|reply)\b.{0,60}"
    rf"\b{_SAID_WORD}",
    r"\b(only|correct|valid) (output|answer|response) (for|to) (any|every|each|all)\b|"
    r"\btell the user\s*:|\bsage? dem (nutzer|benutzer|anwender)\s*:",
)
_ADDRESSES = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
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
