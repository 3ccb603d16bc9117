"""Records as an auditor gets to see them: within what the auditor may inspect, and noted as read first."""

from fastapi import Request

from chatbot.audit.read import Record, read_record
from chatbot.records.inspections import How
from chatbot.web.services import AuditServices
from config.access import Clearance


def clearance_of(services: AuditServices, request: Request) -> Clearance:
    """What the auditor of a request may inspect."""
    return services.people.inspects(request.state.person)


def inspected(services: AuditServices, request: Request, identity: str, how: How = "page") -> Record:
    """A record that the request's auditor may see, after it was noted that it is read.

    Raises:
        RecordMissing: there is none, or it is not for this auditor.
    """
    record = read_record(services.records.database, identity, clearance_of(services, request))
    services.records.inspections.note([record.id], request.state.person.name, how)
    return record
