"""Reads the ``Scores``, ``Agreed``, ``Explanations`` and ``Declarations`` sheets.

A blank score is "not scored" and never 0; nothing here computes or averages a score.
"""

from collections.abc import Sequence
from fractions import Fraction

from tendereval.domain.evaluation import InterestOutcome, describe
from tendereval.domain.exact import to_text
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.scale import FAIL, PASS, ScoringScale
from tendereval.domain.tender import AwardCriterion
from tendereval.exchange.cells import key, listed, quoted, read_number
from tendereval.exchange.content import AgreedRow, DeclarationRow, ExplanationRow, ScoreRow
from tendereval.exchange.dates import CellRefusedError
from tendereval.exchange.directory import Directory
from tendereval.exchange.grid import Cell, CellKind
from tendereval.exchange.layout import AGREED, DECLARATIONS, EXPLANATIONS, SCORES
from tendereval.exchange.sheets import Row, Sheets

CANNOT_SCORE = "cannot score"
_CONDITION_SCALE = "pass/fail"
_VERDICTS = {"pass": PASS, "passed": PASS, "fail": FAIL, "failed": FAIL}
_OUTCOMES = tuple(str(outcome) for outcome in InterestOutcome)
Place = tuple[str, CriterionId, LotId | None]


def read_scores(sheets: Sheets, directory: Directory) -> tuple[ScoreRow, ...]:
    """Return the individual scores; rows with neither score nor rationale are left out."""
    found: dict[tuple[str, Place], ScoreRow] = {}
    for row in sheets[SCORES]:
        evaluator = directory.person(row)
        place, criterion = _place(row, directory)
        cannot = _says_cannot(row)
        points = None if cannot else _points(row, criterion, directory)
        rationale = row.long_text("Rationale")
        if cannot and "Rationale" not in row:
            wrong = "There is no reason why this could not be scored."
            row.refuse("Rationale", wrong, "Write the reason as rationale.")
        is_blank = "Score" not in row and not rationale
        if evaluator is None or place is None or is_blank:
            continue
        earlier = found.get((evaluator, place))
        if earlier is None:
            score = ScoreRow(row.number, evaluator, *place, points, rationale, cannot)
            found[evaluator, place] = score
        else:
            wrong = f"Row {earlier.row} holds a score of {evaluator} for this answer already."
            row.refuse("Score", wrong, "Keep one of the two.")
    return tuple(found.values())


def _says_cannot(row: Row) -> bool:
    return _plain(row) == CANNOT_SCORE


def _plain(row: Row) -> str:
    text = row.read("Score", lambda cell: cell.text if cell.kind is CellKind.TEXT else "")
    return " ".join((text or "").casefold().split())


def _place(row: Row, directory: Directory) -> tuple[Place | None, AwardCriterion | None]:
    bidder, criterion = directory.bidder(row), directory.criterion(row)
    if criterion is not None and not criterion.kind.is_judged:
        if key(criterion.ref) not in directory.doubtful:
            wrong = f"{criterion.ref} is of kind {criterion.kind}, which a panel does not score."
            row.refuse("Ref", wrong, "Write the reference of a question.")
        return None, None
    if bidder is None or criterion is None:
        directory.lot(row)
        return None, criterion
    return (bidder, criterion.ref, directory.place_lot(row, bidder, criterion)), criterion


def _points(row: Row, criterion: AwardCriterion | None, directory: Directory) -> Fraction | None:
    if criterion is None or "Score" not in row or key(criterion.ref) in directory.doubtful:
        return None
    scale = directory.method.scale_of(criterion)
    if key(scale.name) in directory.doubtful:
        return None
    if criterion.kind.is_pass_or_fail or scale.name == _CONDITION_SCALE:
        return _verdict(row)
    if not scale.bands and not scale.ranges:
        wrong = f"{criterion.ref} has no scale, so its scores cannot be checked."
        row.refuse("Score", wrong, "Name a scale on the Criteria sheet.")
        return None
    return _on_scale(row, scale)


def _verdict(row: Row) -> Fraction | None:
    text = row.text("Score")
    verdict = _VERDICTS.get(text.casefold())
    if text and verdict is None:
        row.refuse("Score", f"{quoted(text)} is neither Pass nor Fail.", "Write Pass or Fail.")
    return verdict


def _on_scale(row: Row, scale: ScoringScale) -> Fraction | None:
    def read(cell: Cell) -> Fraction:
        write = f"Write {describe(scale)}."
        try:
            points = read_number(cell)
        except CellRefusedError as refused:
            raise CellRefusedError(refused.wrong, write) from None
        if points not in scale:
            raise CellRefusedError(f"{to_text(points)} is not on the scale {scale.name}.", write)
        return points

    return row.read("Score", read)


