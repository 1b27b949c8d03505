"""A small tender in which three bidders gave pay, certificates, promises and partners.

Tŷ Gwyn pays everybody the living wage and is accredited; Vale Coaches is accredited too and pays
one role below; Northgate gave nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificates import Assurance, Claim
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Quote
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.services import certificates, commitments, goals, good_works, living_wage
from tendereval.services.session import Session
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import (
    AFTER,
    CRITERIA,
    DECLARATIONS,
    EVERYBODY,
    HEAD_AGREED,
    PANEL,
    TENDER,
    Desk,
    Result,
    Rows,
    place,
)
from tests.viewmodel.lead_desk import leading

TY_GWYN, VALE, NORTHGATE = BidderId("b-1"), BidderId("b-2"), BidderId("b-3")
NAMES = {TY_GWYN: "Tŷ Gwyn CIC", VALE: "Vale Coaches Ltd", NORTHGATE: "Northgate"}
APPRENTICES = "We will take on six apprentices from the county by 31 March 2028."
LONELY = "We will work with partners to reduce loneliness."

_TENDER: Rows = (
    *(row for row in TENDER if row[0] != "Title"),
    ("Title", "Community transport, door to door"),
    ("Buyer type", "sub-central"),
    ("Contract start", "1 April 2027"),
    ("Contract end", "31 March 2031"),
    ("Prices include VAT", "no"),
    ("Estimated value", "£6,000,000"),
    ("Estimated value includes VAT", "yes"),
)
_BIDDERS: Rows = (
    ("Bidder", "Identifier", "Address", "Email"),
    *((name, ref, "1 High Street", "bids@x.example") for ref, name in NAMES.items()),
)
_RESPONSES: Rows = (
    ("Bidder", "Ref", "Response"),
    ("Tŷ Gwyn CIC", "Q1", f"We build of oak. {LONELY}"),
    ("Tŷ Gwyn CIC", "Q2", f"{APPRENTICES} {LONELY}"),
    ("Vale Coaches Ltd", "Q1", "We build of pine."),
    ("Vale Coaches Ltd", "Q2", "We will endeavour to hire locally."),
    ("Northgate", "Q1", "We build."),
    ("Northgate", "Q2", "We hire."),
)
_WAY = ("set-up", "scoring", "price", "award", "closed")
_AGREED: Rows = (
    HEAD_AGREED,
    *(
        (name, ref, given, "Good.", "Good.", EVERYBODY, EVERYBODY)
        for points, name in zip((5, 3, 2), NAMES.values(), strict=True)
        for ref, given in (("Q1", points), ("Q2", points), ("PAY", "pass"))
    ),
)
_PRICES: Rows = (
    ("Bidder", "Price"),
    ("Tŷ Gwyn CIC", 600_000),
    ("Vale Coaches Ltd", 500_000),
    ("Northgate", 700_000),
)


def a_role(name: str, amount: str, heads: int = 2, hours: str = "30") -> PayRow:
    """Make a role paid by the hour in the UK."""
    return PayRow(
        name,
        Employer.DIRECT,
        WagePlace.UK,
        PayBasis.HOUR,
        Fraction(amount),
        Fraction(hours),
        heads,
    )


LIVING_WAGE = Claim(
    "lwf",
    "",
    "LW-1",
    date(2026, 6, 1),
    date(2028, 5, 31),
    "Every depot",
    "Foundation's list",
)
CHARTER = Claim(
    "gbc",
    "",
    "77",
    date(2026, 1, 1),
    date(2031, 12, 31),
    "Every site",
    "letter.pdf",
    offered_as=Assurance.INDEPENDENT,
)
OWN_BADGE = Claim(
    "",
    "",
    "V-9",
    date(2026, 9, 1),
    date(2032, 8, 31),
    "Depots",
    "audit.pdf",
    equivalent="Our audit",
)
WORKSHOP = Partner(
    "Vale Workshops",
    Category.SUPPORTED_EMPLOYMENT,
    direct=False,
    amount=Fraction(6000),
    purpose=True,
    tests=(Workforce(Route.ORGANISATION, 40, 12), Workforce(Route.PART, 10, 2)),
    includes_vat=False,
    evidence="Letter of intent",
)
KITCHEN = Partner(
    "Kitchen Co-operative",
    Category.COOPERATIVE,
    direct=False,
    amount=Fraction(2500),
    purpose=True,
    includes_vat=False,
)
WHOLE = Parts(
    "Depot managers; young people of the county",
    "Take on apprentices",
    Fraction(6),
    "apprentices",
    date(2028, 3, 31),
    "Payroll, checked by the contract manager",
    "0 apprentices",
    "One would be taken on anyway",
)


def _evidence(session: Session) -> None:
    living_wage.set_schedule(
        session, TY_GWYN, [a_role("Driver", "14.20", 24), a_role("Cleaner", "13.60", 6)]
    )
    living_wage.set_schedule(
        session,
        VALE,
        [a_role("Driver", "13.90", 12), a_role("Cleaner", "12.00", 6), a_role("Clerk", "17", 1)],
    )
    certificates.set_claims(session, TY_GWYN, [LIVING_WAGE, CHARTER])
    certificates.set_claims(session, VALE, [LIVING_WAGE, OWN_BADGE])
    good_works.set_partners(session, TY_GWYN, [WORKSHOP, KITCHEN])
    good_works.set_partners(session, VALE, [KITCHEN])
    parts = goals.GoalParts(
        "Routes into work", "Young people find work", "210 without", "under 100", date(2030, 12, 31)
    )
    goal = goals.add_goal(session, parts)
    goals.add_goal(session, goals.GoalParts("Cleaner journeys", "No one is left housebound"))
    _promise(session, "Q2", APPRENTICES, 0, WHOLE, goal.id)
    _promise(session, "Q2", LONELY, len(APPRENTICES) + 1, Parts(what="Reduce loneliness"))
    _promise(session, "Q1", LONELY, len("We build of oak. "), Parts(what="Reduce loneliness"))
    commitments.make(
        session, place(VALE, "Q2"), Quote("We will endeavour to hire locally", 0), Parts()
    )


def _promise(session: Session, ref: str, words: str, at: int, parts: Parts, goal: str = "") -> None:
    made = commitments.make(session, place(TY_GWYN, ref), Quote(words, at), parts)
    if goal:
        commitments.link(session, made.id, (goal,), ("8.5",))


def _check(result: Result) -> None:
    assert result.status == 0, result.err


def _set_up(desk: Desk) -> None:
    criteria = (*CRITERIA[:3], ("PAY", "Pay", "requirement", None, None, "?", None), CRITERIA[3])
    _check(desk.new({"Tender": _TENDER, "Criteria": criteria, "Panel": PANEL}))


def _scoring(desk: Desk) -> None:
    _check(desk.enter("published"))
    _check(desk.take_in({"Bidders": _BIDDERS, "Responses": _RESPONSES}))
    desk.clock.now = max(desk.clock.now, AFTER)
    _check(desk.enter("scoring"))
    _check(desk.take_in({"Declarations": DECLARATIONS}))
    with desk.session() as session:
        _evidence(session)


def _price(desk: Desk) -> None:
    _check(desk.enter("moderation", "--reason", "Scored on paper."))
    _check(desk.take_in({"Agreed": _AGREED}))
    _check(desk.enter("price"))
    _check(desk.take_in({"Prices": _PRICES}))


def _award(desk: Desk) -> None:
    _check(desk.enter("award"))


def _closed(desk: Desk) -> None:
    for words in (
        ("award", "--to", "Tŷ Gwyn CIC", "--rationale", "Chosen by the panel."),
        ("approve", "--person", "Dot Dean", "--role", "Director", "--word", "approves"),
    ):
        _check(desk.on_file(*words))
    _check(desk.enter("closed"))


_STEPS = dict(zip(_WAY, (_set_up, _scoring, _price, _award, _closed), strict=True))


@cache
def _made(stage: str) -> tuple[bytes, datetime]:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        at = _WAY.index(stage)
        if at:
            content, desk.clock.now = _made(_WAY[at - 1])
            desk.file.write_bytes(content)
        _STEPS[stage](desk)
        return desk.file.read_bytes(), desk.clock.now


def a_public_value_desk(folder: Path, stage: str = "scoring") -> Desk:
    """Make the tender at ``set-up``, ``scoring``, ``price``, ``award`` or ``closed``."""
    desk = Desk(folder)
    content, desk.clock.now = _made(stage)
    desk.file.write_bytes(content)
    return desk


@contextmanager
def showing_public_value(folder: Path, stage: str = "scoring") -> Iterator[SessionViewModel]:
    """Open the tender as the lead."""
    with leading(a_public_value_desk(folder, stage)) as desk:
        yield desk
