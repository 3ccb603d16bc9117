"""The tree is the glossary: rooms without circles, few modules outside of them, tests that know no private names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PACKAGES = ("config", "ingest", "chatbot", "eval")


def circles(imports: dict[str, set[str]]) -> Iterator[list[str]]:
    """Groups of modules that import each other, by Tarjan's algorithm (1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []

    def visit(module: str) -> Iterator[list[str]]:
        order[module] = lowest[module] = len(order)
        path.append(module)
        for other in sorted(imports.get(module, ())):
            if other not in order:
                yield from visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in path:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            group = path[path.index(module) :]
            del path[path.index(module) :]
            if len(group) > 1:
                yield group

    for module in sorted(imports):
        if module not in order:
            yield from visit(module)


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    assert len(imports) > 250 and list(circles(imports)) == []
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == [["a", "b", "c"]]


def test_few_modules_stand_outside_of_the_rooms() -> None:
    assert {file.name for file in (ROOT / "chatbot").glob("*.py")} == {"__init__.py", "bootstrap.py", "domain.py"}
    assert {file.name for file in (ROOT / "ingest").glob("*.py")} == {"__init__.py", "documents.py", "vault.py"}


def test_every_room_says_what_it_is_for() -> None:
    rooms = [file for package in ("chatbot", "ingest") for file in (ROOT / package).rglob("__init__.py")]
    silent = {file.parent.name for file in rooms if not ast.get_docstring(ast.parse(file.read_text()))}
    assert silent <= {"chatbot", "ingest"}, "each room has a docstring; the packages have docs/architecture.md"


def private_imports(file: Path) -> Iterator[str]:
    """Names of the product that begin with an underscore and that a test imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
            yield from (f"{file.name}: {name.name}" for name in node.names if name.name.startswith("_"))


def test_no_test_imports_a_private_name() -> None:
    assert [name for file in (ROOT / "tests").rglob("*.py") for name in private_imports(file)] == []
