"""What is typed about one commitment: its fields, what can be read, what the words offer.

Nothing is filled in from the words unless a person takes an offer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

import msgspec

from tendereval.domain.exact import decimal_text
from tendereval.domain.publicvalue.commitment_rules import Parts, quote_at
from tendereval.domain.publicvalue.commitments import Commitment, Goal, Quote
from tendereval.domain.publicvalue.contract_schedule import amount_text
from tendereval.domain.publicvalue.suggestions import Suggestions
from tendereval.viewmodels.form_fields import (
    FormField,
    Shape,
    Unreadable,
    read_day,
    read_decimal,
    show_day,
)
from tendereval.viewmodels.public_value_entry import Typed, reason_field, typed_field

_TEXTS: Final = ("who", "what", "unit", "evidence", "baseline", "anyway")
_GOAL: Final = "goal:"


@dataclass(frozen=True, slots=True)
class CommitmentForm:
    """A commitment on its way.

    Attributes:
        quote: the words it is made from.
        commitment: id of the one that is changed; empty for a new one.
        typed: what stands in the fields, by their names.
    """

    quote: Quote
    commitment: str = ""
    typed: Typed = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the selected words seem to say.

    Attributes:
        words: on the button.
        note: how it was read where the words leave that open.
        typed: what it puts into the fields.
    """

    words: str
    note: str
    typed: Typed


def form_fields(goals: Sequence[Goal], *, needs_reason: bool) -> tuple[FormField[Typed], ...]:
    """Return the fields of the panel.

    Args:
        goals: of the authority, as far as this file knows them.
        needs_reason: whether prices are open, so that a change needs a reason.
    """
    fields = [
        typed_field("who", "Who acts, and who gains"),
        typed_field("what", "What: one action or result", shape=Shape.LONG),
        typed_field("how_many", "How many", read_decimal, width=12),
        typed_field("unit", "Unit", width=18),
        typed_field("by_when", "By when", read_day, width=20),
        typed_field("evidence", "Evidence: the record that proves it, and who checks"),
        typed_field("baseline", "Where it stands today", optional=True),
        typed_field("anyway", "What would happen anyway", optional=True),
    ]
    fields += [
        typed_field(
            f"{_GOAL}{goal.id}",
            goal.outcome,
            shape=Shape.TICK,
            group="Goals it serves" if at == 0 else "",
        )
        for at, goal in enumerate(goals)
    ]
    if needs_reason:
        fields.append(reason_field(hint="Prices are open: say where the answer gives it."))
    return tuple(fields)


def read_parts(typed: Typed, earlier: Commitment | None = None) -> tuple[Parts, Mapping[str, str]]:
    """Return what can be read of the fields, and what is wrong with the others, by field.

    Args:
        typed: what stands in the fields.
        earlier: the one that is changed; targets that the panel does not show stay.
    """
    problems: dict[str, str] = {}
    number: Fraction | None = None
    day: date | None = None
    try:
        number = read_decimal(typed.get("how_many", ""))
    except Unreadable as problem:
        problems["how_many"] = str(problem)
    try:
        day = read_day(typed.get("by_when", ""))
    except Unreadable as problem:
        problems["by_when"] = str(problem)
    text = {name: typed.get(name, "").strip() for name in _TEXTS}
    ticked = (name for name, value in typed.items() if name.startswith(_GOAL) and value == "yes")
    parts = Parts(
        text["who"],
        text["what"],
        number,
        text["unit"],
        day,
        text["evidence"],
        text["baseline"],
        text["anyway"],
        tuple(name.removeprefix(_GOAL) for name in ticked),
        () if earlier is None else earlier.sdg_targets,
    )
    return parts, problems


def typed_of(item: Commitment) -> Typed:
    """Return what stands in the fields of a commitment that was made."""
    typed = {name: str(getattr(item, name)) for name in _TEXTS}
    typed["how_many"] = "" if item.how_many is None else decimal_text(item.how_many)
    typed["by_when"] = "" if item.by_when is None else show_day(item.by_when)
    return typed | {f"{_GOAL}{ref}": "yes" for ref in item.goals}


def offers(quote: Quote, found: Suggestions) -> tuple[Offer, ...]:
    """Return what the words seem to say, to be taken or left."""
    return tuple(_offers(quote, found))


def _offers(quote: Quote, found: Suggestions) -> Iterator[Offer]:
    for number in found.numbers:
        figure = decimal_text(number.how_many)
        shown = amount_text(number.how_many, number.unit)
        yield Offer(f"How many: {shown}", "", {"how_many": figure, "unit": number.unit})
    for day in found.days:
        shown = show_day(day.by_when)
        yield Offer(f"By when: {shown}", day.note, {"by_when": shown})
    yield Offer("What: the words as they stand", "", {"what": " ".join(quote.words.split())})


def quote_between(stored: str, start: int, end: int) -> Quote:
    """Return the words between two characters of an answer as it is shown.

    Args:
        stored: the answer as the file has it, whichever line ends it came with.
        start: first character of the answer with plain line ends.
        end: the one after the last.
    """
    return quote_at(stored, _stored_position(stored, start), _stored_position(stored, end))


def _stored_position(stored: str, shown: int) -> int:
    at = 0
    for _ in range(shown):
        at += 2 if stored.startswith("\r\n", at) else 1
    return min(at, len(stored))


def kept_text(form: CommitmentForm) -> str:
    """Write a form as the working text that keeps it."""
    return msgspec.json.encode(form).decode()


def form_from(text: str | None) -> CommitmentForm | None:
    """Return the form that a working text keeps; None where there is none."""
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=CommitmentForm)
    except (msgspec.MsgspecError, ValueError):
        return None
