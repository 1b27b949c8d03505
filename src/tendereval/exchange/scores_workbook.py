"""Writes the scores workbook, which an auditor can follow and calculate again.

It shows the record it is given: it ranks nothing and never puts individual scores side by side
before moderation, nor a price or a total before stage ``price``.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Bid, Place
from tendereval.domain.evaluation import Declaration, PanelMember
from tendereval.domain.ids import BidderId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Act, Stage, may
from tendereval.exchange.book_about import ABOUT, approval_words, write_about
from tendereval.exchange.dates import LONDON
from tendereval.exchange.formula_book import (
    NUMBER,
    TITLE,
    Column,
    Content,
    FormulaBook,
    Sheet,
)
from tendereval.exchange.scores_method import (
    CRITERIA,
    METHOD,
    SCALES,
    lot_words,
    points_words,
    write_method,
)
from tendereval.exchange.scores_results import PRICES, RANKING, write_results
from tendereval.exchange.writer import safe_title, utf16_length

RESULTS, AGREED, INDIVIDUAL, BIDS, PANEL = (
    "Results",
    "Agreed scores",
    "Individual scores",
    "Bids",
    "Panel",
)
_LONGEST_TITLE, _NUMBERED_TITLE = 31, 26
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNNAMED = "a person who is not named"
_AGREED_SCORE = 4
_NO_PRICES: Final = (
    "Before stage “price” no price, mark, total or ranking is shown; this tender is at stage "
    "“{stage}”."
)
_NO_SCORES: Final = (
    "Before stage “moderation” no individual scores are shown side by side; this tender is at "
    "stage “{stage}”."
)
_HOW_TO_READ: Final = """\
Cells that begin with = are live formulas: change a figure and everything that depends on it \
follows. Everything else is what the record holds.
Method and Criteria hold the published rules and weights, Scales the published scales; what a \
score earns is a formula there.
Agreed scores and Prices hold what the results are calculated from.
Results link to them. Mark = marks available × what the score counts as ÷ what it is measured \
against (maximum, 100 per cent, or best score); for a price = marks available × lowest ÷ price. \
Section sums and totals are SUM over the marks.
ROUND stands where the published method rounds, and in Ranking where totals are compared to 9 \
places; marks and totals are otherwise never rounded.
Ranking sets each total beside the record's own, which was worked out in exact fractions.
A text too long for one cell goes on in the rows below, marked as part 1, 2, 3 … A name cut short \
ends in “… (shortened)” and stands in full on Bids, Panel, Criteria or Method. Characters that a \
workbook cannot hold are shown as escapes such as \\x00.
""".splitlines()
_AGREED = (
    Column("Bidder", 30),
    Column("Ref", 10),
    Column("Lot", 10),
    Column("Score", 10, NUMBER),
    Column("Rationale", 60),
    Column("Releasable rationale", 60),
    Column("Explanations per sub-criterion", 60),
    Column("Present", 24),
    Column("Confirmed by", 24),
    Column("Dissent", 40),
    Column("Revision", 9, NUMBER),
    Column("Reason of change", 40),
    Column("Method version", 9, NUMBER),
    Column("Made elsewhere", 12),
    Column("Recorded at", 22),
)
_INDIVIDUAL = (
    Column("Evaluator", 24),
    Column("Bidder", 30),
    Column("Ref", 10),
    Column("Lot", 10),
    Column("State", 13),
    Column("Score", 10, NUMBER),
    Column("Rationale", 80),
    Column("Method version", 9, NUMBER),
    Column("Recorded at", 22),
    Column("Use", 22),
)
_BIDS = (
    Column("Bidder", 40),
    Column("Lot", 12),
    Column("Status", 26),
    Column("Reason", 60),
    Column("Notified on", 14),
    Column("Responded on", 14),
    Column("Decided on", 14),
)
_PANEL = (
    Column("Person", 30),
    Column("Role", 14),
    Column("Label", 24),
    Column("Questions", 24),
    Column("Lots", 16),
    Column("On the panel", 14),
    Column("Reason", 40),
    Column("Declared interest", 40),
    Column("Outcome", 22),
    Column("How it is managed", 40),
    Column("May not score", 30),
)


def write_scores_workbook(model: ReportModel, path: Path) -> str:
    """Write scores, prices, method and results as a workbook with live formulas.

    Args:
        model: the record as it stands; the same record gives the same bytes.
        path: where; written under a temporary name and renamed, so never half there.

    Returns:
        SHA-256 (hex) of the file's bytes.

    Raises:
        FileProblem: the folder does not take it.
    """
    ranked = may(model.stage, Act.RANK) and bool(model.rankings)
    lots = [ranking.lot for ranking in model.rankings] if ranked else []
    results = _titles(lots)
    book = FormulaBook(
        (
            *(ABOUT, RANKING, *(results.values() or [RESULTS])),
            *(PRICES, AGREED, INDIVIDUAL, METHOD, CRITERIA, SCALES, BIDS, PANEL),
        ),
        model.head.at,
        f"Scores: {model.details.reference or model.details.title}",
    )
    write_about(book[ABOUT], model, "Scores, prices and results", _more(model))
    cells = write_method(book, model)
    agreed = _agreed(book[AGREED], model)
    _individual(book[INDIVIDUAL], model)
    _bids(book[BIDS], model)
    _panel(book[PANEL], model)
    for title in (RANKING, *(results.values() or [RESULTS]), PRICES):
        book[title].say(title, TITLE)
        book[title].say(approval_words(model))
        if not ranked:
            book[title].say(_why_not(model))
    if ranked:
        write_results(book, model, cells=cells, agreed=agreed, titles=results)
    return book.save(path)


def _titles(lots: Iterable[LotId]) -> dict[LotId, str]:
    """Return the name of each lot's sheet of results: short enough, and all different."""
    refs, fixed = list(lots), {ABOUT, RANKING, PRICES, AGREED, INDIVIDUAL, METHOD, CRITERIA}
    taken = {*fixed, SCALES, BIDS, PANEL}
    found: dict[LotId, str] = {}
    for ref in refs:
        name = f"{RESULTS} lot {ref}" if len(refs) > 1 else RESULTS
        if utf16_length(name) > _LONGEST_TITLE:
            # Characters beyond the basic plane count twice, and a number may be put behind.
            while utf16_length(name) > _NUMBERED_TITLE:
                name = name[:-1]
        found[ref] = safe_title(name, taken)
        taken.add(found[ref])
    return found


