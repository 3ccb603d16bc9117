"""The command that answers a question."""

from typing import Annotated

import typer

from chatbot.cli.context import start


def ask(
    question: Annotated[str, typer.Argument(help="cli.opt.question")],
    as_json: Annotated[bool, typer.Option("--json", help="cli.opt.json")] = False,
    collection: Annotated[list[str] | None, typer.Option(help="cli.opt.in_collection")] = None,
    kind: Annotated[list[str] | None, typer.Option("--type", help="cli.opt.in_type")] = None,
    department: Annotated[list[str] | None, typer.Option(help="cli.opt.in_department")] = None,
    valid: Annotated[bool, typer.Option("--valid", help="cli.opt.valid")] = False,
) -> None:
    settings, language, console = start()
    from datetime import date

    from chatbot.answering.pipeline import answer
    from chatbot.bootstrap import bootstrap
    from chatbot.cli.print_answer import print_answer
    from ingest.index.filters import Filters

    filters = Filters(
        collections=tuple(collection or ()),
        types=tuple(kind or ()),
        departments=tuple(department or ()),
        valid_on=date.today() if valid else None,
    )
    with bootstrap(settings) as services:
        events = answer(question, [], services.people.local_person(), services.answering(), filters)
        if as_json:
            *_, last = events
            print(last.answer.model_dump_json(indent=2))  # type: ignore[union-attr]
        else:
            print_answer(events, console, language)
