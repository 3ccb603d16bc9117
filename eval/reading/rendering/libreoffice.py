"""Files of one format made from those of another by LibreOffice."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from config.errors import DocumentFailed
from ingest.partition.programs import LIBREOFFICE, require

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""


def convert(files: Sequence[Path], target: str, folder: Path, locale: str) -> None:
    """Convert files in one start of the program, which takes longer than a file.

    Args:
        files: of one format.
        target: suffix without the dot, and the filter where there are several, as in `doc:MS Word 97`.
        folder: to write to.
        locale: such as de-DE, in which numbers are written.

    Raises:
        DocumentFailed: LibreOffice is not installed, or wrote nothing.
    """
    require(LIBREOFFICE, folder.name)
    with tempfile.TemporaryDirectory(prefix="fundstelle-") as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_PROFILE.format(locale=locale), encoding="utf-8")
        command = [LIBREOFFICE.name, "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}",
                   "--convert-to", target, "--outdir", str(folder), *map(str, files)]  # fmt: skip
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    suffix = target.partition(":")[0]
    for file in files:
        if not (folder / f"{file.stem}.{suffix}").exists():
            raise DocumentFailed("document.damaged", document=file.name, reason=f"LibreOffice makes no {suffix} of it")