def _why_not(model: ReportModel) -> str:
    if not may(model.stage, Act.RANK):
        return _NO_PRICES.format(stage=model.stage)
    return f"There is no ranking. {model.not_ranked_because}".strip()


def _more(model: ReportModel) -> Iterator[tuple[str, Content]]:
    if model.not_ranked_because:
        yield "Why there is no ranking", model.not_ranked_because
    yield from (("Missing", gap) for gap in model.gaps)
    yield from (("How to read it", text) for text in _HOW_TO_READ)


def _agreed(sheet: Sheet, model: ReportModel) -> dict[Place, tuple[str, Fraction]]:
    """Write the agreed scores that stand; return where each stands, and the score."""
    sheet.say(AGREED, TITLE)
    sheet.say(approval_words(model))
    if not model.agreed:
        sheet.say("No agreed score is recorded.")
    sheet.head(_AGREED, keys=3, frozen=3)
    top, found = sheet.row, {}
    bidders = _bidder_names(model)
    said: dict[tuple[Place, int], dict[PersonId, Confirmation]] = {}
    for item in model.confirmations:
        # The last word of a person on one revision counts.
        said.setdefault((item.place, item.revision), {})[item.person] = item
    for agreed in model.agreed:
        words = said.get((agreed.place, agreed.revision), {}).values()
        at = sheet.add(_agreed_row(model, agreed, bidders, words))
        found[agreed.place] = (sheet.at(_AGREED_SCORE, at), agreed.points)
    sheet.filter(top, sheet.row)
    return found


def _agreed_row(
    model: ReportModel,
    agreed: AgreedScore,
    bidders: Mapping[BidderId, str],
    said: Iterable[Confirmation],
) -> list[Content]:
    place, words = agreed.place, tuple(said)
    return [
        *_place(model, place, bidders),
        points_words(agreed.points, model.method.criterion(place.criterion)),
        agreed.rationale,
        agreed.releasable_rationale,
        "\n".join(f"{item.sub_criterion}: {item.text}" for item in agreed.explanations),
        _names(model, agreed.present),
        "\n".join(_signed(model, one) for one in words if one.agrees),
        "\n".join(f"{_signed(model, one)}: {one.dissent}" for one in words if not one.agrees),
        agreed.revision,
        agreed.reason,
        agreed.method_version,
        "yes" if agreed.elsewhere else "",
        agreed.recorded_at,
    ]


