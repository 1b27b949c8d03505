"""Gather what the award report tells of the time after the decision; decides nothing itself."""

from datetime import date

from tendereval.domain.award_dates import NO_DATES
from tendereval.domain.errors import NotAllowedNow
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.report_model import AfterAward, ReportModel
from tendereval.domain.stages import Act, may
from tendereval.domain.summaries import Withheld
from tendereval.domain.summary_recipients import standing_decision
from tendereval.services import dates
from tendereval.services.situation import Situation
from tendereval.services.summary_edits import dispatch_of, supplement_of
from tendereval.store.repository import Reader


def after_of(reader: Reader, now: Situation, on: date) -> tuple[AfterAward, ...]:
    """Return what followed the decision, lot by lot; nothing before stage ``award``.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        on: the day of the record's newest entry.

    Raises:
        DamagedFile: imported bank holidays were altered.
    """
    if not may(now.stage, Act.RECORD_DATES):
        return ()
    found = []
    for lot in now.method.lots:
        item = dates.findings(reader, now, lot.ref, on)
        sent = dispatch_of(reader, lot.ref)
        known = item.retention if item.dates != NO_DATES or item.awarded_on else None
        day = sent.on if sent else None
        found.append(AfterAward(lot.ref, item.dates, item.standstill, known, day))
    return tuple(found)


def withheld_of(
    reader: Reader, now: Situation
) -> tuple[tuple[BidderId, CriterionId, str, Withheld], ...]:
    """Return every text that the lead withholds from anybody, each once."""
    found: dict[tuple[BidderId, CriterionId, str], Withheld] = {}
    for lot in now.method.lots:
        for _, whose, criterion, sub, item in supplement_of(reader, lot.ref).withheld:
            found.setdefault((whose, criterion, sub), item)
    return tuple((*key, item) for key, item in found.items())


def released_of(
    reader: Reader, now: Situation
) -> tuple[tuple[BidderId, CriterionId, str, str], ...]:
    """Return the words that the lead put in place of the panel's releasable ones, each once."""
    found: dict[tuple[BidderId, CriterionId, str], str] = {}
    for lot in now.method.lots:
        for whose, criterion, sub, text in supplement_of(reader, lot.ref).texts:
            found.setdefault((whose, criterion, sub), text)
    return tuple((*key, text) for key, text in found.items())


def publication_remarks(model: ReportModel) -> tuple[str, ...]:
    """Return what to look at in the version for publication before it goes out; stops nothing.

    Nothing while there is nothing to publish.
    """
    if _undecided(model):
        return ()
    # Imported when the version is looked at: nothing waits for it before.
    from tendereval.reports.award_names_left import names_left  # noqa: PLC0415
    from tendereval.reports.award_report import published_award_report  # noqa: PLC0415

    return names_left(model, published_award_report(model))


def _undecided(model: ReportModel) -> bool:
    return any(standing_decision(model, lot.ref) is None for lot in model.method.lots)


def require_publishable(model: ReportModel) -> None:
    """Refuse the version for publication while a lot's award decision does not stand.

    Raises:
        NotAllowedNow: it is not recorded, or the tender went back since.
    """
    if _undecided(model):
        raise NotAllowedNow(
            "There is nothing to publish yet: the award decision does not stand.",
            "Record it at stage 'award', then write the version for publication.",
        )
