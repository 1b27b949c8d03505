"""Delivery of the contract's commitments, in stage ``closed``: reports are only added."""

from datetime import date

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.publicvalue.commitment_rules import check_number
from tendereval.domain.publicvalue.commitments import Delivery
from tendereval.domain.publicvalue.delivery import DeliveryRecord, DeliveryRow, delivery_on
from tendereval.domain.stages import Act
from tendereval.services.certificates import days_of
from tendereval.services.contract_schedule import schedule, term
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader


def record_delivery(session: Session, report: Delivery) -> None:
    """Add a report of what was delivered of a commitment so far; none replaces another.

    A lower total than before is a correction and needs a note.

    Args:
        session: the open tender.
        report: ``delivered`` is the total up to its day, not what came since the last report.

    Raises:
        NotAllowedNow: only at stage ``closed``.
        UnknownReference: the commitment is in no contract schedule.
        RuleRefusal: a day that lies ahead or before the tender deadline, a number that cannot
            be, or recorded by somebody who only scored.
        ReasonNeeded: a lower total than before without a note.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.RECORD_DELIVERY)
        refuse_scorers(now, session.actor.person, "record what was delivered")
        term(reader, now, report.commitment)
        mine = [
            one for one in public_value.deliveries(reader) if one.commitment == report.commitment
        ]
    tidy = Delivery(
        report.commitment,
        report.on,
        report.delivered,
        report.evidence.strip(),
        report.note.strip(),
    )
    that_day = [one for one in mine if one.on == tidy.on]
    if that_day and that_day[-1] == tidy:
        return
    _check_day(now, tidy.on, session.clock().date())
    check_number(tidy.delivered, "What was delivered")
    before = [one for one in mine if one.on <= tidy.on]
    newest = max(before, key=lambda one: one.on, default=None)
    if newest is not None and tidy.delivered < newest.delivered and not tidy.note:
        raise ReasonNeeded(
            "Less is reported as delivered than before.", "Say in the note what is corrected."
        )
    ids = {"commitment": tidy.commitment, "on": tidy.on.isoformat()}
    with session.change("delivery recorded", ids) as change:
        public_value.add_delivery(change, tidy)


def _check_day(now: Situation, on: date, today: date) -> None:
    if on > today:
        raise RuleRefusal("The day of the report lies ahead.", "Write a day up to today.")
    deadline = days_of(now.details).deadline
    if deadline is not None and on < deadline:
        raise RuleRefusal(
            "The day of the report lies before the tender deadline.",
            "Write the day up to which it was delivered.",
        )


def delivery(reader: Reader, now: Situation, lot: str, on: date) -> DeliveryRecord:
    """Return where the commitments of a lot's contract stand on a day.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        lot: which.
        on: the day, as a rule today.

    Raises:
        UnknownReference: there is no such lot.
    """
    reports = public_value.deliveries(reader)
    rows = tuple(
        DeliveryRow(
            line,
            delivery_on(line.commitment, reports, on),
            tuple(one for one in reports if one.commitment == line.commitment.id),
        )
        for line in schedule(reader, now, lot).rows
    )
    return DeliveryRecord(now.lot(lot), on, rows)
