"""A company whose every document carries words of its own, so that a leak of any of it can be told."""

import json
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

COLLECTIONS = ("preiseqza", "personalqzb", "technikqzc")
GROUPS = ("Vertrieb", "Personal", "Technik", "Revision")
CLASSES = ("public", "internal", "confidential", "strictly_confidential")


class Planted(NamedTuple):
    """A document, the word that its name carries and the word that its content carries."""

    collection: str
    path: str
    name: str
    content: str


def write_company(folder: Path) -> list[Planted]:
    """Write the documents of all collections below a folder; returns what was planted where."""
    planted = []
    for number, collection in enumerate(COLLECTIONS):
        for place, where in enumerate(("", "intern/", "intern/leitung/", "aushang/")):
            for copy in range(2):
                mark = f"{number}{place}{copy}"
                path = f"{where}name{mark}qx.md"
                text = _policy(f"inhalt{mark}qy", 20 + int(mark, 4))
                _write(folder / collection / path, text)
                planted.append(Planted(collection, path, f"name{mark}qx", f"inhalt{mark}qy"))
    planted += _versions(folder) + _twins(folder) + _mail(folder) + _sheets(folder) + _lists(folder)
    return planted


def policy_text(rules: dict[str, object]) -> str:
    """A policy as TOML; its tables are written in dotted form.

    Args:
        rules: value of each dotted key.
    """
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rules.items())


def _policy(word: str, days: int) -> str:
    return (
        f"# Regelung {word}\n\nVerfasser: Autor {word}\n\nStand: 01.02.2025\n\n"
        f"Der Urlaub beträgt {days} Urlaubstage im Jahr laut {word}. "
        f"Das Kilometergeld beträgt {days} Cent je Kilometer laut {word}.\n\n"
        f"## Abschnitt {word}\n\nDie Garantie auf Maschinen dauert {days} Monate laut {word}.\n"
    )


def _versions(folder: Path) -> list[Planted]:
    """Older and newer versions of the same document, side by side and in another folder."""
    found = []
    for year, place in ((2023, ""), (2024, ""), (2025, "intern/")):
        word, path = f"inhaltv{year}qy", f"{place}Richtlinie_namevqx_{year}.md"
        text = _policy("gleich", 30).replace("01.02.2025", f"01.02.{year}") + f"\nFassung {word}\n"
        _write(folder / "technikqzc" / path, text)
        found.append(Planted("technikqzc", path, f"namevqx_{year}", word))
    return found


def _twins(folder: Path) -> list[Planted]:
    """The same bytes in two collections: whoever may see one may read them, but not where else they lie."""
    text = _policy("zwilling", 33)
    for collection, name in (("preiseqza", "nametaqx"), ("personalqzb", "nametbqx")):
        _write(folder / collection / f"{name}.md", text)
    return [Planted("preiseqza", "nametaqx.md", "nametaqx", ""), Planted("personalqzb", "nametbqx.md", "nametbqx", "")]


def _mail(folder: Path) -> list[Planted]:
    """A mail with an attachment, which is a document of its own."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Urlaub inhaltmqy", "a@firma.test", "b@firma.test"
    mail.set_content("Der Urlaub beträgt 41 Urlaubstage laut inhaltmqy und das Kilometergeld 41 Cent.\n")
    mail.add_attachment(_policy("inhaltnqy", 42).encode(), maintype="text", subtype="plain", filename="namenqx.txt")
    target = folder / "personalqzb" / "namemqx.eml"
    target.write_bytes(mail.as_bytes())
    return [
        Planted("personalqzb", "namemqx.eml", "namemqx", "inhaltmqy"),
        Planted("personalqzb", "namemqx.eml/namenqx.txt", "namenqx", "inhaltnqy"),
    ]


def _sheets(folder: Path) -> list[Planted]:
    """Documents with pages, whose pictures the page shows."""
    from reportlab.pdfgen.canvas import Canvas

    found = []
    for mark, place in (("p0", ""), ("p1", "intern/")):
        path = f"{place}name{mark}qx.pdf"
        target = folder / "preiseqza" / path
        canvas = Canvas(str(target), invariant=1)
        canvas.drawString(72, 700, f"Das Kilometergeld beträgt 5{mark[1]} Cent je Kilometer laut inhalt{mark}qy.")
        canvas.save()
        found.append(Planted("preiseqza", path, f"name{mark}qx", f"inhalt{mark}qy"))
    return found


def _lists(folder: Path) -> list[Planted]:
    """Tables from which answers are worked out, the same kind under different rules."""
    found = []
    for number, (collection, place) in enumerate(
        (("preiseqza", ""), ("personalqzb", "intern/"), ("technikqzc", "intern/leitung/"), ("technikqzc", ""))
    ):
        mark = f"l{number}"
        path = f"{place}Geraeteliste_name{mark}qx.csv"
        rows = [f"Gerät inhalt{mark}qy {chr(65 + n)};{('gut', 'schlecht')[n % 2]};{100 + 7 * number + n},50 EUR"
                for n in range(4 + number)]  # fmt: skip
        _write(folder / collection / path, "\n".join(["Gerät;Zustand;Preis", *rows]) + "\n")
        found.append(Planted(collection, path, f"name{mark}qx", f"inhalt{mark}qy"))
    return found


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
