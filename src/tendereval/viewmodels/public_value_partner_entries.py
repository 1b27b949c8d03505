"""Typing about the one per cent: partners with the 30 per cent test, and the target."""

from fractions import Fraction

from tendereval.domain.errors import UnknownReference
from tendereval.domain.exact import money
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.share_check import thirty_percent_test
from tendereval.domain.publicvalue.share_finding import LEAST, percent
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import good_works
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import (
    YES_OR_NO,
    FormField,
    Shape,
    Unreadable,
    capital,
    choices_of,
    read_amount,
    read_count,
    show_yes_or_no,
    yes_or_no,
)
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    long_field,
    must_be_said,
    read_percent,
    reason_field,
    show_percent,
    typed_field,
)
from tendereval.viewmodels.session_view_model import SessionViewModel

_DIRECT = (("no", "A subcontractor or supplier", True), ("yes", "The bidder itself", True))
_TEST = "The 30% test, by any one of three routes"
_TEST_HINT = "Procurement Act 2023, s.32(4): exactly 30% passes."


def partner_entry(desk: SessionViewModel, bidder: BidderId, at: int | None) -> Entry:
    """Return the page for one partner.

    Args:
        desk: the open file.
        bidder: who names it.
        at: its number in the list; None for another one.
    """
    now, partners = _read(desk, bidder)
    earlier = None if at is None else _nth(partners, at)
    # A share beside an amount gives the price away while prices are out of sight.
    hides = earlier is not None and earlier.amount is not None and not may(now.stage, Act.RANK)

    def record(typed: Typed) -> None:
        wanted = _partner(now, typed, earlier if hides else None)
        items = list(partners)
        if at is None:
            items.append(wanted)
        else:
            items[at] = wanted
        good_works.set_partners(desk.session, bidder, items, typed.get(REASON, ""))

    name = now.bidder_name(bidder)
    fields = (*_fields(hides=hides), *_lots(now), *_reasons(now, partners))
    return Entry(
        f"A partner of {name}" if at is None else f"Change a partner of {name}",
        "A Good Works organisation gives work, or support to work, to people who are disabled or "
        "disadvantaged.",
        fields,
        _shown(earlier),
        "Add the partner" if at is None else "Record the change",
        record,
        _teaches,
    )


def remove_partner_entry(desk: SessionViewModel, bidder: BidderId, at: int) -> Entry:
    """Return the page on which a partner is taken out of the list."""
    now, partners = _read(desk, bidder)
    gone = _nth(partners, at)

    def record(typed: Typed) -> None:
        rest = [one for number, one in enumerate(partners) if number != at]
        good_works.set_partners(desk.session, bidder, rest, typed.get(REASON, ""))

    return Entry(
        f"Take {gone.name} out of the partners of {now.bidder_name(bidder)}",
        "The record keeps that it was named.",
        _reasons(now, partners) or (reason_field(optional=True),),
        {REASON: ""},
        "Take it out",
        record,
    )


def target_entry(desk: SessionViewModel) -> Entry:
    """Return the page on which the share aimed at is set."""
    with desk.reading() as reader:
        target = public_value.share_target(reader)

    def record(typed: Typed) -> None:
        share = read_percent(typed["share"])
        if share is None:
            raise Unreadable("The share is missing: write it like 1%.")
        good_works.set_target(desk.session, share, typed[REASON])

    return Entry(
        "The share aimed at",
        "One per cent of the price is aimed at until you set another share. It is information: "
        "missing it changes no mark and no rank.",
        (
            typed_field("share", "Share of the price", read_percent, width=14, hint="Such as 1%."),
            reason_field(),
        ),
        {"share": show_percent(target.share), REASON: target.reason},
        "Set the target",
        record,
    )


def _read(desk: SessionViewModel, bidder: BidderId) -> tuple[Situation, tuple[Partner, ...]]:
    now = desk.now
    with desk.reading() as reader:
        return now, public_value.partners(reader).get(bidder, ())


def _nth(partners: tuple[Partner, ...], at: int) -> Partner:
    if not 0 <= at < len(partners):
        raise UnknownReference("The partner is not in the list any more.", "Look again.")
    return partners[at]


def _reasons(now: Situation, partners: tuple[Partner, ...]) -> tuple[FormField[Typed], ...]:
    needed = bool(partners) and now.stage.position >= Stage.SCORING.position
    return (reason_field(hint="Why the list changes; it is kept."),) if needed else ()


def _lots(now: Situation) -> tuple[FormField[Typed], ...]:
    if len(now.method.lots) < 2:  # noqa: PLR2004 - one lot is the whole tender
        return ()
    every = ("", "All lots of the bid together", True)
    each = ((str(lot.ref), f"Lot {lot.ref}", True) for lot in now.method.lots)
    return (typed_field("lot", "Which lot", shape=Shape.CHOICE, choices=(every, *each), width=30),)


