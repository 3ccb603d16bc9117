"""Which message says what the report has found."""

PURPOSES = {
    "ollama": "sovereignty.purpose.ollama",
    "qdrant": "sovereignty.purpose.qdrant",
    "database": "sovereignty.purpose.database",
    "timestamp": "sovereignty.purpose.timestamp",
    "sign_in": "sovereignty.purpose.sign_in",
    "page": "sovereignty.purpose.page",
}
PLACES = {
    "process": "sovereignty.place.process",
    "loopback": "sovereignty.place.loopback",
    "private": "sovereignty.place.private",
    "named": "sovereignty.place.named",
    "everywhere": "sovereignty.place.everywhere",
    "published": "sovereignty.place.published",
    "outside": "sovereignty.place.outside",
}
OUTCOMES = {
    "refused": "sovereignty.outcome.refused",
    "impossible": "sovereignty.outcome.impossible",
    "open": "sovereignty.outcome.open",
}
KINDS = {
    "tcp": "sovereignty.kind.tcp",
    "udp": "sovereignty.kind.udp",
    "lookup": "sovereignty.kind.lookup",
}
TELEMETRY = {
    "off": "sovereignty.telemetry.off",
    "on": "sovereignty.telemetry.on",
    "server": "sovereignty.telemetry.server",
    "none": "sovereignty.telemetry.none",
}
TASKS = {
    "answers": "sovereignty.task.answers",
    "embeddings": "sovereignty.task.embeddings",
    "judge": "sovereignty.task.judge",
    "checks": "sovereignty.task.checks",
}
STATES = {
    "checked": "sovereignty.state.checked",
    "damaged": "sovereignty.state.damaged",
    "missing": "sovereignty.state.missing",
    "there": "sovereignty.state.there",
    "unreachable": "sovereignty.state.unreachable",
    "not_asked": "sovereignty.state.not_asked",
    "cloud": "sovereignty.state.cloud",
}
ROUTES = {
    "none": "sovereignty.route.none",
    "there": "sovereignty.route.there",
    "unknown": "sovereignty.route.unknown",
}
