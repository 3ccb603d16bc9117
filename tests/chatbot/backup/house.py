"""A small installation to back up: records, a version in the vault, keys and settings, without an index."""

from hashlib import sha256
from pathlib import Path

from pyrage.x25519 import Identity

from chatbot.audit.verify_chain import verify_chain
from chatbot.backup.keys import ClosingKey, OpeningKey
from chatbot.backup.make import Made, back_up
from chatbot.backup.restore import Restoration, restore
from chatbot.bootstrap import Services, bootstrap, restored
from chatbot.identity.sealed import Sealing
from chatbot.records.checkpoints import Checkpoint, write_checkpoint
from config.settings import Settings
from tests.chatbot.records.filled import asked

CONTENT = b"Im zweiten Jahr sind es 29 Arbeitstage."
VERSION = sha256(CONTENT).hexdigest()
IDENTITY = Identity.generate()
CLOSE, OPEN = ClosingKey(recipients=(IDENTITY.to_public(),)), OpeningKey(identities=(IDENTITY,))


def house(folder: Path, questions: int = 3) -> Settings:
    """An installation with so many questions; its data directory is `data` in the folder."""
    policy = folder / "policy.toml"
    policy.write_text("")
    settings = Settings(
        data_dir=folder / "data", models_dir=folder / "models", answer={"engine": "quote"}, policy=policy
    )
    place = settings.data_dir / "vault" / VERSION[:2] / VERSION
    place.mkdir(parents=True)
    (place / "original.md").write_bytes(CONTENT)
    (settings.data_dir / "calibration.json").write_text("{}")
    with bootstrap(settings) as services:
        services.records.pseudonyms.pseudonym("Ada")
        services.records.signer.public_key()
        Sealing(settings.data_dir / "second_factor.key").seal("secret", "ada")
        for number in range(questions):
            leave_record(services, f"Frage {number}?")
        head(services)
    return settings


def leave_record(services: Services, question: str) -> str:
    with services.records.records.opened(asked(question)) as record:
        record.end("interrupted")
    return record.id


def head(services: Services) -> Checkpoint:
    records = services.records
    return write_checkpoint(services.database, records.settings, records.checkpoints_file)


def backed_up(settings: Settings, target: Path, key: ClosingKey = CLOSE) -> Made:
    with bootstrap(settings) as services:
        return back_up(target, key, services.backup())


def brought_back(file: Path, settings: Settings, replace: bool = False, key: OpeningKey = OPEN) -> Restoration:
    return restore(file, key, settings, replace, restored, "en")


def elsewhere(settings: Settings, folder: Path) -> Settings:
    """The same settings on another machine."""
    return settings.model_copy(update={"data_dir": folder})


def breaks(services: Services) -> list[str]:
    known = services.records.held_checkpoints()
    found = [*known.breaks(), *verify_chain(services.database, known.expected(), times=known.times())]
    return [one.fault for one in found]


def state_of(folder: Path) -> dict[str, bytes]:
    """All files of a data directory but locks, by name."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".lock", ".sqlite-shm"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
