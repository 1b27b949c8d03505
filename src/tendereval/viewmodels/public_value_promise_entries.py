"""Typing about commitments: what they say, withdrawing, KPIs, who answers, what was delivered."""

from datetime import date

from tendereval.domain.errors import UnknownReference
from tendereval.domain.exact import decimal_text
from tendereval.domain.publicvalue.commitment_check import REQUIRED, says
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal
from tendereval.domain.publicvalue.contract_schedule import amount_text
from tendereval.domain.stages import Stage
from tendereval.services import commitments, delivery, goals
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import (
    FormField,
    Shape,
    Unreadable,
    read_day,
    read_decimal,
    show_day,
)
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    long_field,
    reason_field,
    typed_field,
)
from tendereval.viewmodels.public_value_rows import day_text
from tendereval.viewmodels.session_view_model import SessionViewModel

_TEXTS = ("who", "what", "unit", "evidence", "baseline", "anyway")


def commitment_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which the parts of a promise are written."""
    item = _known(desk, ref)
    hints = commitments.suggestions(desk.now, item.quote.words)
    with desk.reading() as reader:
        offered = goals.goals(reader)
    fields = [*_parts_fields(), *_goal_fields(offered)]
    if desk.now.stage.position >= Stage.PRICE.position:
        fields.append(
            reason_field(hint="Prices are open: say where the answer gives it; it is kept.")
        )
    units = tuple(dict.fromkeys(one.unit for one in hints.numbers if one.unit))
    return Entry(
        f"A commitment of {desk.now.bidder_name(item.place.bidder)}",
        f"{item.place.criterion}: “{' '.join(item.quote.words.split())}”",
        tuple(fields),
        _shown(item),
        "Record the commitment",
        lambda typed: commitments.edit(
            desk.session, ref, _parts(typed, offered), typed.get(REASON, "")
        ),
        _teaches,
        lambda _typed: {"unit": units},
    )


def _known(desk: SessionViewModel, ref: str) -> Commitment:
    with desk.reading() as reader:
        every = public_value.commitments(reader)
    found = next((item for item in every if item.id == ref), None)
    if found is None:
        raise UnknownReference("The commitment is not in the register any more.", "Look again.")
    return found


def _parts_fields() -> tuple[FormField[Typed], ...]:
    return (
        typed_field("who", "Who", hint="The role or group that acts, and who gains."),
        long_field("what", "What", "One action or result."),
        typed_field("how_many", "How many", read_decimal, width=14),
        typed_field("unit", "Unit", width=24),
        typed_field("by_when", "By when", read_day, width=24),
        long_field("evidence", "What proves it", "The record, and who checks it."),
        typed_field("baseline", "Where it stands today", optional=True, width=30),
        typed_field("anyway", "What would happen anyway", optional=True, width=30),
        typed_field(
            "sdg_targets",
            "Sustainable Development Goals",
            hint="Targets such as 8.5, 10.2; for information.",
            optional=True,
            width=30,
        ),
    )


def _goal_fields(offered: tuple[Goal, ...]) -> tuple[FormField[Typed], ...]:
    return tuple(
        typed_field(
            f"goal:{goal.id}",
            goal.outcome,
            shape=Shape.TICK,
            group="Goals of the authority that it serves" if at == 0 else "",
        )
        for at, goal in enumerate(offered)
    )


def _shown(item: Commitment) -> Typed:
    typed = {name: str(getattr(item, name)) for name in _TEXTS}
    typed["how_many"] = "" if item.how_many is None else decimal_text(item.how_many)
    typed["by_when"] = "" if item.by_when is None else show_day(item.by_when)
    typed["sdg_targets"] = ", ".join(item.sdg_targets)
    typed[REASON] = ""
    return typed | {f"goal:{ref}": "yes" for ref in item.goals}


def _parts(typed: Typed, offered: tuple[Goal, ...]) -> Parts:
    wanted = tuple(goal.id for goal in offered if typed.get(f"goal:{goal.id}") == "yes")
    targets = tuple(part.strip() for part in typed["sdg_targets"].split(",") if part.strip())
    return Parts(
        typed["who"],
        typed["what"],
        read_decimal(typed["how_many"]),
        typed["unit"],
        read_day(typed["by_when"]),
        typed["evidence"],
        typed["baseline"],
        typed["anyway"],
        wanted,
        targets,
    )


def _teaches(typed: Typed) -> tuple[str, ...]:
    """Say which of the five parts is still missing."""
    there = {
        "who": says(typed["who"]),
        "what": says(typed["what"]),
        "how many": says(typed["how_many"]) and says(typed["unit"]),
        "by when": says(typed["by_when"]),
        "evidence": says(typed["evidence"]),
    }
    missing = [part for part in REQUIRED if not there[part]]
    if not missing:
        return ("All five parts are there: it can go into the contract.",)
    return (f"Still an ambition; missing: {', '.join(missing)}.",)


def withdraw_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which a commitment is taken out of the register."""
    item = _known(desk, ref)
    return Entry(
        f"Withdraw “{commitments.title(item)}”",
        "It stays in the file with the reason, and can be put back.",
        (reason_field(),),
        {REASON: ""},
        "Withdraw it",
        lambda typed: commitments.withdraw(desk.session, ref, typed[REASON]),
    )


