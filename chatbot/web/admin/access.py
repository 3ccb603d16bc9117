"""Who can see what: the policy in sentences, who finds a document, and what a person or service finds."""

from typing import Any

from fastapi import APIRouter, Request, Response

from chatbot.compliance.policy_report import accepted_terms, explain, warnings, what_can_see, who_can_see
from chatbot.web.admin.frame import Frame
from chatbot.web.admin.groups import known_groups
from chatbot.web.shell.forms import Language
from config.errors import FundstelleError
from config.messages import reader_language

_LONGEST = 1100


def access_pages(frame: Frame) -> APIRouter:
    """The route of the page on access.

    Args:
        frame: writes the page.
    """
    router, services = APIRouter(prefix="/admin"), frame.services
    policy = services.rights.policy

    @router.get("/access", response_class=Response)
    def access(
        request: Request, document: str = "", person: str = "", groups: str = "", accept_language: Language = ""
    ) -> Any:
        language = reader_language(accept_language)
        of_document, of_person, wrong = [], [], {}
        try:
            if document.strip():
                of_document = who_can_see(policy, document.strip()[:_LONGEST], language)
        except FundstelleError as error:
            wrong["document"] = error.text(language)
        try:
            if person.strip():
                mine = [one.strip() for one in groups.split(",") if one.strip()]
                of_person = what_can_see(policy, person.strip()[:_LONGEST], mine, language)
        except FundstelleError as error:
            wrong["person"] = error.text(language)
        rules, doubts, terms = _rules(frame, language)
        people = [*(one.name for one in policy.accounts.all()), *(one.name for one in policy.programs.all())]
        return frame.page(
            request, "admin_access", document=document, person=person, typed=groups, of_document=of_document,
            of_person=of_person, faults=wrong, rules=rules, doubts=doubts, terms=terms, people=people,
            groups=known_groups(services), policy_file=policy.policy.path, sign_in=policy.sign_in,
        )  # fmt: skip

    return router


def _rules(frame: Frame, language: Any) -> tuple[list[str], list[str], list[str]]:
    """What the policy says, where it does not fit, and who has accepted the terms of use; empty without a policy."""
    policy = frame.services.rights.policy
    if policy.policy.path is None:
        return [], [], []
    try:
        doubts = list(warnings(policy, policy.policy.current(), language))
        said = [one for one in explain(policy, language) if one not in doubts]
        return said, doubts, accepted_terms(policy, language)
    except FundstelleError as error:
        return [], [error.text(language)], []
