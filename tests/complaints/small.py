"""A regulation as small as can be, with a step for every guard: what a guard means is tested with it, and what the
example's regulation makes of it in its own stories."""

from datetime import date
from typing import Any

from haven.rulebook.procedure import Procedure
from haven.rulebook.versions import Procedures

KEY, VERSION = "small", "1"


def said(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def role(key: str, side: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": said(key), "article": "1", "side": side, **more}


def step(key: str, *who: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": said(key), "article": "2", "who": who, **more}


def content(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": said(key), "article": "3", **more}


SUPPORT = ["support_person", "legal_adviser", "confidential_counsellor"]

ROLES = [
    role("complainant", "party", equal=True, needed_unless="on_request", supported_by=SUPPORT),
    role("defendant", "party", equal=True, supported_by=SUPPORT),
    role("witness", "party", may_be_anonymous=True, supported_by=["support_person"]),
    role("support_person", "party"),
    role("legal_adviser", "party"),
    role("mediator", "party"),
    role("complaints_officer", "office"),
    role("portfolio_holder", "decider"),
    role("board", "decider"),
    role("supervisory_board", "decider", replaces=["board", "portfolio_holder"], when="board_member_involved"),
    role("chair", "committee", declares=True),
    role("vice_chair", "committee", declares=True),
    role("member", "committee", declares=True),
    role("secretary", "committee", declares=True),
    role("management_council", "other"),
    role("confidential_counsellor", "other"),
]

FINDING = content("finding", choices=[{"key": one, "label": said(one)} for one in ("founded", "unfounded")])

STEPS = [
    step("receipt", "complainant", contents=[content(one) for one in ("description", "defendants", "steps_taken")]),
    step("requested", "board", when="on_request", unless=["receipt"], contents=[content("description")]),
    step(
        "committee_active", "complaints_officer", after=["receipt"], needs=["committee_complete"], informs=["defendant"]
    ),
    step(
        "hearing",
        "secretary",
        after=["committee_active"],
        needs=["hearing_valid"],
        again=True,
        informs=["complainant", "defendant"],
    ),
    step("report_sent", "secretary", after=["hearing"], needs=["chair_approved", "served_both_sides"], again=True),
    step("longer", "chair", after=["hearing"], needs=["within_term"], extends={"term": "advice", "up_to": 30}),
    step("longer_agreed", "chair", after=["longer"], needs=["agreed_by_sides"], extends={"term": "advice"}),
    step(
        "recommendation",
        "chair",
        after=["hearing"],
        needs=["reasons_recorded"],
        letters=["recommendation"],
        contents=[
            content("nature"),
            FINDING,
            content("measures", given="founded"),
            content("aftercare", optional=True),
        ],
    ),
    step("discussion", "board", after=["recommendation"]),
    step(
        "decision",
        "board",
        letters=["decision"],
        after=["recommendation"],
        unless=["deviating"],
        informs=["complainant", "defendant"],
    ),
    step(
        "deviating",
        "board",
        after=["discussion"],
        unless=["decision"],
        needs=["discussed_before"],
        contents=[content("explanation")],
        informs=["complainant", "defendant"],
    ),
    step(
        "closed",
        "complaints_officer",
        after_any=["decision", "deviating"],
        needs=["dispatch_complete"],
        informs=["complainant", "defendant", "confidential_counsellor"],
        ends=True,
    ),
    step("unit_told", "board", after=["decision"], informs=["management_council"], letters=["outcome"]),
    step("withdrawn", "complainant", "complaints_officer", after=["receipt"], informs=["defendant"], ends=True),
]

BOX = {"label": said("x"), "hint": said("x")}
ASKED = {"name": said("x"), "title": said("x"), "about": said("x"), "article": "7"}
REQUESTS = [
    {"key": "separate_hearing", "boxes": [{"key": "why", **BOX}], **ASKED},
    {"key": "comment", "boxes": [{"key": "why", **BOX}], **ASKED},
    {"key": "witness", "boxes": [{"key": "name", **BOX}, {"key": "why", **BOX}], "first_hand": True, **ASKED},
    {"key": "measure", "boxes": [{"key": "why", **BOX}], "who": ["complainant"], **ASKED},
]

ADVICE = {
    "key": "advice", "name": said("advice"), "article": "4", "who": ["chair"], "counted_from": ["hearing"],
    "length": 40, "unit": "working_days", "met_by": ["recommendation"],
}  # fmt: skip

EXCEPTIONS = [
    {
        "key": "own_report",
        "name": said("x"),
        "article": "5",
        "documents": ["report"],
        "to": ["witness"],
        "own_only": True,
    },
    {"key": "receipt", "name": said("x"), "article": "5", "documents": ["receipt"], "to": ["complainant"]},
]

SIGNS = {
    "board_member_involved": "member_of_board",
    "on_request": "on_request",
    "complainant_employed": "starter_employed",
    "defendant_employed": "other_employed",
}
FACTS = [{"key": key, "label": said(key), "article": "6", "sign": sign} for key, sign in SIGNS.items()]


COMMITTEE = {
    "chairs": ["chair", "vice_chair"], "secretary": "secretary", "members": 2, "present": 2, "article": "2.4",
}  # fmt: skip


def regulation(**more: Any) -> Procedures:
    told = {
        "key": KEY, "version": VERSION, "name": said("small"), "about": said("small"), "kind": "complaint",
        "in_force": date(2019, 5, 6), "first": "receipt", "starter": "complainant", "facts": FACTS, "roles": ROLES,
        "steps": STEPS, "terms": [ADVICE], "exceptions": EXCEPTIONS, "requests": REQUESTS,
        "committee": COMMITTEE, "employed": ["employee", "phd", "board_member"], "of_the_board": ["board_member"],
        "own_experience": {"years": 3, "article": "3.3", "on_the_day": True},
        "former": {"years": 3, "article": "1.4", "on_the_day": False},
    }  # fmt: skip
    return Procedures(versions=(Procedure.model_validate(told | more),))
