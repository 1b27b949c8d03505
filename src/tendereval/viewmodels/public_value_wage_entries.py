"""Typing about the living wage: what the tender makes of the check, and rates read in a source."""

from dataclasses import replace
from datetime import date

from tendereval.domain.publicvalue.living_wage import RateYear, WageSetting, WageUse
from tendereval.domain.publicvalue.wage_use import (
    COUNCIL_RECORDS,
    NEVER_A_CONDITION,
    is_english_council,
)
from tendereval.domain.stages import Stage
from tendereval.domain.tender import CriterionKind
from tendereval.services import living_wage
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import (
    Choices,
    Shape,
    Unreadable,
    capital,
    choices_of,
    read_amount,
    read_day,
    show_day,
)
from tendereval.viewmodels.public_value_entry import Entry, Typed, long_field, typed_field
from tendereval.viewmodels.session_view_model import SessionViewModel

_DAY_HINT = "Blank is the day of the tender deadline."


def use_entry(desk: SessionViewModel) -> Entry:
    """Return the page on which the lead chooses what the tender makes of the check."""
    now = desk.now
    with desk.reading() as reader:
        setting = public_value.wage_setting(reader)
    council = is_english_council(now.details)
    fields = [
        typed_field(
            "use",
            "What the tender makes of the check",
            shape=Shape.CHOICE,
            choices=choices_of(WageUse, blank="", words=capital),
            hint=NEVER_A_CONDITION,
        ),
        typed_field(
            "criterion",
            "Criterion it belongs to",
            shape=Shape.CHOICE,
            choices=_criteria(now),
            hint="Needed for a scored question and for a criterion whose failure disqualifies.",
            optional=True,
        ),
        typed_field(
            "check_on", "Day whose rate counts", read_day, hint=_DAY_HINT, optional=True, width=24
        ),
        long_field(
            "reason",
            "Reason",
            "Why it is off, or why the authority asks about pay.",
            optional=not council,
        ),
    ]
    for name, label in (("relevance", "Relevance"), ("proportionality", "Proportionality")):
        hint = f"How asking is {_ASKING[name]}."
        fields.append(long_field(name, label, hint, optional=not council))
    if now.stage is not Stage.SET_UP:
        fields.append(
            long_field("why", "Why the choice changes", "The tender is published; it is kept.")
        )
    under = COUNCIL_RECORDS if council is not False else ""
    return Entry(
        "What the tender makes of the living wage check",
        under,
        tuple(fields),
        _shown(setting),
        "Record the choice",
        lambda typed: living_wage.choose_use(
            desk.session, _setting(setting, typed), typed.get("why", "")
        ),
    )


_ASKING = {"relevance": "related to this contract", "proportionality": "no more than it needs"}


def _criteria(now: Situation) -> Choices:
    kept = CriterionKind.REQUIREMENT
    rows = [
        (row.ref, f"{row.ref}  {row.title}", True)
        for row in now.method.criteria
        if row.kind.is_scored or row.kind is kept
    ]
    return (("", "None", True), *rows)


def _shown(setting: WageSetting) -> Typed:
    return {
        "use": str(setting.use),
        "criterion": setting.criterion,
        "check_on": "" if setting.check_on is None else show_day(setting.check_on),
        "reason": setting.reason,
        "relevance": setting.relevance,
        "proportionality": setting.proportionality,
        "why": "",
    }


def _setting(earlier: WageSetting, typed: Typed) -> WageSetting:
    return replace(
        earlier,
        use=WageUse(typed["use"]),
        criterion=typed["criterion"],
        check_on=read_day(typed["check_on"]),
        reason=typed["reason"],
        relevance=typed["relevance"],
        proportionality=typed["proportionality"],
    )


def rates_entry(desk: SessionViewModel) -> Entry:
    """Return the page on which the rates of one year are entered, as read in a source."""
    with desk.reading() as reader:
        years = living_wage.rates_of(reader).years
    fields = (
        typed_field(
            "year", "Year, as the Foundation names it", _year, hint="Such as 2026-27.", width=14
        ),
        typed_field("uk", "UK, pounds an hour", read_amount, width=14),
        typed_field("london", "London, pounds an hour", read_amount, width=14),
        typed_field("announced", "Announced on", read_day, width=24),
        typed_field(
            "deadline",
            "Accredited employers pay it from",
            read_day,
            hint="The last day by which they must.",
            width=24,
        ),
        long_field("source", "Source", "Where you read it: it is shown with every finding."),
    )
    age = years[-1].min_age if years else 0
    return Entry(
        "Enter the rates of one year",
        "They count in this tender from now on. What is left blank stays unknown.",
        fields,
        dict.fromkeys(("year", "uk", "london", "announced", "deadline", "source"), ""),
        "Enter the rates",
        lambda typed: living_wage.enter_rates(desk.session, _rates(typed, age)),
    )


def _year(text: str) -> str:
    first, _, last = text.strip().partition("-")
    known = first.isdecimal() and last.isdecimal() and (len(first), len(last)) == (4, 2)
    if text.strip() and not (known and (int(first) + 1) % 100 == int(last)):
        raise Unreadable("Write the year like 2026-27.")
    return text.strip()


def _rates(typed: Typed, age: int) -> RateYear:
    if not typed["year"].strip():
        raise Unreadable("The year is missing.")
    days: dict[str, date | None] = {
        name: read_day(typed[name]) for name in ("announced", "deadline")
    }
    return RateYear(
        _year(typed["year"]),
        days["announced"],
        days["deadline"],
        read_amount(typed["uk"]),
        read_amount(typed["london"]),
        age,
        rates_verified=False,
        dates_verified=False,
        source=typed["source"],
    )