def _signed(model: ReportModel, item: Confirmation) -> str:
    name = _name(model, item.person)
    return name if item.recorded_at is None else f"{name}, {_moment(item.recorded_at)}"


def _moment(at: datetime) -> str:
    here = at.astimezone(LONDON)
    return f"{_day(here)} {here:%H:%M}"


def _day(day: date) -> str:
    # Never by strftime: the month's name would follow the computer's language.
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _individual(sheet: Sheet, model: ReportModel) -> None:
    sheet.say(INDIVIDUAL, TITLE)
    sheet.say(approval_words(model))
    together = model.stage.position >= Stage.MODERATION.position
    if not together:
        sheet.say(_NO_SCORES.format(stage=model.stage))
        return
    if not model.scores:
        sheet.say("No individual score is recorded.")
    sheet.head(_INDIVIDUAL, keys=4, frozen=4)
    top, bidders = sheet.row, _bidder_names(model)
    left = {member.person for member in model.panel if member.left}
    for score in model.scores:
        row = model.method.criterion(score.place.criterion)
        sheet.add(
            [
                _name(model, score.evaluator),
                *_place(model, score.place, bidders),
                score.state,
                None if score.points is None else points_words(score.points, row),
                score.rationale,
                score.method_version,
                score.recorded_at,
                "not used: has left" if score.evaluator in left else "",
            ]
        )
    sheet.filter(top, sheet.row)


def _bids(sheet: Sheet, model: ReportModel) -> None:
    sheet.say("Bids and where they stand", TITLE)
    sheet.head(_BIDS, frozen=2)
    top, bidders = sheet.row, _bidder_names(model)
    for bid in model.bids:
        sheet.add(
            [
                bidders.get(bid.bidder, bid.bidder),
                bid.lot,
                bid.status if bid.status_counts else f"{bid.status}, dates missing",
                bid.reason,
                *_dates(bid),
            ]
        )
    sheet.filter(top, sheet.row)


def _dates(bid: Bid) -> list[Content]:
    days = (bid.notified_on, bid.responded_on, bid.decided_on)
    return [None if day is None else _day(day) for day in days]


def _panel(sheet: Sheet, model: ReportModel) -> None:
    sheet.say("Panel and declared interests", TITLE)
    sheet.head(_PANEL, frozen=1)
    top, bidders = sheet.row, _bidder_names(model)
    declared = {item.person: item for item in model.declarations}
    for member in model.panel:
        declaration = declared.get(member.person)
        sheet.add([*_member(model, member), *_interest(declaration, bidders)])
    sheet.filter(top, sheet.row)


def _member(model: ReportModel, member: PanelMember) -> list[Content]:
    asked = member.role.scores_by_default
    every = "every scored question" if asked else "none"
    return [
        _name(model, member.person),
        member.role,
        member.label,
        every if member.questions is None else ", ".join(sorted(member.questions)),
        "all" if member.lots is None else ", ".join(sorted(member.lots)),
        "has left" if member.left else "yes",
        member.reason,
    ]


def _interest(declaration: Declaration | None, bidders: Mapping[BidderId, str]) -> list[Content]:
    if declaration is None:
        return ["not declared yet"]
    removed = sorted(bidders.get(one, one) for one in declaration.removed_for)
    return [
        declaration.interest or "none",
        declaration.outcome or ("" if declaration.is_settled else "awaited"),
        declaration.how,
        ", ".join(removed),
    ]


def _bidder_names(model: ReportModel) -> dict[BidderId, str]:
    return {bidder.id: bidder.name for bidder in model.bidders}


def _place(model: ReportModel, place: Place, bidders: Mapping[BidderId, str]) -> list[Content]:
    bidder = bidders.get(place.bidder, place.bidder)
    return [bidder, place.criterion, lot_words(place.lot, model.method)]


def _name(model: ReportModel, person: PersonId) -> str:
    return model.names.get(person, _UNNAMED)


def _names(model: ReportModel, people: Iterable[PersonId]) -> str:
    return "\n".join(_name(model, person) for person in people)
