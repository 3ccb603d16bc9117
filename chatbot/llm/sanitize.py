"""What documents and people have written, as a model may read it: text, and no mark of the model's own dialogue.

Servers of models put a dialogue together as one text and read marks such as <|im_end|> out of it again, wherever they
stand. A document with such a mark could end its own part and go on as the system. Ollama and llama.cpp both do so.
"""

import re
import unicodedata

# Marks begin with a bracket and are recognised letter by letter, so that a space behind the bracket undoes them:
# <|im_end|>, <start_of_turn>, </s>, <｜User｜>, <<SYS>>, [INST], [/INST], [gMASK], [|assistant|].
_MARK = re.compile(r"<(?=[<|｜/!?_▁]|[^\W\d]|0x)|\[(?=\||/?[A-Za-z_]*[A-Z_]{3,}\])")
_KEPT = "\n\t"
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")  # a model reads tag characters that no person sees


def plain_text(text: str) -> str:
    """Text without marks of a dialogue and without characters that nobody sees.

    Args:
        text: of a document or a person.
    """
    seen = "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in _INVISIBLE)
    return _MARK.sub(lambda mark: f"{mark.group()} ", seen)
