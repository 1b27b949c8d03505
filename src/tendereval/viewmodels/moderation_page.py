"""Everything the panel sees of one response; long texts are read for this one only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Role, Score, ScoreState
from tendereval.domain.evidence import find_quote, split_rationale
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.scale import ScoringScale
from tendereval.domain.stages import Stage
from tendereval.services import agenda, scoring
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.initials import initials
from tendereval.viewmodels.moderation_agenda import points_words
from tendereval.viewmodels.score_page import Page, page_of
from tendereval.viewmodels.score_queue import Progress, Task, bidder_names

_NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class View:
    """One evaluator's view of the response.

    Attributes:
        figure: the score as people read it; a dash where there is none.
        points: None where no score of this person is used.
        note: what is to be known about it; empty for a score that is used.
    """

    person: PersonId
    initials: str
    name: str
    role: str
    figure: str
    points: Fraction | None
    rationale: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the answer that an evaluator cited."""

    start: int
    length: int
    person: PersonId
    initials: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who may have been present."""

    person: PersonId
    initials: str
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """One person's word on the agreed score that stands; ``agrees`` is None while awaited."""

    person: PersonId
    name: str
    agrees: bool | None
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A revision of the agreed score that was replaced, and why."""

    figure: str
    recorded: str
    rationale: str
    replaced_because: str


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """One response before the panel.

    Attributes:
        page: question, scale and answer.
        kept_out: names of who may not take part, by decision on an interest.
        agreed: what stands; None before anything is agreed.
        sent_back: why it is with its evaluators; None where it is not.
        common: the score that everybody gave; None where they differ or are fewer than two.
        people: names as people use them, of the whole panel.
    """

    page: Page
    views: tuple[View, ...]
    citations: tuple[Citation, ...]
    seats: tuple[Seat, ...]
    kept_out: tuple[str, ...]
    agreed: AgreedScore | None
    words: tuple[Word, ...]
    earlier: tuple[Earlier, ...]
    sent_back: str | None
    common: Fraction | None
    people: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.page.place

    @property
    def scale(self) -> ScoringScale:
        """The published scale."""
        return self.page.scale

    @property
    def standing(self) -> str:
        """Who confirmed, in words."""
        if self.sent_back is not None:
            return "Sent back to its evaluators"
        if self.agreed is None:
            return "Not agreed yet"
        if not self.words:
            return "Nobody is named as present, so nobody can confirm"
        agreeing = sum(word.agrees is True for word in self.words)
        against = sum(word.agrees is False for word in self.words)
        text = f"Confirmed by {agreeing} of {len(self.words)}"
        if not agreeing:
            text = "Nobody has confirmed yet"
        elif agreeing == len(self.words):
            text = f"Confirmed by all {agreeing}" if agreeing > 1 else "Confirmed"
        return f"{text}, {against} dissent{'s' if against > 1 else ''}" if against else text


def page_at(now: Situation, reader: Reader, place: Place) -> ModerationPage:
    """Read one response: its answer, scores with rationale, what stands and who confirmed."""
    short = _initials(now)
    history = reader.agreed_history_at(place)
    agreed = history[-1] if history else None
    page = _page(now, reader, place)
    views = tuple(_views(now, reader, place, page.scale, short))
    used = [view.points for view in views if view.points is not None]
    open_back = next((i for i in reader.sent_back() if i.place == place and i.is_open), None)
    out = agenda.kept_out(now, place)
    return ModerationPage(
        page,
        views,
        tuple(_citations(views, page.answer)),
        tuple(
            Seat(member.person, short[member.person], now.name(member.person))
            for member in agenda.may_be_present(now, place)
        ),
        tuple(now.name(m.person) for m in now.panel if m.person in out and not m.left),
        agreed,
        _words(now, agreed, reader.confirmations_at(place)),
        tuple(_earlier(history, page.scale)),
        open_back.reason if open_back else None,
        used[0] if len(used) > 1 and len(set(used)) == 1 else None,
        tuple(now.people[m.person].name for m in now.panel if m.person in now.people),
    )


def _initials(now: Situation) -> Mapping[PersonId, str]:
    people = [member.person for member in now.panel]
    return dict(zip(people, initials([now.name(one) for one in people]), strict=True))


def _page(now: Situation, reader: Reader, place: Place) -> Page:
    title = now.criterion(place.criterion).title
    task = Task(place, bidder_names(now)[place.bidder], "", title, Progress.BLANK)
    documents = {item.id: item.name for item in reader.documents()}
    response = reader.response_at(place)
    if response is not None and response.late:
        response = None
    return page_of(now, task, response, documents, reader.clarifications())


def _views(
    now: Situation,
    reader: Reader,
    place: Place,
    scale: ScoringScale,
    short: Mapping[PersonId, str],
) -> Iterator[View]:
    """Yield every view in order of the panel; those asked for one that have given none too."""
    current = {score.evaluator: score for score in reader.score_history(place)}
    for member in now.panel:
        person = member.person
        score = current.get(person)
        asked = any(item.place == place for item in now.asked(person, place.bidder))
        if score is None and not asked:
            continue
        name = now.name(person)
        community = member.role is Role.COMMUNITY and name != member.label
        role = "Community panel" if community else ""
        note = _note(now, score)
        given = score is not None and score.points is not None and _is_given(score)
        figure = points_words(score.points, scale) if given else _NO_FIGURE  # type: ignore[union-attr, arg-type]  # given says so
        points = score.points if given and not note else None  # type: ignore[union-attr]  # the same
        text = score.rationale if score is not None and _is_given(score) else ""
        yield View(person, short[person], name, role, figure, points, text, note)


def _is_given(score: Score) -> bool:
    return score.state is not ScoreState.DRAFT


def _note(now: Situation, score: Score | None) -> str:
    if score is None:
        return "Has not scored this."
    if not scoring.used(now, (score,)):
        left = now.member(score.evaluator).left
        why = "has left the panel" if left else "takes no part for this bidder"
        return f"Not used: {why}."
    if score.state is ScoreState.DRAFT:
        return "Has not finished scoring this."
    if not scoring.applying(now, (score,)):
        return "Not used: the question changed since."
    return "Cannot score." if score.state is ScoreState.CANNOT_SCORE else ""


def _citations(views: Sequence[View], answer: str) -> Iterator[Citation]:
    for view in views:
        for item in split_rationale(view.rationale)[0]:
            found = find_quote(answer, item)
            if found is not None:
                yield Citation(*found, view.person, view.initials)


def _words(
    now: Situation, agreed: AgreedScore | None, given: Sequence[Confirmation]
) -> tuple[Word, ...]:
    if agreed is None:
        return ()
    said = {item.person: item for item in given if item.revision == agreed.revision}
    people = dict.fromkeys((*agenda.asked_to_confirm(now, agreed), *said))
    return tuple(
        Word(
            person,
            now.name(person),
            said[person].agrees if person in said else None,
            said[person].dissent if person in said else "",
        )
        for person in people
    )


def _earlier(history: Sequence[AgreedScore], scale: ScoringScale) -> Iterator[Earlier]:
    """Yield what was replaced, newest first."""
    for old, new in reversed(list(pairwise(history))):
        figure = points_words(old.points, scale)
        yield Earlier(figure, _moment(old.recorded_at), old.rationale, new.reason)


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.day} {at:%B %Y %H:%M}"


def may_agree(now: Situation) -> bool:
    """Whether the stage lets the panel agree, or reopen what was agreed."""
    return now.stage in {Stage.MODERATION, Stage.PRICE}


def approvers(now: Situation) -> tuple[tuple[str, str], ...]:
    """Return id and name of who may reopen an agreed score once prices are known."""
    return tuple(
        (str(member.person), now.name(member.person))
        for member in now.panel
        if member.role is Role.APPROVER and not member.left
    )