def _fields(*, hides: bool) -> tuple[FormField[Typed], ...]:
    share = typed_field(
        "share", "or share of the price", read_percent, hint="Such as 1%.", optional=True, width=18
    )
    return (
        typed_field("name", "Partner", lambda text: must_be_said(text, "The name")),
        typed_field(
            "identifier", "Identifier", optional=True, hint="Company or charity number.", width=26
        ),
        typed_field(
            "category",
            "Why it counts",
            shape=Shape.CHOICE,
            choices=choices_of(Category, blank="", words=capital),
            width=30,
        ),
        typed_field("direct", "Who does the work", shape=Shape.CHOICE, choices=_DIRECT, width=30),
        typed_field(
            "amount", "Amount over the whole contract, pounds", read_amount, optional=True, width=30
        ),
        *(() if hides else (share,)),
        typed_field(
            "includes_vat", "VAT in the amount", shape=Shape.CHOICE, choices=YES_OR_NO, width=18
        ),
        typed_field(
            "years",
            "Years it runs",
            read_count,
            hint="Blank: the whole contract.",
            optional=True,
            width=18,
        ),
        typed_field(
            "purpose",
            "Is giving work to disabled or disadvantaged people its purpose, wholly or partly?",
            shape=Shape.CHOICE,
            choices=YES_OR_NO,
        ),
        *_route_fields(),
        long_field("evidence", "Evidence", "What proves it. Blank: committed, not evidenced."),
    )


def _route_fields() -> tuple[FormField[Typed], ...]:
    found = []
    for route in Route:
        first = route is Route.ORGANISATION
        found.append(
            typed_field(
                f"{route.name}:all",
                f"People in {route}",
                read_count,
                optional=True,
                width=32,
                group=_TEST if first else "",
                hint=_TEST_HINT if first else "",
            )
        )
        found.append(
            typed_field(
                f"{route.name}:of",
                "of them disabled or disadvantaged",
                read_count,
                optional=True,
                width=30,
            )
        )
    return tuple(found)


def _shown(partner: Partner | None) -> Typed:
    typed = {
        "name": "",
        "identifier": "",
        "category": str(Category.SUPPORTED_EMPLOYMENT),
        "direct": "no",
        "amount": "",
        "share": "",
        "includes_vat": "",
        "years": "",
        "purpose": "",
        "evidence": "",
        "lot": "",
        REASON: "",
    }
    for route in Route:
        typed[f"{route.name}:all"] = typed[f"{route.name}:of"] = ""
    if partner is None:
        return typed
    for test in partner.tests:
        typed[f"{test.route.name}:all"] = str(test.workforce)
        typed[f"{test.route.name}:of"] = str(test.disadvantaged)
    return typed | {
        "name": partner.name,
        "identifier": partner.identifier,
        "category": str(partner.category),
        "direct": show_yes_or_no(partner.direct),
        "amount": "" if partner.amount is None else money(partner.amount),
        "share": show_percent(partner.share),
        "includes_vat": _said(partner.includes_vat),
        "years": "" if partner.years is None else str(partner.years),
        "purpose": _said(partner.purpose),
        "evidence": partner.evidence,
        "lot": partner.lot or "",
    }


def _said(answer: bool | None) -> str:  # noqa: FBT001 - three answers
    return "" if answer is None else show_yes_or_no(answer)


def _partner(now: Situation, typed: Typed, hidden: Partner | None) -> Partner:
    share = hidden.share if hidden is not None else read_percent(typed["share"])
    return Partner(
        must_be_said(typed["name"], "The name"),
        Category(typed["category"]),
        typed["direct"] == "yes",
        amount=read_amount(typed["amount"]),
        share=share,
        purpose=yes_or_no(typed["purpose"]),
        tests=_tests(typed),
        includes_vat=yes_or_no(typed["includes_vat"]),
        years=read_count(typed["years"]),
        evidence=typed["evidence"].strip(),
        identifier=typed["identifier"].strip(),
        lot=now.lot(typed["lot"]) if typed["lot"] else None,
    )


def _tests(typed: Typed) -> tuple[Workforce, ...]:
    found = []
    for route in Route:
        everybody = read_count(typed[f"{route.name}:all"])
        of_them = read_count(typed[f"{route.name}:of"])
        if (everybody is None) != (of_them is None):
            raise Unreadable(f"Of {route} give both figures, or neither.")
        if everybody is not None and of_them is not None:
            found.append(Workforce(route, everybody, of_them))
    return tuple(found)


def _teaches(typed: Typed) -> tuple[str, ...]:
    """Say how each route that has figures stands; exactly 30 per cent passes."""
    try:
        tests = _tests(typed)
    except Unreadable as problem:
        return (str(problem),)
    said = []
    for test in tests:
        if test.workforce and test.disadvantaged <= test.workforce:
            share = percent(Fraction(test.disadvantaged, test.workforce), beside=LEAST)
            said.append(f"In {test.route}: {share}, {thirty_percent_test(test)}.")
    return tuple(said)
