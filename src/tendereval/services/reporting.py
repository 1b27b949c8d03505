"""Write documents from the record; the same record gives the same document."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from tendereval.domain.errors import ExchangeProblem, UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.ranking import Ranking
from tendereval.domain.report_model import RecordHead, ReportModel
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import ranking
from tendereval.services.authority_logo import logo_of, with_logo
from tendereval.services.readiness import award_gaps
from tendereval.services.reporting_award import (
    after_of,
    released_of,
    require_publishable,
    withheld_of,
)
from tendereval.services.reporting_public_value import public_value_of, require_decision
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import beside_record
from tendereval.store.repository import Reader

_T = TypeVar("_T")


def _award(model: ReportModel, path: Path) -> str:
    # Imported when a document is written: nothing waits for it before.
    from tendereval.reports.award_report import award_report  # noqa: PLC0415
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415

    return write_pdf(award_report(model), path)


def _award_publication(model: ReportModel, path: Path) -> str:
    from tendereval.reports.award_report import published_award_report  # noqa: PLC0415
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415

    require_publishable(model)
    _check_ending(path, ".pdf")
    return write_pdf(published_award_report(model), path)


def _scores(model: ReportModel, path: Path) -> str:
    from tendereval.exchange.scores_workbook import write_scores_workbook  # noqa: PLC0415

    return write_scores_workbook(model, path)


def _public_value(model: ReportModel, path: Path) -> str:
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415
    from tendereval.reports.public_value_report import public_value_report  # noqa: PLC0415

    _check_ending(path, ".pdf")
    return write_pdf(public_value_report(model), path)


def _commitments(model: ReportModel, path: Path) -> str:
    """Write the contract schedule; the ending of the name says as what, else it is a PDF."""
    require_decision(model)
    _check_ending(path, ".pdf", ".xlsx")
    if path.suffix.lower() == ".xlsx":
        from tendereval.exchange.commitments_book import write_commitments_book  # noqa: PLC0415

        return write_commitments_book(model, path)
    from tendereval.reports.commitments_schedule import commitments_schedule  # noqa: PLC0415
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415

    return write_pdf(commitments_schedule(model), path)


def _check_ending(path: Path, *written: str) -> None:
    """Refuse a name that promises something else than what is written."""
    if path.suffix and path.suffix.lower() not in written:
        raise ExchangeProblem(
            f"This document is not written as {path.suffix}.",
            f"End the name in {' or '.join(written)}.",
        )


KINDS: Final[Mapping[str, Callable[[ReportModel, Path], str]]] = {
    "award": _award,
    "award-publication": _award_publication,
    "scores": _scores,
    "public-value": _public_value,
    "commitments": _commitments,
}
"""What can be written, by the name the commands use."""


def write_report(session: Session, kind: str, path: Path, logo: bytes = b"") -> Path:
    """Write a document and enter it in the register beside the record.

    Args:
        session: the open tender.
        kind: one of ``KINDS``.
        path: where; written under a temporary name and renamed, so never half there.
        logo: another than the one kept in the file, a PNG or SVG file; empty for that one.

    Raises:
        UserFixable: the logo is no picture that can be drawn.
        NotAllowedNow: a contract schedule, or a version for publication, before an award
            decision stands.
        ExchangeProblem: the name ends in something that this document is not written as.
        FileProblem: the folder does not take it.
    """
    model = with_logo(report_model(session), logo)
    digest = KINDS[kind](model, path)
    made = {
        "made_at": session.clock().isoformat(),
        "kind": kind,
        "name": path.name,
        "sha256": digest,
        "head": model.head.hash,
        "made_by": session.actor.person,
    }
    with session.file.beside() as change:
        beside_record.add_document_made(change, made)
    return path


def preview_report(session: Session, kind: str, folder: Path) -> bytes:
    """Return a document as it would be written now; nothing is entered in the register.

    Args:
        session: the open tender.
        kind: one of ``KINDS``.
        folder: a temporary one, empty again afterwards.

    Raises:
        FileProblem: the folder does not take it.
    """
    path = folder / f"preview-{kind}"
    KINDS[kind](report_model(session), path)
    content = path.read_bytes()
    path.unlink()
    return content


def report_model(session: Session) -> ReportModel:
    """Return everything a document may say, as the file stands.

    Individual scores are in it from stage ``moderation`` on, prices and ranking from ``price``.
    """
    with session.reading() as reader:
        return _model(reader, situation(reader))


def model_at(reader: Reader, now: Situation) -> ReportModel:
    """Return the same for a service that reads more of the same moment."""
    return _model(reader, now)


def _model(reader: Reader, now: Situation) -> ReportModel:
    head = reader.head()
    together = now.stage.position >= Stage.MODERATION.position
    rankings, refusal = _rankings(reader, now)
    at = datetime.fromisoformat(head.at_local)
    scores, agreed = reader.score_history() if together else (), reader.agreed_history()
    return ReportModel(
        stage=now.stage,
        details=now.details,
        method=now.method,
        versions=now.versions,
        bidders=now.bidders,
        bids=now.bids,
        bid_history=reader.bid_history(),
        panel=now.panel,
        names={person: now.name(person) for person in _everybody(reader, now)},
        declarations=now.declarations,
        responses=reader.late_responses(),
        documents=reader.documents(),
        clarifications=reader.clarifications(),
        scores=_newest(scores, lambda one: (one.evaluator, one.place)),
        score_history=scores,
        agreed=_newest(agreed, lambda one: one.place),
        agreed_history=agreed,
        confirmations=reader.confirmations(),
        sent_back=reader.sent_back_history(),
        reopenings=reader.reopenings(),
        rankings=rankings,
        not_ranked_because=refusal,
        decisions=reader.decisions(),
        approvals=reader.approvals(),
        stages=reader.stage_reasons(),
        answers_lock=reader.answers_lock(),
        gaps=award_gaps(reader, now) if may(now.stage, Act.RANK) else (),
        head=RecordHead(head.seq, head.hash, at, reader.tender_id()),
        public_value=public_value_of(reader, now, at.date()),
        after=after_of(reader, now, at.date()),
        people=tuple(now.people.values()),
        withheld=withheld_of(reader, now),
        released=released_of(reader, now),
        logo=logo_of(reader),
    )


def _newest(history: Iterable[_T], key: Callable[[_T], Hashable]) -> tuple[_T, ...]:
    """Return the newest of each key in the order in which keys first came.

    The same values as in the history, so that no text is held twice.
    """
    return tuple({key(one): one for one in history}.values())


def _rankings(reader: Reader, now: Situation) -> tuple[tuple[Ranking, ...], str]:
    try:
        return tuple(ranking.rank(reader, now, lot.ref) for lot in now.method.lots), ""
    except UserFixable as refusal:
        return (), refusal.happened


def _everybody(reader: Reader, now: Situation) -> frozenset[PersonId]:
    found = {member.person for member in now.panel} | set(now.people)
    found |= {approval.person for approval in reader.approvals()}
    return frozenset(found)
