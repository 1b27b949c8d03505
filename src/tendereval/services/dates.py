"""Days after the award: recorded by people, and what standstill and retention make of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from tendereval.domain.award import ApprovalOutcome, is_approved
from tendereval.domain.award_dates import NO_DATES, AwardDates, date_problems, date_warnings
from tendereval.domain.calendars import BankHolidays
from tendereval.domain.errors import (
    BadSignature,
    DamagedFile,
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
)
from tendereval.domain.ids import LotId
from tendereval.domain.record import sha256_text
from tendereval.domain.retention import Retention, retention
from tendereval.domain.stages import Act
from tendereval.domain.standstill import Standstill, is_over, standstill
from tendereval.domain.wording import day_in_words
from tendereval.exchange.calendars import bank_holidays
from tendereval.exchange.data_file import checksum_beside, read_pack, version_key
from tendereval.services.data_packs import put_pack, refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.services.summary_edits import dispatch_of
from tendereval.store import public_value
from tendereval.store.facts import add_fact
from tendereval.store.mapping import to_json
from tendereval.store.public_value import DataPack
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

DATES: Final = "award dates"
BANK_HOLIDAYS: Final = "bank holidays"


@dataclass(frozen=True, slots=True)
class DateFindings:
    """What the days of one lot come to.

    Attributes:
        standstill: None while no award notice is recorded.
        is_over: whether the standstill is over today; None where that is not known.
        awarded_on: the day on which the award was approved; None while it is not.
        warnings: about the order in which things happened.
        holidays: the version of the bank holidays that count, and whether it was checked.
    """

    lot: LotId
    dates: AwardDates
    standstill: Standstill | None
    is_over: bool | None
    awarded_on: date | None
    retention: Retention
    warnings: tuple[str, ...]
    holidays: tuple[str, bool]


def dates_of(reader: Reader, lot: LotId) -> AwardDates:
    """Return the days recorded for a lot."""
    return reader.fact(DATES, lot, AwardDates) or NO_DATES


def record_dates(session: Session, lot: str, dates: AwardDates, reason: str = "") -> AwardDates:
    """Record the days of a lot, in place of those before.

    Args:
        session: the open tender.
        lot: which.
        dates: all of them, as they are to be.
        reason: why; needed where a day recorded before is changed or taken out.

    Raises:
        NotAllowedNow: before stage ``award``.
        RuleRefusal: days that cannot be, or recorded by somebody who only scores.
        ReasonNeeded: a recorded day changes without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.RECORD_DATES)
        refuse_scorers(now, session.actor.person, "record days of the award")
        ref = now.lot(lot)
        earlier = dates_of(reader, ref)
    problems = date_problems(dates, session.clock().date())
    if problems:
        raise RuleRefusal(" ".join(problems), "Write the day on which it happened.")
    if _is_taken_back(earlier, dates) and not reason.strip():
        raise ReasonNeeded("A day that was recorded changes.", "Say why; both are kept.")
    if dates != earlier:
        texts = before_and_after("dates", to_json(earlier), to_json(dates))
        with session.change("award dates recorded", {"lot": ref}, texts, reason.strip()) as change:
            add_fact(change, DATES, ref, dates)
    return dates


def _is_taken_back(earlier: AwardDates, dates: AwardDates) -> bool:
    pairs = (
        (earlier.notice_on, dates.notice_on),
        (earlier.entered_on, dates.entered_on),
        (earlier.not_awarded_on, dates.not_awarded_on),
    )
    return any(before is not None and before != after for before, after in pairs)


def findings(reader: Reader, now: Situation, lot: LotId, today: date) -> DateFindings:
    """Return what the days of a lot come to.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        lot: which.
        today: the day on the clock of the session.

    Raises:
        DamagedFile: imported bank holidays were altered.
    """
    dates, holidays, awarded = dates_of(reader, lot), holidays_of(reader), _awarded(reader, lot)
    found = None
    if dates.notice_on is not None:
        details = now.details
        found = standstill(
            details.regime,
            details.contract_kind,
            details.procedure,
            dates.notice_on,
            holidays,
            electronic=dates.electronic,
        )
    sent = dispatch_of(reader, lot)
    return DateFindings(
        lot=lot,
        dates=dates,
        standstill=found,
        is_over=None if found is None else is_over(found, today),
        awarded_on=awarded,
        retention=retention(
            now.details.regime,
            entered=dates.entered_on,
            awarded=awarded,
            not_awarded=dates.not_awarded_on,
        ),
        warnings=date_warnings(dates, found, sent.on if sent else None),
        holidays=(holidays.version, holidays.verified),
    )


