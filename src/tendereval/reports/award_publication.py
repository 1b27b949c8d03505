"""The rule of the published version: what of a record may stand in a report that anybody reads.

The rule, in one place. People are called by label. A successful tender is told with its score,
marks, price and releasable reasons. An unsuccessful one is told by a letter, its status, total
and rank: with its quality marks beside the total its price could be worked out, and its reasons
were written for its supplier alone. Texts written for the panel's own use are left out; so is
what the lead withholds. What is left out of the model cannot stand in the document.

Source: Procurement Act 2023, ss.94 and 99; Procurement Regulations 2024, r.31 (nobody is told a
third bidder's scores).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tendereval.domain.aliases import letters
from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import Bid, Bidder, Clarification, Place, Response
from tendereval.domain.evaluation import Declaration
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.name_hits import Found, find_names
from tendereval.domain.name_terms import terms_of
from tendereval.domain.ranked import NotRanked, RankedBid, Ranking, RankingWarning
from tendereval.domain.report_model import PublicValue, ReportModel
from tendereval.domain.summary_recipients import standing_decision
from tendereval.reports import wording_publication as p
from tendereval.reports.award_labels import labels
from tendereval.reports.outline import Paragraph

KEPT_WARNINGS: Final = frozenset({"close-result", "weights"})
"""They tell totals and the published method only."""

REVERSAL: Final = "rank-reversal"
_PASSAGES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_Key = tuple[BidderId, LotId]


def left_out(what: str) -> Paragraph:
    """Return the words that stand in the place of something left out."""
    return Paragraph(p.LEFT_OUT.format(what=what), "note")


@dataclass(frozen=True, slots=True)
class Lettering:
    """Who is named and what the others are called.

    Attributes:
        winners: suppliers that are awarded something, by lot.
        letters: what an unsuccessful tender is called, by bidder and lot.
    """

    winners: Mapping[LotId, frozenset[BidderId]]
    letters: Mapping[_Key, str]

    @property
    def named(self) -> frozenset[BidderId]:
        """Suppliers that are awarded something in any lot."""
        return frozenset(one for won in self.winners.values() for one in won)

    def shows(self, place: Place) -> bool:
        """Whether what was judged at a place may be told."""
        if place.lot is None:
            return place.bidder in self.named
        return place.bidder in self.winners.get(place.lot, frozenset())

    def bidder(self, bidder: BidderId, lot: LotId) -> BidderId:
        """Return what stands for a bidder in a lot."""
        label = self.letters.get((bidder, lot))
        return bidder if label is None else BidderId(label)


def lettering(model: ReportModel) -> Lettering:
    """Return who is named in the published version and what the others are called.

    Letters follow rank, then nothing that could be guessed from a list of names.
    """
    winners, found = {}, {}
    for lot in model.method.lots:
        decision = standing_decision(model, lot.ref)
        winners[lot.ref] = frozenset(decision.bidders if decision else ())
        ranking = next((one for one in model.rankings if one.lot == lot.ref), None)
        ranks = {bid.bidder: bid.rank for bid in ranking.ranked} if ranking else {}
        last = len(model.bids) + 1
        others = [bid.bidder for bid in model.bids if bid.lot == lot.ref]
        lost = sorted(
            (one for one in others if one not in winners[lot.ref]),
            key=lambda one: (ranks.get(one, last), _shuffled(model, one)),
        )
        form = p.TENDER_LOT if len(model.method.lots) > 1 else p.TENDER
        for at, bidder in enumerate(lost):
            found[bidder, lot.ref] = form.format(letter=letters(at), lot=lot.ref)
    return Lettering(winners, found)


def _shuffled(model: ReportModel, bidder: BidderId) -> str:
    return hashlib.sha256(f"{model.head.tender_id} {bidder}".encode()).hexdigest()


def published(model: ReportModel) -> ReportModel:
    """Return a model that holds nothing that may not be published.

    Args:
        model: everything that the report for the file may say.
    """
    shown = lettering(model)
    hidden = hidden_prices(model)
    return replace(
        _without_judgements(model, shown),
        names=labels(model),
        bidders=tuple(_bidders(model, shown)),
        bids=tuple(_bid(bid, shown) for bid in model.bids),
        bid_history=tuple((_bid(bid, shown), at) for bid, at in model.bid_history),
        panel=tuple(replace(one, label="", reason=_marker(one.reason)) for one in model.panel),
        declarations=tuple(map(_declaration, model.declarations)),
        responses=tuple(Response(_NOWHERE, late=True) for one in model.responses if one.late)[:1],
        documents=tuple(replace(one, id=DocumentId(""), name="") for one in model.documents)[:1],
        clarifications=tuple(map(_clarification, model.clarifications)),
        rankings=tuple(_ranking(one, shown, hidden) for one in model.rankings),
        decisions=dict(_decisions(model, shown)),
        stages=tuple((stage, _marker(why), at) for stage, why, at in model.stages),
        public_value=_public_value(model.public_value, shown),
        people=(),
        withheld=(),
        released=(),
    )


def _decisions(model: ReportModel, shown: Lettering) -> Iterator[tuple[LotId, AwardDecision]]:
    """Yield decisions that stand, without the passages that name an unsuccessful supplier."""
    terms = terms_of(model.bidders)
    for lot in model.decisions:
        decision = standing_decision(model, lot)
        if decision is not None:
            won = shown.winners.get(lot, frozenset())
            passages = (
                _marker(passage, p.PASSAGE)
                if any(_names_other(hit, won) for hit in find_names(passage, terms))
                else passage
                for passage in _PASSAGES.split(decision.rationale)
            )
            yield lot, replace(decision, rationale="\n\n".join(passages))


def _names_other(hit: Found, won: Collection[BidderId]) -> bool:
    """Whether words stand for a supplier that lost; in small letters they are ordinary ones."""
    return hit.bidder not in won and not hit.words.islower()


def _without_judgements(model: ReportModel, shown: Lettering) -> ReportModel:
    """Return a model without judgements of others, and without texts for the panel's own use."""
    words = {item[:3]: item[3] for item in model.released}
    words |= {item[:3]: p.LIMBS[item[3].limb] for item in model.withheld}
    return replace(
        model,
        scores=tuple(replace(one, rationale="") for one in model.scores if shown.shows(one.place)),
        score_history=tuple(
            replace(one, rationale="") for one in model.score_history if shown.shows(one.place)
        ),
        agreed=tuple(_agreed(one, words) for one in model.agreed if shown.shows(one.place)),
        agreed_history=tuple(
            _earlier(one) for one in model.agreed_history if shown.shows(one.place)
        ),
        confirmations=tuple(
            replace(one, dissent="") for one in model.confirmations if shown.shows(one.place)
        ),
        sent_back=tuple(
            replace(one, reason="") for one in model.sent_back if shown.shows(one.place)
        ),
        reopenings=tuple(
            replace(one, reason="", order_before="", order_after="")
            for one in model.reopenings
            if shown.shows(one.place)
        ),
    )


