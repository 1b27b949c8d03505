"""What stands on the page of one answer: question, scale and what the bidder submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tendereval.domain.bidding import Clarification, Place, Response
from tendereval.domain.errors import WeightsDoNotSum
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import DocumentId
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import ONLY_LOT, AwardCriterion
from tendereval.domain.weights import weight_plan
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.score_queue import Task, bidder_names

_HEADING_AT_MOST: Final = 160
_WHOLE_AT_MOST: Final = 420
_EXCERPT: Final = 150


@dataclass(frozen=True, slots=True)
class Page:
    """One answer with its question.

    Attributes:
        over_line: reference and marks, above the heading; also the title where it is not the
            heading.
        heading: the question where it is short, else its title.
        question: in full.
        excerpt: how a long question begins; empty where the heading is the question and
            guidance is short.
        guidance: what a good answer shows, point by point.
        sub_criteria: reference and text of what the rationale should speak about.
        answer_line: whose answer and how long, for the head of the reading pane.
        document: the bidder's document the answer is in; None where there is none.
        document_name: its name and where to look.
        clarifications: question and answer, as far as the panel may use them.
        other_names: what the other bidders are called here.
    """

    place: Place
    over_line: str
    heading: str
    question: str
    excerpt: str
    guidance: tuple[str, ...]
    sub_criteria: tuple[tuple[str, str], ...]
    scale: ScoringScale
    bidder: str
    answer_line: str
    answer: str
    document: DocumentId | None = None
    document_name: str = ""
    page: int | None = None
    clarifications: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = field(default=())


def page_of(
    now: Situation,
    task: Task,
    response: Response | None,
    documents: Mapping[DocumentId, str],
    clarified: tuple[Clarification, ...],
) -> Page:
    """Return the page of a task."""
    criterion = now.criterion(task.place.criterion)
    answer = response.text if response else ""
    document = response.document if response else None
    names = bidder_names(now)
    return Page(
        task.place,
        _over_line(now, criterion, task.place),
        _heading(criterion),
        criterion.question.strip() or criterion.title,
        _excerpt(criterion),
        tuple(line.strip(" -–•\t") for line in criterion.guidance.split("\n") if line.strip()),
        tuple((item.ref, item.text) for item in criterion.sub_criteria),
        now.method.scale_of(criterion),
        task.bidder,
        _answer_line(criterion, answer),
        answer,
        document,
        documents.get(document, "") if document else "",
        _page_number(response.page if response else ""),
        tuple(
            (item.question, item.answer)
            for item in clarified
            if item.place == task.place and item.scorable
        ),
        tuple(name for bidder, name in names.items() if bidder != task.place.bidder),
    )


def _over_line(now: Situation, criterion: AwardCriterion, place: Place) -> str:
    parts: list[str] = [criterion.ref]
    if _heading(criterion) != criterion.title:
        parts = [f"{criterion.ref}   {criterion.title}"]
    if criterion.kind.is_weighted:
        lot = place.lot or (now.method.lots[0].ref if now.method.lots else ONLY_LOT)
        try:
            marks = weight_plan(now.method, lot).weights.get(criterion.ref)
        except WeightsDoNotSum:
            marks = None
        if marks is not None:
            parts.append(f"{decimal_text(marks)} marks of 100")
    if place.lot and len(now.method.lots) > 1:
        found = now.method.lot(place.lot)
        title = f", {found.title}" if found and found.title else ""
        parts.append(f"lot {place.lot}{title}")
    return "   ·   ".join(parts)


def _heading(criterion: AwardCriterion) -> str:
    question = criterion.question.strip()
    short = question and len(question) <= _HEADING_AT_MOST
    return question if short else criterion.title or question


def _excerpt(criterion: AwardCriterion) -> str:
    """Return how the question begins where question and guidance would push the scale away."""
    question = " ".join(criterion.question.split())
    beside = sum(len(item.text) for item in criterion.sub_criteria) + len(criterion.guidance)
    if len(question) + beside <= _WHOLE_AT_MOST:
        return ""
    if _heading(criterion) == criterion.question.strip():
        question = " ".join(criterion.guidance.split())
    if len(question) <= _EXCERPT:
        return question
    return question[:_EXCERPT].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _answer_line(criterion: AwardCriterion, answer: str) -> str:
    count = len(answer.split())
    if not count:
        return f"no text to {criterion.ref}"
    limit = (
        f"{count:,} of {criterion.word_limit:,} words"
        if criterion.word_limit
        else (f"{count:,} word{'s' if count != 1 else ''}")
    )
    return f"answer to {criterion.ref}   ·   {limit}"


def _page_number(text: str) -> int | None:
    digits = "".join(one if one.isdecimal() and one.isascii() else " " for one in text).split()
    return int(digits[0][:6]) if digits else None


class Library:
    """Answers, names of documents and clarifications, read once and again when they change."""

    def __init__(self) -> None:
        self._responses: dict[Place, Response] | None = None
        self._documents: dict[DocumentId, str] = {}
        self._clarified: tuple[Clarification, ...] = ()

    def forget(self) -> None:
        """Read again at the next question."""
        self._responses = None

    def page(self, now: Situation, reader: Reader, task: Task) -> Page:
        """Return the page of a task."""
        if self._responses is None:
            self._responses = {item.place: item for item in reader.responses() if not item.late}
            self._documents = {item.id: item.name for item in reader.documents()}
            self._clarified = reader.clarifications()
        response = self._responses.get(task.place)
        return page_of(now, task, response, self._documents, self._clarified)
