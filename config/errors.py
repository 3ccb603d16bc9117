"""Errors a person can act on: each has a message in German and English, and an exit code."""

from config.messages import Language, message


class FundstelleError(Exception):
    """Base of all expected failures.

    Args:
        key: name of a message in `messages.toml`, which says what happened and what to do next.
        details: values for the placeholders of that message.
    """

    exit_code = 1

    def __init__(self, key: str, **details: object) -> None:
        self.key = key
        self.details = details
        super().__init__(message(key, "en", **details))

    def text(self, language: Language) -> str:
        """The sentence in the reader's language."""
        return message(self.key, language, **self.details)

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword details survive the way back from a worker process only when restored by hand.
        return _restore, (type(self), self.key, self.details)


def _restore(kind: type[FundstelleError], key: str, details: dict[str, object]) -> FundstelleError:
    return kind(key, **details)


class SettingsError(FundstelleError):
    """The settings file or a FUNDSTELLE_* variable is wrong."""

    exit_code = 3


class DiskFull(FundstelleError):
    """There is too little space on a disk to write; what is there can still be read."""

    exit_code = 8


class DatabaseUnavailable(FundstelleError):
    """The database does not answer now, or another program holds it; what was to be written was not."""

    exit_code = 3


class IndexUnavailable(FundstelleError):
    """The index cannot be opened, reached, or read with the present settings."""

    exit_code = 4


class ModelUnavailable(FundstelleError):
    """A model file is missing or damaged, or Ollama lacks the model."""

    exit_code = 5


class ModelOutside(ModelUnavailable):
    """Ollama does not run the model itself, but passes texts on to another host."""


class EngineFailed(FundstelleError):
    """An engine or embedder stopped working in the middle of a call."""

    exit_code = 5


class AnswerDoubtful(FundstelleError):
    """The answer stands, and its reader should know something about it."""


class DocumentFailed(FundstelleError):
    """One document could not be read; the batch goes on without it."""

    exit_code = 6

    def reason(self) -> dict[str, str]:
        """Key and details as they are stored."""
        return {"key": self.key, **{name: str(value) for name, value in self.details.items()}}

    @classmethod
    def from_reason(cls, reason: dict[str, str]) -> "DocumentFailed":
        """The failure that was stored."""
        details = dict(reason)
        return cls(details.pop("key"), **details)


class QuestionRejected(FundstelleError):
    """The question cannot be processed as typed."""

    exit_code = 2


class RecordMissing(FundstelleError):
    """There is no such record, or not any more."""

    exit_code = 2


class SignInRefused(FundstelleError):
    """Somebody is not let in, or an account or password is not as it has to be."""

    exit_code = 2


class AccessRefused(FundstelleError):
    """A program has no token, or one that is not for this."""

    exit_code = 2


class DocumentMissing(FundstelleError):
    """There is no such document or passage, or not for this person."""

    exit_code = 2


class ChainBroken(FundstelleError):
    """The records have been changed behind the program's back."""

    exit_code = 7


class ConnectionRefusedByGuard(FundstelleError):
    """Code in this process tried to reach a host that the operator has not configured."""

    exit_code = 1


class GuardFailed(FundstelleError):
    """The self-test found a way out of this process, or a setting that takes a model of Ollama's cloud."""

    exit_code = 1
