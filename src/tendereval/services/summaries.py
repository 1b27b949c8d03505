"""Assessment summaries of a lot: what they hold, what they still lack, what may go out."""

from tendereval.domain.errors import IncompleteRecord
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.notice_figures import NoticeFigures, notice_figures
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import AssessmentSummary, Readiness, Supplement
from tendereval.domain.summary_completeness import all_missing, readiness
from tendereval.domain.summary_content import summaries_for, summary_for
from tendereval.domain.summary_recipients import regime_problem
from tendereval.services.reporting import model_at
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.summary_edits import (
    TextAt,
    complete_particulars,
    date_summaries,
    dispatch_of,
    explain_further,
    explain_price,
    explain_score,
    release,
    say_where,
    supplement_of,
    withhold,
)

__all__ = [
    "TextAt",
    "checked",
    "complete_particulars",
    "date_summaries",
    "dispatch_of",
    "explain_further",
    "explain_price",
    "explain_score",
    "figures",
    "read",
    "ready",
    "release",
    "require_complete",
    "say_where",
    "summaries",
    "summary",
    "supplement_of",
    "to_send",
    "why_none",
    "withhold",
]


def why_none(session: Session) -> str:
    """Return why the law of this tender has no assessment summaries; empty where it has."""
    with session.reading() as reader:
        return regime_problem(situation(reader).details)


def summary(session: Session, lot: str, bidder: BidderId) -> AssessmentSummary:
    """Return one supplier's summary as it stands, gaps included; for looking at.

    Raises:
        NotSupported: the law of the tender has no assessment summaries.
        IncompleteRecord: no ranking or no decision to award.
        UnknownReference: no such lot, or the supplier is given none.
    """
    model, ref, added = read(session, lot)
    return summary_for(model, ref, bidder, added)


def summaries(session: Session, lot: str) -> tuple[AssessmentSummary, ...]:
    """Return the summary of every recipient as it stands; raises as ``summary``."""
    model, ref, added = read(session, lot)
    return summaries_for(model, ref, added)


def ready(session: Session, lot: str) -> Readiness:
    """Return what keeps the summaries of a lot from going out, and what to look at before.

    Raises as ``summary``.
    """
    model, ref, added = read(session, lot)
    return checked(model, summaries_for(model, ref, added))


def to_send(session: Session, lot: str) -> tuple[AssessmentSummary, ...]:
    """Return the summaries of a lot for export; all of them, or none.

    Raises:
        IncompleteRecord: required items are missing, or a text names another bidder; all are named.
        NotSupported, UnknownReference: as ``summary``.

    Source: Procurement Regulations 2024, r.31(4): all at the same time.
    """
    model, ref, added = read(session, lot)
    found = summaries_for(model, ref, added)
    require_complete(model, found)
    return found


def require_complete(model: ReportModel, found: tuple[AssessmentSummary, ...]) -> None:
    """Refuse summaries that lack a required item, or name another bidder."""
    missing = all_missing(found, model.bidders)
    if missing:
        told = "\n".join(f"- {gap.words}" for gap in missing)
        raise IncompleteRecord(
            f"The assessment summaries cannot go out yet:\n{told}\n",
            "Mend these points and try again.",
        )


def figures(session: Session, lot: str) -> NoticeFigures:
    """Return what the contract award notice of a lot takes from the evaluation."""
    model, ref, _ = read(session, lot)
    return notice_figures(model, ref)


def checked(model: ReportModel, found: tuple[AssessmentSummary, ...]) -> Readiness:
    """Return what keeps summaries of a lot from going out, and what to look at before."""
    labels = {member.label for member in model.panel}
    known = (*model.names.values(), *(person.name for person in model.people))
    people = [name for name in dict.fromkeys(known) if name.strip() and name not in labels]
    return readiness(found, model.bidders, people)


def read(session: Session, lot: str) -> tuple[ReportModel, LotId, Supplement]:
    """Return what summaries of a lot are made from, of one moment."""
    with session.reading() as reader:
        now = situation(reader)
        ref = now.lot(lot)
        return model_at(reader, now), ref, supplement_of(reader, ref)