def _bidders(model: ReportModel, shown: Lettering) -> Iterator[Bidder]:
    """Yield successful suppliers, then each other tender as a supplier of its own."""
    bidders = {bidder.id: bidder for bidder in model.bidders}
    for bidder in model.bidders:
        if bidder.id in shown.named:
            hidden = ("",) if bidder.subcontractors else ()
            yield replace(bidder, address="", email="", subcontractors=hidden)
    for (bidder_id, lot), label in shown.letters.items():
        own = bidders[bidder_id]
        yield Bidder(
            BidderId(label),
            label,
            sme=own.sme,
            vcse=own.vcse,
            supported_employment=own.supported_employment,
            lots=(lot,),
        )


def _marker(text: str, what: str = p.STATUS_REASON) -> str:
    """Return the words in the place of a text; nothing in the place of nothing."""
    return p.LEFT_OUT.format(what=what) if text.strip() else ""


def _bid(bid: Bid, shown: Lettering) -> Bid:
    return replace(bid, bidder=shown.bidder(bid.bidder, bid.lot), reason=_marker(bid.reason))


def _declaration(item: Declaration) -> Declaration:
    if not item.interest.strip():
        return item
    return replace(item, interest=p.LEFT_OUT.format(what=p.INTEREST), bidders=(), how="")


def _clarification(item: Clarification) -> Clarification:
    """Return only that there was one and whether it may count."""
    return replace(item, place=_NOWHERE, question="", answer="", reason="")


_NOWHERE: Final = Place(BidderId(""), CriterionId(""))
"""Stands for no question."""


