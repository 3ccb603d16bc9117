"""Languages are data: what the folders must hold, and that nothing else in the code knows a language's words."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.index.sparse import passage_vector
from ingest.text.languages import LANGUAGES, Languages, pattern_of, profile, stopwords, words_of
from ingest.text.words import detect_language, stem, stems

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "ingest/text/languages"
FILES = sorted(file.name for file in (FOLDER / "de").iterdir())
# Tables whose keys the code names. The keys of all others are words, units or pairs, and each language has its own.
NAMED_TABLES = {"metadata.toml": ("before_dates", "types")}
FRENCH = {
    "language.toml": 'code = "fr"\nstemmer = "french"\nletters = "éèêàâçœ"\n',
    "stopwords.txt": "le la les des est ne pas et de un une dans pour aux\n",
    "sentences.toml": 'abbreviations = ["av"]\n',
    "numbers.toml": "[cardinals]\nquatre = 4\n",
    "units.toml": '[time]\nwoch = ["semaine", "semaines"]\n',
    "dates.toml": '[months]\n"février" = 2\n',
    "negation.toml": 'denying = ["pas", "jamais"]\n',
    "antonyms.toml": '[pairs]\nmore_less = [["plus"], ["moins"]]\n',
}


def contents(language: str, file: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / language / file).read_text(encoding="utf-8"))


def with_french(folder: Path) -> Path:
    """A copy of the folders with a language that has a few words only."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "fr").mkdir()
    for name, text in FRENCH.items():
        (folder / "fr" / name).write_text(text, encoding="utf-8")
    return folder


def test_german_and_english_have_the_same_files() -> None:
    assert LANGUAGES == ("de", "en")
    assert sorted(file.name for file in (FOLDER / "en").iterdir()) == FILES


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".toml")])
def test_german_and_english_have_the_same_entries(file: str) -> None:
    german, english = contents("de", file), contents("en", file)
    assert list(german) == list(english)
    for table in NAMED_TABLES.get(file, ()):
        assert list(german[table]) == list(english[table])


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".toml") and name != "language.toml"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_who_reads_it(file: str, language: str) -> None:
    said = re.findall(r"^# .*", (FOLDER / language / file).read_text(encoding="utf-8"), re.M)
    readers = re.findall(r"[\w/]+\.py", "\n".join(said))
    paths = [ROOT / (name if "/" in name else f"{readers[0].rpartition('/')[0]}/{name}") for name in readers]
    assert paths and all(f"{file.removesuffix('.toml')}." in path.read_text() for path in paths)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_has_the_name_of_its_language(language: str) -> None:
    assert profile(language).code == language and profile(language).stemmer and stopwords(language)


def test_a_folder_adds_a_language(tmp_path: Path) -> None:
    languages = Languages(with_french(tmp_path / "languages"))
    assert languages.codes == ("de", "en", "fr")
    assert "av" in languages.words_of("sentences.abbreviations")
    assert languages.words_of("sentences.abbreviations", "fr") == ("av",)
    assert (("mehr", "more", "plus"), ("weniger", "less", "fewer", "moins")) in languages.pairs_of("antonyms.pairs")
    assert languages.groups_of("units.time")["woch"] == ("woche", "wochen", "week", "weeks", "semaine", "semaines")
    assert languages.numbers_of("numbers.cardinals")["quatre"] == 4


def test_what_a_language_lacks_counts_as_no_words(tmp_path: Path) -> None:
    languages = Languages(with_french(tmp_path / "languages"))
    assert languages.words_of("places.no_places", "fr") == ()
    assert re.search(languages.pattern_of("places.before_place", "fr"), "dans Paris") is None
    assert languages.profile("fr").tesseract == "" and languages.profile("fr").capitalised_nouns is False


