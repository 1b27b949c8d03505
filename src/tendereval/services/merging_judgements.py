"""Bring individual and agreed scores of a workbook into a tender, within one transaction.

A blank cell says nothing: what stands there already stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotDeclared, UnknownReference, UserFixable
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation
from tendereval.domain.stages import Act, Stage
from tendereval.exchange.content import AgreedRow, ExplanationRow, ScoreRow
from tendereval.services import agreeing, scoring
from tendereval.services.agreeing import Agreement
from tendereval.services.intake import Intake
from tendereval.store import recording

Explained = dict[Place, dict[str, Explanation]]


def scores(intake: Intake, rows: Iterable[ScoreRow]) -> None:
    """Bring individual scores in; one that stands already and still applies adds nothing."""
    standing = {
        (score.evaluator, score.place): score
        for score in scoring.applying(intake.now, intake.change.reader.scores_with_rationale())
    }
    entries = []
    for row in rows:
        evaluator = intake.now.person_named(row.evaluator).person
        entry = _entry(row, intake.place(row), elsewhere=intake.elsewhere)
        before = standing.get((evaluator, entry.place))
        if before is None or not _says_the_same(before, entry):
            entries.append((evaluator, entry, row.row))
    if not entries:
        return
    intake.require(Act.SCORE)
    if not intake.elsewhere:
        _check_scores(intake, entries)
    recorded = [(evaluator, entry) for evaluator, entry, _ in entries]
    number = scoring.record_many(intake.change, intake.now, recorded, intake.session)
    intake.count("scores", number)


def _check_scores(intake: Intake, entries: Iterable[tuple[PersonId, scoring.Entry, int]]) -> None:
    """Refuse what the rules do not allow; who has not declared is named once."""
    assigned = frozenset(intake.now.assignments())
    back = scoring.places_open(intake.change.reader)
    silent: set[PersonId] = set()
    for evaluator, entry, row in entries:
        if evaluator in silent:
            continue
        try:
            scoring.check_open(intake.now, entry.place, back)
            scoring.check_entry(intake.now, evaluator, entry, assigned)
        except UserFixable as refusal:
            intake.refuse("Scores", row, refusal)
            if isinstance(refusal, NotDeclared):
                silent.add(evaluator)


def _entry(row: ScoreRow, place: Place, *, elsewhere: bool) -> scoring.Entry:
    if row.cannot_score:
        state = ScoreState.CANNOT_SCORE
    elif row.points is not None and (row.rationale.strip() or elsewhere):
        state = ScoreState.READY
    else:
        state = ScoreState.DRAFT
    return scoring.Entry(place, state, row.points, row.rationale)


def _says_the_same(score: Score, entry: scoring.Entry) -> bool:
    return (score.state, score.points, score.rationale) == (
        entry.state,
        entry.points,
        entry.rationale,
    )


def agreed(
    intake: Intake, rows: Iterable[AgreedRow], explanations: Iterable[ExplanationRow]
) -> None:
    """Bring agreed scores, explanations and confirmations in.

    Explanations without a row on ``Agreed`` complete the agreed score that stands.
    """
    explained: Explained = {}
    lines: dict[Place, int] = {}
    for item in explanations:
        place = intake.place(item)
        lines.setdefault(place, item.row)
        explained.setdefault(place, {})[item.sub_criterion.casefold()] = Explanation(
            item.sub_criterion, item.text
        )
    reader = intake.change.reader
    stands = _Stands(
        {item.place: item for item in reader.agreed_scores()},
        frozenset((item.person, item.place, item.revision) for item in reader.confirmations()),
        agreeing.room(reader, intake.now),
    )
    for row in rows:
        place = intake.place(row)
        lines.pop(place, None)
        agreement = _agreement(intake, row, stands.agreed.get(place), explained.get(place, {}))
        current = _put(intake, "Agreed", row.row, agreement, stands)
        if current is not None:
            _confirm(intake, row, current, stands)
    for place, line in lines.items():
        _complete(intake, line, place, stands, explained[place])


@dataclass(frozen=True, slots=True)
class _Stands:
    """What was agreed and confirmed before this workbook, and where agreeing is possible."""

    agreed: Mapping[Place, AgreedScore]
    confirmed: frozenset[tuple[PersonId, Place, int]]
    where: agreeing.Room


def _agreement(
    intake: Intake, row: AgreedRow, before: AgreedScore | None, new: Mapping[str, Explanation]
) -> Agreement:
    return Agreement(
        intake.place(row),
        row.points,
        row.rationale,
        row.releasable_rationale or (before.releasable_rationale if before else ""),
        _explanations(before, new),
        tuple(intake.now.person_named(name).person for name in row.present)
        or (before.present if before else ()),
        intake.reason.strip(),
        intake.approver,
    )


def _explanations(
    before: AgreedScore | None, new: Mapping[str, Explanation]
) -> tuple[Explanation, ...]:
    old = {item.sub_criterion.casefold(): item for item in before.explanations} if before else {}
    return tuple({**old, **new}.values())


def _complete(
    intake: Intake, line: int, place: Place, stands: _Stands, new: Mapping[str, Explanation]
) -> None:
    before = stands.agreed.get(place)
    if before is None:
        what = f"There is no agreed score for {intake.now.place_in_words(place)} to explain."
        if intake.elsewhere:
            intake.notes.append(f"{what} Row {line} of Explanations was left aside.")
        else:
            refusal = UnknownReference(what, "Write it on the sheet Agreed.")
            intake.refuse("Explanations", line, refusal)
        return
    agreement = Agreement(
        place,
        before.points,
        before.rationale,
        before.releasable_rationale,
        _explanations(before, new),
        before.present,
        intake.reason.strip(),
        intake.approver,
    )
    _put(intake, "Explanations", line, agreement, stands)


def _put(
    intake: Intake, sheet: str, row: int, agreement: Agreement, stands: _Stands
) -> AgreedScore | None:
    """Record an agreement and return the agreed score that stands; None where it was refused."""
    before = stands.agreed.get(agreement.place)
    if before is not None and _agrees_with(before, agreement):
        return before
    reopening = intake.now.stage is Stage.PRICE and intake.approver is not None
    intake.require(Act.REOPEN_AGREED if reopening else Act.AGREE)
    if before is not None and not agreement.reason and _only_completes(before, agreement):
        agreement = replace(agreement, reason="Completed; nothing was replaced.")
    now, session = intake.now, intake.session
    if intake.elsewhere:
        found = agreeing.agreed_score(now, agreement, before, elsewhere=True)
        recording.add_agreed(intake.change, found, session.actor.person, session.clock())
    else:
        check = partial(agreeing.check_agreement, now, agreement, before, stands.where)
        if not intake.tried(sheet, row, check):
            return None
        found = agreeing.put_agreement(
            intake.change,
            now,
            agreement,
            before,
            session,
            reopening=agreeing.is_reopening(now, before, stands.where),
        )
    intake.count("agreed scores")
    return found


def _confirm(intake: Intake, row: AgreedRow, current: AgreedScore, stands: _Stands) -> None:
    for name in row.confirmed_by:
        person = intake.now.person_named(name).person
        if (person, current.place, current.revision) in stands.confirmed:
            continue
        intake.require(Act.CONFIRM)
        word = Confirmation(person, current.place, current.revision, agrees=True)
        check = partial(agreeing.check_confirmation, intake.now, word, current)
        if intake.elsewhere or intake.tried("Agreed", row.row, check):
            recording.add_confirmation(intake.change, word, intake.session.clock())
            intake.count("confirmations")
    if stands.where.prices_known and not intake.elsewhere:
        at = intake.session.clock()
        agreeing.complete_reopenings(intake.change, intake.now, current, at)


def _agrees_with(standing: AgreedScore, agreement: Agreement) -> bool:
    return (
        standing.points,
        standing.rationale,
        standing.releasable_rationale,
        standing.explanations,
        standing.present,
    ) == (
        agreement.points,
        agreement.rationale,
        agreement.releasable_rationale,
        agreement.explanations,
        agreement.present,
    )


def _only_completes(standing: AgreedScore, agreement: Agreement) -> bool:
    """Whether nothing that stands is replaced, only blanks are filled."""
    old = {item.sub_criterion: item.text for item in standing.explanations}
    new = {item.sub_criterion: item.text for item in agreement.explanations}
    return (
        (standing.points, standing.rationale) == (agreement.points, agreement.rationale)
        and standing.releasable_rationale in {"", agreement.releasable_rationale}
        and standing.present in {(), agreement.present}
        and all(new.get(ref) == text for ref, text in old.items())
    )
