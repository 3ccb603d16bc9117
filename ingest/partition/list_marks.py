"""With what an item of a list begins where nothing but its text says so.

The signs are those that unstructured knows for bullets, and those of fonts such as Wingdings, which stand among the
private characters.
"""

import re

from unstructured.nlp.patterns import UNICODE_BULLETS

_PRIVATE = "\ue000-\uf8ff"
DASHES = "-–—"  # may as well go on a sentence, or mean "minus"
_MORE = "▪■□◆➢➤✓✔☐☑☒"
_SIGNS = "".join(dict.fromkeys((*(one for one in UNICODE_BULLETS if len(one) == 1 and one not in DASHES), *_MORE)))
# For a class of characters in a regular expression.
SIGN_CLASS = f"{re.escape(_SIGNS)}{_PRIVATE}"
MARK_CLASS = f"{SIGN_CLASS}*{re.escape(DASHES)}"