def reinstate_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which a withdrawn commitment is put back."""
    item = _known(desk, ref)
    return Entry(
        f"Put “{commitments.title(item)}” back",
        f"It was withdrawn: {item.withdrawn}",
        (reason_field(),),
        {REASON: ""},
        "Put it back",
        lambda typed: commitments.reinstate(desk.session, ref, typed[REASON]),
    )


def owner_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which it is named who answers for a commitment in the contract."""
    item = _known(desk, ref)
    return Entry(
        f"Who answers for “{commitments.title(item)}”?",
        "Name an office rather than a person, so that it outlasts the person.",
        (typed_field("owner", "Who answers for it"),),
        {"owner": item.owner},
        "Name it",
        lambda typed: commitments.name_owner(desk.session, ref, typed["owner"]),
    )


def delivery_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which it is reported what was delivered so far."""
    item = _known(desk, ref)
    planned = "" if item.how_many is None else amount_text(item.how_many, item.unit)

    def record(typed: Typed) -> None:
        on, number = read_day(typed["on"]), read_decimal(typed["delivered"])
        if on is None or number is None:
            raise Unreadable("Write the day and the total delivered up to it.")
        report = Delivery(ref, on, number, typed["evidence"], typed["note"])
        delivery.record_delivery(desk.session, report)

    today: date = desk.session.clock().date()
    return Entry(
        f"What was delivered of “{commitments.title(item)}”",
        f"Planned: {planned} by {day_text(item.by_when)}. Reports are only added.",
        (
            typed_field("on", "Up to the day", read_day, width=24),
            typed_field(
                "delivered",
                "Delivered so far, in all",
                read_decimal,
                hint=f"Total in {item.unit}." if item.unit else "",
                width=24,
            ),
            long_field("evidence", "Evidence", "What proves it; blank is “without evidence”."),
            long_field("note", "Note", "Needed where less is reported than before.", optional=True),
        ),
        {"on": show_day(today), "delivered": "", "evidence": "", "note": ""},
        "Add the report",
        record,
    )


def kpis_entry(desk: SessionViewModel) -> Entry:
    """Return the page on which KPIs are chosen, or a reason is given for publishing none."""
    now = desk.now
    with desk.reading() as reader:
        state = commitments.kpis(reader, now)
        found = commitments.for_bids(reader, now)
    fields: list[FormField[Typed]] = []
    offered: list[str] = []
    for bidder, item in found.items():
        for at, one in enumerate(item.complete):
            promise = one.commitment
            offered.append(promise.id)
            fields.append(
                typed_field(
                    f"kpi:{promise.id}",
                    _kpi_words(promise),
                    shape=Shape.TICK,
                    group=now.bidder_name(bidder) if at == 0 else "",
                )
            )
    fields.append(
        long_field(
            "opt_out",
            "Reason for publishing none",
            "Procurement Act 2023, s.52(2); only where no KPI is ticked."
            if len(now.method.lots) == 1
            else "Procurement Act 2023, s.52(2); for lots in which no KPI is ticked.",
            optional=True,
        )
    )
    chosen = {f"kpi:{item.id}": "yes" for item in state.chosen}
    return Entry(
        "Key performance indicators",
        " ".join(state.words),
        tuple(fields),
        {**chosen, "opt_out": state.opt_out},
        "Record the KPIs",
        lambda typed: commitments.choose_kpis(
            desk.session,
            [ref for ref in offered if typed.get(f"kpi:{ref}") == "yes"],
            typed["opt_out"],
        ),
    )


def _kpi_words(item: Commitment) -> str:
    number = "" if item.how_many is None else f": {amount_text(item.how_many, item.unit)}"
    return f"{commitments.title(item)}{number} by {day_text(item.by_when)}"


def goal_entry(desk: SessionViewModel, ref: str | None) -> Entry:
    """Return the page for a goal of the authority; None for another one."""
    goal = Goal("", "", "") if ref is None else _goal(desk, ref)

    def record(typed: Typed) -> None:
        parts = goals.GoalParts(
            typed["mission"],
            typed["outcome"],
            typed["baseline"],
            typed["end_state"],
            read_day(typed["by"]),
        )
        if ref is None:
            goals.add_goal(desk.session, parts)
        else:
            goals.change_goal(desk.session, ref, parts)

    return Entry(
        "A goal of the authority" if ref is None else "Change a goal of the authority",
        "Commitments are held against goals; a goal changes no mark and no rank.",
        (
            typed_field("mission", "Mission", hint="The larger purpose it belongs to."),
            typed_field("outcome", "Outcome", hint="What is to become true."),
            typed_field("baseline", "Where things stand today", optional=True),
            typed_field("end_state", "What done looks like", optional=True),
            typed_field("by", "By", read_day, optional=True, width=24),
        ),
        {
            "mission": goal.mission,
            "outcome": goal.outcome,
            "baseline": goal.baseline,
            "end_state": goal.end_state,
            "by": "" if goal.by is None else show_day(goal.by),
        },
        "Add the goal" if ref is None else "Record the change",
        record,
    )


def remove_goal_entry(desk: SessionViewModel, ref: str) -> Entry:
    """Return the page on which a goal is offered no more."""
    goal = _goal(desk, ref)
    return Entry(
        f"Remove the goal “{goal.outcome}”",
        "It is kept in the file; commitments that serve it are shown so that you can choose "
        "another.",
        (reason_field(optional=True, hint="Needed where commitments serve it."),),
        {REASON: ""},
        "Remove it",
        lambda typed: goals.remove_goal(desk.session, ref, typed[REASON]),
    )


def _goal(desk: SessionViewModel, ref: str) -> Goal:
    with desk.reading() as reader:
        found = next((item for item in goals.goals(reader) if item.id == ref), None)
    if found is None:
        raise UnknownReference("The goal is not in the list any more.", "Look again.")
    return found