def _awarded(reader: Reader, lot: LotId) -> date | None:
    """Return the day on which the award of a lot was approved."""
    decision, approvals = reader.decisions().get(lot), reader.approvals()
    if decision is None or not decision.bidders or not is_approved(decision, approvals):
        return None
    return max(
        item.given_on
        for item in approvals
        if (item.lot, item.revision) == (lot, decision.revision)
        and item.outcome is ApprovalOutcome.APPROVES
    )


def kept_until(reader: Reader, now: Situation) -> Retention:
    """Return until when the record of the whole tender is kept: the latest day of its lots.

    Where it is not known for one lot, it is not known for the tender.
    """
    days = [now_day.retention for now_day in _every(reader, now)]
    unknown = next((one for one in days if one.last is None), None)
    return unknown or max(days, key=lambda one: one.last or date.min)


def _every(reader: Reader, now: Situation) -> Iterable[DateFindings]:
    return (findings(reader, now, lot.ref, date.min) for lot in now.method.lots)


def require_erasable(session: Session) -> Retention:
    """Refuse erasing anything of the record before its time; afterwards it may be offered.

    Raises:
        NotAllowedNow: the record is to be kept, or until when is not known.

    Source: Procurement Act 2023, s.98(4).
    """
    with session.reading() as reader:
        found = kept_until(reader, situation(reader))
    if not found.allows_erasing(session.clock().date()):
        raise NotAllowedNow(
            f"Nothing of this record may be erased now. {found.sentence}",
            "Keep the file."
            if found.last is None
            else f"Erasing is possible after {day_in_words(found.last)}.",
        )
    return found


def holidays_of(reader: Reader) -> BankHolidays:
    """Return the bank holidays that count: the product's, or newer ones that were imported.

    Raises:
        DamagedFile: the imported ones are not as they were imported.
    """
    pack = public_value.data_packs(reader).get(BANK_HOLIDAYS)
    if pack is None:
        return bank_holidays()
    if sha256_text(pack.text) != pack.sha256:
        raise DamagedFile(
            "The imported bank holidays were altered: their checksum differs.",
            "Import them again.",
        )
    shipped, brought = bank_holidays(), bank_holidays(pack.text)
    return brought if version_key(brought.version) > version_key(shipped.version) else shipped


def import_holidays(session: Session, path: Path, *, checksum: str = "") -> BankHolidays:
    """Import newer bank holidays; they count in this tender from now on.

    They may come after the tender was closed, as long as days are counted.

    Args:
        session: the open tender.
        path: a data file as the bundled one is.
        checksum: the SHA-256 published with it; empty looks for ``NAME.sha256`` beside it.

    Raises:
        NotAllowedNow: before stage ``award``, where no day is counted yet.
        ExchangeProblem: it is no such file.
        BadSignature: its checksum differs from the one published.
        RuleRefusal: older than what counts, the same, or imported by somebody who only scores.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.RECORD_DATES)
        refuse_scorers(now, session.actor.person, "import bank holidays")
        counts = holidays_of(reader)
    text, digest = read_pack(path)
    wanted = (checksum or checksum_beside(path)).strip().casefold()
    if wanted and wanted != digest:
        raise BadSignature(
            f"{path.name} is not the file that was published: its checksum differs.",
            "Fetch it again, with its checksum.",
        )
    brought = bank_holidays(text)
    if version_key(brought.version) <= version_key(counts.version):
        raise RuleRefusal(
            f"Bank holidays: version {brought.version} is not newer than {counts.version}, which "
            "counts now.",
            "Import a newer one.",
        )
    pack = DataPack(BANK_HOLIDAYS, brought.version, digest, text)
    put_pack(session, pack, "data imported", {"file": path.name, "checked": str(bool(wanted))})
    return brought
