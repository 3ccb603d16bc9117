"""Greeting, thanks and questions about the assistant are told from questions to the documents."""

import pytest

from chatbot.answering.small_talk import reply_to

REPLIES = {
    "greeting": ["Hallo", "guten Morgen zusammen!", "Moin moin", "hi there", "Good afternoon", "Hey, wie geht's?"],
    "thanks": ["danke!", "Super, vielen Dank dir", "ok danke, das wars", "alles klar 👍", "Great, thank you very much!",
               "perfekt, hat geholfen", "thanks, that's all for today", "Tschüss und schönen Feierabend"],
    "help": ["Hilfe", "Was kannst du?", "Hallo, womit kannst du mir helfen?", "How do you work?"],
    "identity": ["Wer bist du?", "Bist du ein Mensch?", "hi, are you a bot?", "Wie heißt du denn eigentlich?"],
}  # fmt: skip
QUESTIONS = [
    "Hallo, wie viele Urlaubstage habe ich?",
    "Hi, where do I park?",
    "Danke, und wie beantrage ich das?",
    "Was kannst du mir zur Reisekostenabrechnung sagen?",
    "Wer ist Jan Voss?",
    "Hilfe bei einem Unfall?",
    "Wie funktioniert die Zeiterfassung?",
    "What can you tell me about leave?",
    "Wer bist du laut Organigramm?",
    "Super Plus oder Diesel für den Firmenwagen?",
    "Wie heißt der Betriebsrat?",
    "Are you allowed to smoke in the yard?",
    "Und wie melde ich mich krank?",
    "Guten Tag, ich brauche die Telefonnummer der Pforte",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REPLIES.items() for text in texts])
def test_the_product_answers_what_is_said_to_it(kind: str, text: str) -> None:
    assert reply_to(text) == kind


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_to_the_documents_is_searched_however_it_begins(text: str) -> None:
    assert reply_to(text) is None
