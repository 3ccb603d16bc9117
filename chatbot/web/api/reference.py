"""What the routes are, for people: written from the same schema that programs read, without a script or a font."""

from collections.abc import Iterator
from typing import Any

from chatbot.rendering.report import Block, Heading, Paragraph, Report, Table
from config.messages import Language, message

_WIDTHS = (24, 22, 54)


def reference(schema: dict[str, Any], prefix: str, language: Language) -> Report:
    """The routes of a schema as a page.

    Args:
        schema: in OpenAPI's form.
        prefix: of all addresses in it.
        language: of the page's own words; what the schema says is English.
    """
    blocks: list[Block] = [Paragraph(text=message("api.intro", language))]
    for path, methods in schema["paths"].items():
        for method, described in methods.items():
            blocks.append(Heading(text=described.get("summary", path), level=1))
            blocks.append(Paragraph(text=f"{method.upper()} {prefix}{path}", strong=True))
            blocks.append(Paragraph(text=" ".join(described.get("description", "").split())))
            blocks += _table(list(_parameters(described)), "api.parameters", language)
            blocks += _table(list(_members(described.get("requestBody", {}), schema)), "api.body", language)
            answered: dict[str, Any] = next(
                (a for code, a in described["responses"].items() if code.startswith("2")), {}
            )
            blocks += _table(list(_members(answered, schema)), "api.answer", language)
    return Report(
        title=message("api.title", language), subtitle=schema["info"]["description"], language=language,
        blocks=tuple(blocks), footer="",
    )  # fmt: skip


def _table(rows: list[tuple[str, ...]], title: str, language: Language) -> list[Block]:
    head = tuple(message(f"api.column.{name}", language) for name in ("name", "type", "meaning"))
    shown: list[Block] = [
        Heading(text=message(title, language), level=2),
        Table(head=head, rows=tuple(rows), widths=_WIDTHS),
    ]
    return shown if rows else []


def _parameters(described: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for one in described.get("parameters", ()):
        yield one["name"], _type(one["schema"]), one.get("description", "")


def _members(content: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    form = content.get("content", {}).get("application/json", {}).get("schema", {})
    named = form.get("$ref", "").rpartition("/")[2]
    described = schema.get("components", {}).get("schemas", {}).get(named, form)
    for name, one in described.get("properties", {}).items():
        yield name, _type(one), one.get("description", "")


def _type(form: dict[str, Any]) -> str:
    if "$ref" in form:
        return str(form["$ref"]).rpartition("/")[2]
    if "anyOf" in form:
        return " | ".join(map(_type, form["anyOf"]))
    if "enum" in form:
        return " | ".join(map(str, form["enum"]))
    if form.get("type") == "array":
        return f"[{_type(form.get('items', {}))}]"
    return str(form.get("const", form.get("format") or form.get("type", "")))
