"""Look a report model up quickly, and keep from the report what its stage does not show yet.

Decides nothing about wording. Everything that is withheld is withheld here: judgements before
moderation, prices, ranking and decision before the stage of prices.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from tendereval.domain.award import Approval, AwardDecision, is_approved
from tendereval.domain.bidding import Bid, Bidder, BidStatus, Place
from tendereval.domain.evaluation import Score, assignments
from tendereval.domain.ids import BidderId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Reopening, SentBack
from tendereval.domain.ranked import NotRanked, RankedBid, Ranking
from tendereval.domain.report_model import BidPublicValue, PublicValue, ReportModel
from tendereval.domain.stages import Act, Stage, may
from tendereval.domain.tender import AwardCriterion, Lot
from tendereval.reports import wording as w
from tendereval.reports.award_publication import Lettering
from tendereval.reports.outline import Heading

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the report: where its headings stand.

    Attributes:
        number: of the part (``8.1``).
        level: of its heading, 1 to 3.
    """

    number: str
    level: int = 1

    def heading(self, text: str, key: str = "") -> Heading:
        """Return the heading of the part."""
        return Heading(text, self.level, self.number, key)

    def below(self, index: int) -> "Part":
        """Return its sub-part of a number, counted from 1."""
        return Part(f"{self.number}.{index}", min(self.level + 1, 3))


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was judged at one place.

    Attributes:
        scores: the current individual score of each evaluator.
        earlier: revisions of individual scores that were replaced, oldest first.
        agreed: what stands; None where nothing was agreed.
        replaced: earlier agreed scores, oldest first.
        confirmations: of every revision.
    """

    scores: tuple[Score, ...] = ()
    earlier: tuple[Score, ...] = ()
    agreed: AgreedScore | None = None
    replaced: tuple[AgreedScore, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    sent_back: tuple[SentBack, ...] = ()
    reopenings: tuple[Reopening, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        return not (self.scores or self.earlier or self.agreed or self.sent_back)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report model with what the report looks up.

    Attributes:
        several_lots: whether the report speaks of lots.
        may_judge: whether scores may be shown at this stage.
        may_rank: whether prices, ranking and decision may be shown at this stage.
        rankings: by lot.
        ranked: by lot and bidder.
        not_ranked: by lot and bidder.
        judgements: by place; places without any are absent.
        scorers: who is asked to score each place, as things stand.
        versions: number of the method version in force; 0 before publishing.
        public_value: what was found; None where the document does not speak of it.
        shown: who is named in the version for publication; None in the one for the file.
        moderated_on: days on which scores were agreed, in order; of every tender.
    """

    model: ReportModel
    several_lots: bool
    may_judge: bool
    may_rank: bool
    bidder_names: Mapping[BidderId, str]
    bids: Mapping[tuple[BidderId, LotId], Bid]
    rankings: Mapping[LotId, Ranking]
    ranked: Mapping[tuple[LotId, BidderId], RankedBid]
    not_ranked: Mapping[tuple[LotId, BidderId], NotRanked]
    judgements: Mapping[Place, Judgements]
    scorers: Mapping[Place, frozenset[PersonId]]
    version: int
    public_value: PublicValue | None = None
    shown: Lettering | None = None
    moderated_on: tuple[date, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether this is the version for publication."""
        return self.shown is not None

    @property
    def has_unnamed(self) -> bool:
        """Whether there are tenders that the version for publication calls by letters."""
        return self.shown is not None and bool(self.shown.letters)

    @property
    def named_bidders(self) -> tuple[Bidder, ...]:
        """The bidders that are told of by name: in the version for the file all of them."""
        shown = self.shown
        if shown is None:
            return self.model.bidders
        return tuple(one for one in self.model.bidders if one.id in shown.named)

    def person(self, person: PersonId) -> str:
        """Return how to call a person."""
        return self.model.names.get(person, w.UNKNOWN_PERSON)

    def people(self, people: Iterable[PersonId]) -> list[str]:
        """Return how to call several people, in order."""
        return [self.person(one) for one in people]

    def bidder(self, bidder: BidderId) -> str:
        """Return a bidder's name."""
        return self.bidder_names.get(bidder, bidder)

    def lot_name(self, lot: Lot) -> str:
        """Return how to call a lot (``Lot 1: North``)."""
        if not lot.title:
            return w.LOT.format(ref=lot.ref)
        return w.LOT_TITLED.format(ref=lot.ref, title=lot.title)

    def decision(self, lot: LotId) -> AwardDecision | None:
        """Return the decision of a lot, if there is one to show."""
        return self.model.decisions.get(lot) if self.may_rank else None

    def approvals(self, decision: AwardDecision) -> tuple[Approval, ...]:
        """Return each person's last word on a decision that stands, in the order given."""
        last: dict[PersonId, Approval] = {}
        for item in self.model.approvals:
            if (item.lot, item.revision) == (decision.lot, decision.revision):
                last.pop(item.person, None)
                last[item.person] = item
        return tuple(last.values())

    @property
    def is_final(self) -> bool:
        """Whether every lot's decision is approved and the tender has not gone back since."""
        if self.model.stage not in {Stage.AWARD, Stage.CLOSED} or not self.model.method.lots:
            return False
        return all(
            is_approved(self.decision(lot.ref), self.model.approvals)
            for lot in self.model.method.lots
        )

    def judged_at(self, place: Place) -> Judgements:
        """Return what was judged at a place."""
        return self.judgements.get(place, _NOTHING)

    def status(self, bid: Bid) -> BidStatus:
        """Return the status of a bid that took effect: that of the ranking where there is one."""
        out = self.not_ranked.get((bid.lot, bid.bidder))
        if out is not None:
            return out.status
        return BidStatus.ASSESSED if bid.is_assessed else bid.status

    def bids_of(self, bidder: BidderId, criterion: AwardCriterion) -> list[Bid]:
        """Return the bids of a bidder that a criterion counts for."""
        lots = [lot.ref for lot in self.model.method.lots if criterion.counts_in(lot.ref)]
        return [bid for lot in lots if (bid := self.bids.get((bidder, lot))) is not None]

    def looked_at(self, found: PublicValue) -> tuple[BidPublicValue, ...]:
        """Return what was found of bidders with a tender that was assessed."""
        assessed = {bid.bidder for bid in self.model.bids if self.status(bid).was_assessed}
        return tuple(item for item in found.bids if item.bidder in assessed)

    def refusal(self) -> str:
        """Return why there is no ranking, in words that the stage allows."""
        if not self.may_rank:
            return w.NO_RANKING_YET
        return w.NO_RANKING.format(reason=self.model.not_ranked_because).strip()


_NOTHING = Judgements()


def gather(model: ReportModel, shown: Lettering | None = None) -> Gathered:
    """Index a report model once for all sections.

    Args:
        model: for the version for publication, one that holds nothing else.
        shown: who is named in the version for publication; None for the file.
    """
    may_rank = may(model.stage, Act.RANK)
    rankings = model.rankings if may_rank else ()
    return Gathered(
        model=model,
        several_lots=len(model.method.lots) > 1,
        may_judge=model.stage.position >= Stage.MODERATION.position,
        may_rank=may_rank,
        bidder_names={bidder.id: bidder.name for bidder in model.bidders},
        bids={(bid.bidder, bid.lot): bid for bid in model.bids},
        rankings={ranking.lot: ranking for ranking in rankings},
        ranked={(one.lot, bid.bidder): bid for one in rankings for bid in one.ranked},
        not_ranked={(one.lot, bid.bidder): bid for one in rankings for bid in one.not_ranked},
        judgements=_judgements(model),
        scorers=_scorers(model),
        version=model.versions[-1].number if model.versions else 0,
        public_value=_public_value(model),
        shown=shown,
        moderated_on=moderated_on(model),
    )


def moderated_on(model: ReportModel) -> tuple[date, ...]:
    """Return the days on which scores that stand were agreed, in order."""
    return tuple(sorted({one.recorded_at.date() for one in model.agreed if one.recorded_at}))


def _public_value(model: ReportModel) -> PublicValue | None:
    """Return what was found, without shares of a price and the winner before their stages."""
    found = model.public_value
    if found is None:
        return None
    if not may(model.stage, Act.NAME_OWNER):
        found = replace(found, schedules=(), deliveries=())
    if not may(model.stage, Act.RANK):
        found = replace(found, bids=tuple(map(_without_price, found.bids)))
    return found


def _without_price(item: BidPublicValue) -> BidPublicValue:
    is_told = item.share is not None and item.share.price is not None
    return replace(item, share=None) if is_told else item


def _judgements(model: ReportModel) -> dict[Place, Judgements]:
    if model.stage.position < Stage.MODERATION.position:
        return {}
    scores = _grouped(model.scores, lambda item: item.place)
    current = {(item.evaluator, item.place): item.revision for item in model.scores}
    replaced = [
        item
        for item in model.score_history
        if current.get((item.evaluator, item.place)) != item.revision
    ]
    earlier = _grouped(replaced, lambda item: item.place)
    agreed = {item.place: item for item in model.agreed}
    history = _grouped(model.agreed_history, lambda item: item.place)
    words = _grouped(model.confirmations, lambda item: item.place)
    returned = _grouped(model.sent_back, lambda item: item.place)
    reopened = _grouped(model.reopenings, lambda item: item.place)
    places = {**scores, **earlier, **agreed, **history, **returned}
    return {
        place: Judgements(
            tuple(scores.get(place, ())),
            tuple(earlier.get(place, ())),
            agreed.get(place),
            tuple(_replaced(history.get(place, []), agreed.get(place))),
            tuple(words.get(place, ())),
            tuple(returned.get(place, ())),
            tuple(reopened.get(place, ())),
        )
        for place in places
    }


def _replaced(history: list[AgreedScore], current: AgreedScore | None) -> list[AgreedScore]:
    return [item for item in history if current is None or item.revision != current.revision]


def _grouped(items: Iterable[_T], place_of: Callable[[_T], Place]) -> dict[Place, list[_T]]:
    found: dict[Place, list[_T]] = {}
    for item in items:
        found.setdefault(place_of(item), []).append(item)
    return found


def _scorers(model: ReportModel) -> dict[Place, frozenset[PersonId]]:
    found: dict[Place, set[PersonId]] = {}
    for asked in assignments(model.method, model.bids, model.panel, model.declarations):
        found.setdefault(asked.place, set()).add(asked.evaluator)
    return {place: frozenset(people) for place, people in found.items()}