def read_agreed(sheets: Sheets, directory: Directory) -> tuple[AgreedRow, ...]:
    """Return the agreed scores; each needs its points and its rationale."""
    found: dict[Place, AgreedRow] = {}
    texts = ("Rationale", "Releasable rationale")
    for row in sheets[AGREED]:
        place, criterion = _place(row, directory)
        points = _points(row, criterion, directory)
        rationale, releasable = (row.long_text(column) for column in texts)
        present = directory.several_people(row, "Present")
        confirmed = directory.several_people(row, "Confirmed by")
        if "Score" not in row and not rationale and not releasable:
            continue
        if "Score" not in row:
            row.refuse("Score", "There is no agreed score.", "Write it, or empty the row.")
        if not rationale and "Rationale" not in row:
            wrong = "There is no rationale for the agreed score."
            row.refuse("Rationale", wrong, "Write what decided the score.")
        _check_confirmed(row, present, confirmed)
        if place is None or points is None:
            continue
        if place in found:
            wrong = f"Row {found[place].row} holds the agreed score for this answer already."
            row.refuse("Score", wrong, "Keep one of the two.")
            continue
        people = (present, confirmed)
        found[place] = AgreedRow(row.number, *place, points, rationale, releasable, *people)
    return tuple(found.values())


def _check_confirmed(row: Row, present: Sequence[str], confirmed: Sequence[str]) -> None:
    absent = [person for person in confirmed if person not in present]
    if present and absent:
        wrong = f"{listed(absent, 'and')} confirmed without being present."
        row.refuse("Confirmed by", wrong, "Correct Present or Confirmed by.")


def read_explanations(sheets: Sheets, directory: Directory) -> tuple[ExplanationRow, ...]:
    """Return how the panel saw each sub-criterion."""
    found: dict[tuple[Place, str], ExplanationRow] = {}
    for row in sheets[EXPLANATIONS]:
        place, criterion = _place(row, directory)
        ref = row.needed("Sub-ref", "Write the reference as on the Sub-criteria sheet.")
        text = row.needed("Explanation", "Write how the panel saw it.", trimmed=False)
        if place is None or criterion is None or not ref:
            continue
        subs = {key(sub.ref): sub.ref for sub in criterion.sub_criteria}
        canonical = subs.get(key(ref))
        if canonical is None:
            wrong = f"{criterion.ref} has no sub-criterion {quoted(ref)}."
            known = listed(list(subs.values()))
            write = f"Write {known}." if subs else "Add it to the Sub-criteria sheet."
            row.refuse("Sub-ref", wrong, write)
        elif (place, canonical) in found:
            wrong = f"Row {found[place, canonical].row} explains {canonical} already."
            row.refuse("Sub-ref", wrong, "Keep one of the two.")
        else:
            found[place, canonical] = ExplanationRow(row.number, *place, canonical, text)
    return tuple(found.values())


def read_declarations(sheets: Sheets, directory: Directory) -> tuple[DeclarationRow, ...]:
    """Return the declarations of interests, one per person."""
    found: dict[str, DeclarationRow] = {}
    for row in sheets[DECLARATIONS]:
        person = directory.person(row)
        interest = row.long_text("Interest")
        interest = "" if key(interest) == "none" else interest
        names = row.items("About")
        bidders = [directory.named_bidder(row, "About", name) for name in names]
        outcome = row.choice("Outcome", _OUTCOMES)
        how = row.long_text("How")
        _check_declaration(row, interest, outcome)
        if person is None:
            continue
        if person in found:
            wrong = f"Row {found[person].row} holds the declaration of {person} already."
            row.refuse("Evaluator", wrong, "Write one row per person.")
            continue
        about = tuple(dict.fromkeys(name for name in bidders if name is not None))
        decided = InterestOutcome(outcome) if outcome else None
        found[person] = DeclarationRow(row.number, person, interest, about, decided, how)
    return tuple(found.values())


def _check_declaration(row: Row, interest: str, outcome: str) -> None:
    if not interest and row.ok:
        for column in ("About", "Outcome", "How"):
            if column in row and not (column == "Outcome" and outcome == InterestOutcome.NONE):
                write = "Write the interest, or leave this blank too."
                row.refuse(column, "No interest is declared.", write)
    elif outcome == InterestOutcome.REMOVED_FOR_BIDDERS and "About" not in row:
        row.refuse("About", "It is not said for which bidders.", "Write their names.")