@pytest.mark.integration
def test_a_new_language_works_without_a_change_of_the_code(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ingest", tmp_path / "ingest", ignore=shutil.ignore_patterns("__pycache__", "languages"))
    with_french(tmp_path / "ingest/text/languages")
    checks = """
        import ingest.text.languages
        assert ingest.text.languages.LANGUAGES == ("de", "en", "fr"), ingest.text.languages.__file__
        from chatbot.verification.antonyms import opposed
        from chatbot.verification.claims import claims_of
        from ingest.text.negation import negations
        from ingest.text.numbers import conflicting_figures, missing_numbers
        from ingest.text.sentences import sentences
        from ingest.text.words import detect_language, stems
        said = "Les congés sont de quatre semaines."
        assert detect_language(said) == "fr" and claims_of(said, "")[0].language == "fr"
        assert stems(said, "fr") == ["cong", "sont", "quatr", "semain"]
        assert sentences("Il habite av. Foch. Il est parti.") == ["Il habite av. Foch.", "Il est parti."]
        assert missing_numbers(said, "4 Wochen") == [] == conflicting_figures(said, "4 Wochen")
        assert conflicting_figures(said, "5 Wochen") == ["4 semaines"]
        assert missing_numbers("le 3 février", "am 3. Februar") == []
        assert negations("Ce n'est jamais permis.") == 1
        assert opposed("plus de congés", "weniger Urlaub")
        assert detect_language("Wie viele Tage sind es?") == "de"
    """
    script = "\n".join(line.strip() for line in checks.splitlines())
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_language_without_a_folder_is_treated_as_none() -> None:
    assert stopwords("fr") == frozenset()
    assert stems("Les Congés payés", "fr") == ["les", "congés", "payés"]
    assert stem("könige", "fr") == "könige" and stem("könige", "de") == "konig"
    assert words_of("sentences.abbreviations", "fr") == ()
    assert re.search(pattern_of("negation.denying", "fr"), "nicht") is None
    assert profile("fr").capitalised_nouns is False and profile("fr").stemmer == ""
    assert len(passage_vector("Les Congés payés", "fr").indices) == 3
    assert detect_language("", "fr") == "fr"


def named_entries(code: str) -> set[str]:
    """The entries that a module names in full."""
    return set(re.findall(r"""(?:words|pattern|numbers|groups|pairs)_of\(f?["']([a-z]+\.[a-z_]+)["']""", code))


def test_every_entry_that_the_code_names_is_there() -> None:
    code = "\n".join(file.read_text() for folder in ("ingest", "chatbot") for file in (ROOT / folder).rglob("*.py"))
    missing = [
        entry
        for entry in named_entries(code)
        if entry.partition(".")[2] not in contents("de", f"{entry.partition('.')[0]}.toml")
    ]
    assert len(named_entries(code)) > 50 and missing == []


def test_every_name_in_an_injection_pattern_is_an_entry_or_a_shape() -> None:
    from chatbot.verification import injection

    patterns = (*injection.PATTERNS, *injection.SHAPES.values(), *words_of("injection.patterns"))
    named = {name for pattern in patterns for name in re.findall(r"<(\w+)>", pattern)}
    assert named - injection.SHAPES.keys() == contents("de", "injection.toml").keys() - {"patterns"}


def texts(value: Any) -> Iterator[str]:
    """All words of an entry, the keys of tables as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", re.sub(r"\\[a-zA-Z]", " ", text).lower()))


def vocabulary(language: str) -> set[str]:
    """Every word of a language's folder, its regular expressions taken apart."""
    entries = [text for name in FILES if name.endswith(".toml") for value in contents(language, name).values()
               for text in texts(value)]  # fmt: skip
    return {word for text in entries for word in words_in(text)} | stopwords(language)


def strings(statement: ast.stmt) -> Iterator[str]:
    """The strings of a statement, but not of those within it; a docstring is none."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    nodes: list[ast.AST] = list(ast.iter_child_nodes(statement))
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.stmt):
            nodes += ast.iter_child_nodes(node)


def german_words(file: Path, german: set[str]) -> Iterator[tuple[int, set[str]]]:
    """Lines of a module with a statement that has several German words."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.stmt):
            found = {word for text in strings(node) for word in words_in(text)} & german
            if len(found) >= 3:
                yield node.lineno, found


def test_no_module_holds_a_list_of_german_words(tmp_path: Path) -> None:
    known = vocabulary("de") - vocabulary("en")
    german = {word for word in known if len(word) >= 4 or set("äöüß") & set(word)}
    modules = [file for folder in ("ingest", "chatbot") for file in sorted((ROOT / folder).rglob("*.py"))]
    found = {
        f"{file.relative_to(ROOT)}:{line}": words for file in modules for line, words in german_words(file, german)
    }
    assert len(modules) > 100 and found == {}
    module = tmp_path / "listed.py"
    module.write_text('"""nicht keine niemals"""\n_DENYING = re.compile(r"\\b(?:nicht|keine[mnrs]?|niemals)\\b")\n')
    assert [line for line, _ in german_words(module, german)] == [2]
