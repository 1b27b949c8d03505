"""How a pack calls bidders, and its texts as they go out; decides nothing about who sees what.

Where a bidder has an alias its code stands for it in packs. While names are hidden nothing but
the alias is told of it, and texts go out without the names that the lead decided to leave out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tendereval.domain.bidding import Bidder, Clarification, Place, Response, StoredDocument
from tendereval.domain.evaluation import Declaration
from tendereval.domain.ids import BidderId
from tendereval.domain.moderation import AgreedScore, Explanation
from tendereval.domain.name_hits import find_names, without
from tendereval.domain.name_terms import Term, terms_of
from tendereval.domain.publicvalue.commitments import Goal
from tendereval.services.name_checking import Where, redacted, subject_of
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import NameDecision


class Calling:
    """What the bidders of one tender are called in packs as things stand.

    Args:
        now: the situation; where names are hidden every bidder has an alias.
        decisions: on names in texts, all of them.
    """

    def __init__(self, now: Situation, decisions: Sequence[NameDecision]) -> None:
        self._now = now
        self._hidden = now.names_hidden
        self._decisions = decisions
        self._order = {
            item.id: (len(alias.letters), alias.letters, 0) if alias else (0, "", number)
            for number, item in enumerate(now.bidders)
            for alias in (now.aliases.get(item.id),)
        }
        self._terms: tuple[Term, ...] = tuple(terms_of(now.bidders)) if self._hidden else ()

    def code(self, bidder: BidderId) -> BidderId:
        """Return what stands for a bidder in packs and returns."""
        alias = self._now.aliases.get(bidder)
        return alias.code if alias else bidder

    def place(self, place: Place) -> Place:
        """Return a place as packs write it."""
        return replace(place, bidder=self.code(place.bidder))

    def places(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """Return places as packs write them."""
        return tuple(self.place(place) for place in self.in_order(places))

    def bidders(self, bidders: Iterable[Bidder]) -> tuple[Bidder, ...]:
        """Return bidders with their lots: by alias, or by name and who they work with."""
        ordered = sorted(bidders, key=lambda one: self._order[one.id])
        return tuple(self._bidder(one) for one in ordered)

    def _bidder(self, bidder: Bidder) -> Bidder:
        code, alias = self.code(bidder.id), self._now.aliases.get(bidder.id)
        if self._hidden and alias is not None:
            return Bidder(code, alias.name, lots=bidder.lots)
        return Bidder(
            code,
            bidder.name,
            identifier=bidder.identifier,
            lots=bidder.lots,
            subcontractors=bidder.subcontractors,
        )

    def declaration(self, declaration: Declaration | None) -> Declaration | None:
        """Return a declaration; while names are hidden it goes by names, which link to no alias."""
        if declaration is None:
            return None
        call = self._now.bidder_name if self._hidden else self.code
        return replace(
            declaration,
            bidders=tuple(BidderId(call(one)) for one in declaration.bidders),
            removed_for=frozenset(BidderId(call(one)) for one in declaration.removed_for),
        )

    def responses(
        self, responses: Sequence[Response], documents: Mapping[int, StoredDocument]
    ) -> tuple[Response, ...]:
        """Return answers with the documents that go out with them, by place in the list."""
        called = [
            replace(
                item,
                place=self.place(item.place),
                text=self._text(item.text, Where.ANSWER, item.place),
                page=self._text(item.page, Where.PAGE, item.place),
                document=documents[number].id if number in documents else None,
            )
            for number, item in enumerate(responses)
        ]
        return tuple(called)

    def documents(self, documents: Iterable[StoredDocument]) -> tuple[StoredDocument, ...]:
        """Return documents, each once."""
        called = (replace(item, bidder=self.code(item.bidder)) for item in documents)
        return tuple({(item.id, item.bidder): item for item in called}.values())

    def clarifications(self, items: Iterable[Clarification]) -> tuple[Clarification, ...]:
        """Return clarifications without the ground of the decision that they count."""
        return tuple(
            replace(
                item,
                place=self.place(item.place),
                question=self._text(item.question, Where.CLARIFICATION, item.place),
                answer=self._text(item.answer, Where.CLARIFICATION, item.place),
                reason="",
            )
            for item in sorted(items, key=lambda one: self._order[one.place.bidder])
        )

    def agreed(self, items: Iterable[AgreedScore]) -> tuple[AgreedScore, ...]:
        """Return agreed scores without who was there; names in the panel's words are left out."""
        return tuple(
            replace(
                item,
                place=self.place(item.place),
                rationale=self.without_names(item.rationale),
                releasable_rationale=self.without_names(item.releasable_rationale),
                explanations=tuple(
                    Explanation(one.sub_criterion, self.without_names(one.text))
                    for one in item.explanations
                ),
                present=(),
                reason="",
                recorded_by=None,
            )
            for item in sorted(items, key=lambda one: self._order[one.place.bidder])
        )

    def goals(self, items: Iterable[Goal]) -> tuple[Goal, ...]:
        """Return the authority's goals; names of bidders in its words are left out."""
        return tuple(
            replace(
                item,
                mission=self.without_names(item.mission),
                outcome=self.without_names(item.outcome),
                baseline=self.without_names(item.baseline),
                end_state=self.without_names(item.end_state),
            )
            for item in items
        )

    def without_names(self, text: str) -> str:
        """Return a text without the names of bidders, where they are hidden."""
        found = find_names(text, self._terms)
        return without(text, ((one.start, one.words) for one in found))

    def in_order(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """Return places bidder by bidder, in the order of packs; their own order else."""
        return tuple(sorted(places, key=lambda place: self._order[place.bidder]))

    def _text(self, text: str, where: Where, place: Place) -> str:
        if not self._hidden:
            return text
        return redacted(text, subject_of(where, place), self._decisions)
