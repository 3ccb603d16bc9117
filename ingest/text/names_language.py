"""The language of words that are no sentences, such as the heads and names of a sheet: told by their letters."""

from functools import cache
from pathlib import Path
from typing import Any

from ingest.text.languages import LANGUAGES

_LIKELY = 0.7  # from which a language is taken
_CERTAIN = 0.9  # from which it is sure, among all that langdetect knows
_SEED = 0  # langdetect tries at random: the same words shall always be of the same language


def language_of_names(text: str, default: str) -> str:
    """The language whose sequences of letters words have.

    Args:
        text: words of any kind.
        default: where they tell nothing.
    """
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no letters
        return default
    return found[0].lang if found and found[0].prob >= _LIKELY else default


def is_in_known_language(text: str) -> bool:
    """Whether words have the sequences of letters of a language that is known here, and not of any other.

    Args:
        text: words of any kind.
    """
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory(every=True).create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no letters
        return False
    return bool(found) and found[0].lang in LANGUAGES and found[0].prob >= _CERTAIN


@cache
def _factory(every: bool = False) -> Any:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(_SEED)
    names = sorted(file.name for file in Path(PROFILES_DIRECTORY).iterdir()) if every else LANGUAGES
    factory.load_json_profile([Path(PROFILES_DIRECTORY, language).read_text("utf-8") for language in names])
    return factory