def _agreed(
    item: AgreedScore, words: Mapping[tuple[BidderId, CriterionId, str], str]
) -> AgreedScore:
    at = (item.place.bidder, item.place.criterion)
    return replace(
        item,
        rationale="",
        reason="",
        releasable_rationale=words.get((*at, ""), item.releasable_rationale),
        explanations=tuple(
            replace(one, text=words.get((*at, one.sub_criterion), one.text))
            for one in item.explanations
        ),
    )


def _earlier(item: AgreedScore) -> AgreedScore:
    return replace(item, rationale="", reason="", releasable_rationale="", explanations=())


def hidden_prices(model: ReportModel) -> frozenset[tuple[BidderId, CriterionId]]:
    """Return the prices that go with an explanation that the lead withholds."""
    return frozenset((bidder, criterion) for bidder, criterion, sub, _ in model.withheld if not sub)


def _ranking(
    ranking: Ranking, shown: Lettering, hidden: frozenset[tuple[BidderId, CriterionId]]
) -> Ranking:
    lot = ranking.lot
    won = shown.winners.get(lot, frozenset())
    called = {bid.bidder: bid.name for bid in ranking.ranked}
    called |= {bid.bidder: bid.name for bid in ranking.not_ranked}
    renamed = {
        name: shown.letters[bidder, lot]
        for bidder, name in called.items()
        if (bidder, lot) in shown.letters
    }
    return replace(
        ranking,
        ranked=tuple(_ranked(bid, shown, lot, hidden) for bid in ranking.ranked),
        not_ranked=tuple(_not_ranked(bid, shown, lot) for bid in ranking.not_ranked),
        ties=tuple(tuple(shown.bidder(one, lot) for one in tie) for tie in ranking.ties),
        warnings=tuple(_warnings(ranking.warnings, renamed)),
        lowest=tuple(
            replace(item, among=item.bidders)
            for item in ranking.lowest
            if set(item.bidders) <= won
            and not any((one, item.criterion) in hidden for one in item.bidders)
        ),
    )


def _warnings(
    warnings: Iterable[RankingWarning], names: Mapping[str, str]
) -> Iterator[RankingWarning]:
    """Yield warnings that tell totals only, and once that there are others."""
    others: set[str] = set()
    for item in warnings:
        if item.code in KEPT_WARNINGS:
            yield replace(item, text=_renamed(item.text, names))
            continue
        what = p.REVERSALS if item.code == REVERSAL else p.WARNINGS
        if what not in others:
            others.add(what)
            yield replace(item, text=p.LEFT_OUT.format(what=what))


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    return text


def _ranked(
    bid: RankedBid,
    shown: Lettering,
    lot: LotId,
    hidden: frozenset[tuple[BidderId, CriterionId]],
) -> RankedBid:
    label = shown.letters.get((bid.bidder, lot))
    if label is None:
        priced = [mark for mark in bid.marks if mark.price is not None]
        if not any((bid.bidder, mark.criterion) in hidden for mark in priced):
            return bid
        marks = (
            replace(mark, price=None) if (bid.bidder, mark.criterion) in hidden else mark
            for mark in bid.marks
        )
        return replace(bid, marks=tuple(marks), price_amount=None)
    return replace(
        bid,
        bidder=BidderId(label),
        name=label,
        marks=(),
        quality=Fraction(0),
        price_marks=Fraction(0),
        price_amount=None,
        total_unrounded=bid.total,
    )


def _not_ranked(bid: NotRanked, shown: Lettering, lot: LotId) -> NotRanked:
    label = shown.letters.get((bid.bidder, lot))
    if label is None:
        return bid
    return replace(bid, bidder=BidderId(label), name=label, reason=_marker(bid.reason))


def _public_value(found: PublicValue | None, shown: Lettering) -> PublicValue | None:
    """Return what was found of successful suppliers; who answers for a term is not named."""
    if found is None:
        return None
    schedules = tuple(
        replace(
            schedule,
            parts=tuple(
                replace(
                    part,
                    rows=tuple(
                        replace(row, commitment=replace(row.commitment, owner=p.OWNER))
                        if row.owner.strip()
                        else row
                        for row in part.rows
                    ),
                )
                for part in schedule.parts
                if part.bidder in shown.named
            ),
        )
        for schedule in found.schedules
    )
    return replace(
        found,
        bids=tuple(item for item in found.bids if item.bidder in shown.named),
        shared_certificates=(),
        schedules=schedules,
        deliveries=(),
    )
