"""All that is known of what could leave the house, gathered once, and the report that says it."""

from datetime import UTC, datetime

from pydantic import computed_field

from chatbot.compliance.licences import licence_label
from chatbot.compliance.sovereignty.components import Component, Telemetry, components, telemetry
from chatbot.compliance.sovereignty.endpoints import Endpoint, endpoints
from chatbot.compliance.sovereignty.models import Model, models
from chatbot.compliance.sovereignty.self_test import Attempt, CloudName, Route, attempts, cloud_names, route_of_child
from chatbot.compliance.sovereignty.words import KINDS, OUTCOMES, PLACES, PURPOSES, ROUTES, STATES, TASKS, TELEMETRY
from chatbot.rendering.labels import local_clock
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.licences import Licence
from config.messages import Language, message
from config.settings import Settings
from ingest.documents import Frozen


class Sovereignty(Frozen):
    """What is connected to what, what it is made of, and what came of trying to get out.

    Attributes:
        made: when it was gathered.
        endpoints: every address in the settings.
        components: every installed package.
        telemetry: those known to phone home, with their switches as they are in this process.
        models: those of the catalogue and of Ollama.
        attempts: ways out of this process that were tried.
        cloud: models of Ollama's cloud that were put into the settings.
        route: whether what the guard does not watch would find a way out of this machine.
    """

    made: datetime
    endpoints: tuple[Endpoint, ...]
    components: tuple[Component, ...]
    telemetry: tuple[Telemetry, ...]
    models: tuple[Model, ...]
    attempts: tuple[Attempt, ...]
    cloud: tuple[CloudName, ...]
    route: Route

    @computed_field  # type: ignore[prop-decorator]
    @property
    def open_ways(self) -> tuple[str, ...]:
        """What was not refused; empty where the self-test is passed."""
        ways = (f"{one.call}({one.target})" for one in self.attempts if one.outcome == "open")
        names = (f"{one.setting}={one.model}" for one in self.cloud if not one.refused)
        return (*ways, *names)


def sovereignty(settings: Settings) -> Sovereignty:
    """Gather everything and try to get out of this process; no attempt reaches the network.

    Args:
        settings: of this installation.

    Raises:
        SettingsError: `database.url` is no SQLAlchemy URL.
    """
    installed = components()
    return Sovereignty(
        made=datetime.now(UTC),
        endpoints=endpoints(settings),
        components=installed,
        telemetry=telemetry(installed),
        models=models(settings),
        attempts=attempts(),
        cloud=cloud_names(),
        route=route_of_child(),
    )


def as_report(report: Sovereignty, language: Language, whole: bool = True) -> Report:
    """The report for a reader.

    Args:
        report: from `sovereignty`.
        language: of the reader.
        whole: whether to list every package, or only those that the product names as its own needs.
    """
    return Report(
        title=message("sovereignty.title", language),
        subtitle=message("sovereignty.made", language, at=local_clock(report.made, language)),
        language=language,
        blocks=(
            *_tried(report, language),
            *_connected(report, language),
            *_switched(report, language),
            *_known(report, language),
            *_built(report, language, whole),
        ),
    )


def _tried(report: Sovereignty, language: Language) -> list[Block]:
    rows = tuple(
        (
            message(KINDS[one.kind], language),
            one.call,
            one.target,
            message(OUTCOMES[one.outcome], language),
            one.error,
        )
        for one in report.attempts
    )
    refused = [one for one in report.cloud if one.refused]
    names = ", ".join(dict.fromkeys(one.model for one in report.cloud))
    result = (
        message("sovereignty.open", language, ways=", ".join(report.open_ways))
        if report.open_ways
        else message("sovereignty.all_refused", language)
    )
    cloud = message("sovereignty.cloud", language, refused=len(refused), count=len(report.cloud), names=names)
    return [
        Heading(text=message("sovereignty.heading.test", language), level=1, anchor="test"),
        Paragraph(text=result, strong=True),
        Table(head=_head("sovereignty.columns.test", language), rows=rows, widths=(2, 3, 4, 3, 5)),
        Paragraph(text=message("sovereignty.proof", language), muted=True),
        Items(items=(cloud, message("sovereignty.limit", language), message(ROUTES[report.route], language))),
    ]


def _connected(report: Sovereignty, language: Language) -> list[Block]:
    warnings = tuple(
        message("sovereignty.warning", language, setting=one.setting, host=one.host, place=_place(one, language))
        for one in report.endpoints
        if one.warns
    )
    rows = tuple(
        (
            message(PURPOSES[one.purpose], language),
            one.setting,
            one.address or "–",
            one.host or "–",
            _place(one, language),
        )
        for one in report.endpoints
    )
    return [
        Heading(text=message("sovereignty.heading.endpoints", language), level=1, anchor="endpoints"),
        *(Paragraph(text=warning, strong=True) for warning in warnings),
        Table(head=_head("sovereignty.columns.endpoints", language), rows=rows, widths=(4, 3, 4, 3, 4)),
        Paragraph(text=message("sovereignty.fetching", language), muted=True),
    ]


def _place(endpoint: Endpoint, language: Language) -> str:
    if endpoint.purpose == "timestamp" and not endpoint.address:
        return message("sovereignty.place.unset", language)
    place = message(PLACES[endpoint.place], language)
    return place if endpoint.used else message("sovereignty.unused", language, place=place)


def _switched(report: Sovereignty, language: Language) -> list[Block]:
    rows = tuple(
        (
            f"{one.component} {one.version}",
            one.contacts or "–",
            "\n".join(f"{switch.variable}={switch.found or ''}" for switch in one.switches) or "–",
            message(TELEMETRY[one.state], language),
        )
        for one in report.telemetry
    )
    return [
        Heading(text=message("sovereignty.heading.telemetry", language), level=1, anchor="telemetry"),
        Table(head=_head("sovereignty.columns.telemetry", language), rows=rows, widths=(3, 3, 4, 4)),
        Paragraph(text=message("sovereignty.servers", language), muted=True),
    ]


def _known(report: Sovereignty, language: Language) -> list[Block]:
    said_by_ollama = message("sovereignty.by_publisher", language)
    rows = tuple(
        (
            message(TASKS[one.task], language),
            one.name,
            one.origin or said_by_ollama,
            licence_label(Licence(name=one.licence, use=one.use), language) or said_by_ollama,
            one.digest or "–",
            message(STATES[one.state], language),
        )
        for one in report.models
    )
    head = _head("sovereignty.columns.models", language)
    return [
        Heading(text=message("sovereignty.heading.models", language), level=1, anchor="models"),
        Table(head=head, rows=rows, widths=(2, 4, 3, 3, 5, 3)),
    ]


def _built(report: Sovereignty, language: Language, whole: bool) -> list[Block]:
    shown = [one for one in report.components if whole or one.direct]
    rows = tuple((one.name, one.version, one.licence or "–", _need(one, language)) for one in shown)
    needed = sum(one.needed for one in report.components)
    count = message("sovereignty.packages", language, count=len(report.components), needed=needed, shown=len(shown))
    return [
        Heading(text=message("sovereignty.heading.components", language), level=1, anchor="components"),
        Paragraph(text=count),
        Table(head=_head("sovereignty.columns.components", language), rows=rows, widths=(4, 2, 5, 3)),
    ]


def _need(component: Component, language: Language) -> str:
    if component.direct:
        return message("sovereignty.need.direct", language)
    if component.needed:
        return message("sovereignty.need.indirect", language)
    return message("sovereignty.need.none", language)


def _head(key: str, language: Language) -> tuple[str, ...]:
    return tuple(part.strip() for part in message(key, language).split("|"))
