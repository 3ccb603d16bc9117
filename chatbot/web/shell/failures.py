"""What a page says of an error: to the person a sentence, to the operator the rest."""

import logging

from config.errors import FundstelleError, SettingsError
from config.messages import Language, message


def sentence(error: FundstelleError, language: Language) -> str:
    """What a person reads of an error; what is wrong in the operator's files is only logged.

    It would name these files, and collections that are closed to the person.

    Args:
        error: that ended what the person wanted.
        language: of the person.
    """
    if not isinstance(error, SettingsError):
        return error.text(language)
    logging.getLogger(__name__).error("%s", error)
    return message("settings.faulty", language)
