"""Everything the rules look at, read once: stage, method, bids, panel and declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tendereval.domain.bidding import Bid, Bidder, Place, current_bids
from tendereval.domain.errors import UnknownReference
from tendereval.domain.evaluation import (
    Assignment,
    Declaration,
    PanelMember,
    Person,
    Role,
    assignments,
    places_of,
)
from tendereval.domain.ids import BidderId, LotId, PersonId
from tendereval.domain.packs import Alias
from tendereval.domain.stages import Act, Stage, require
from tendereval.domain.tender import AwardCriterion, Method, MethodVersion, TenderDetails
from tendereval.store.repository import Reader


@dataclass(frozen=True, slots=True)
class Situation:
    """A tender as it stands, without scores, answers and prices.

    Attributes:
        bids: every bidder's bid for every lot, with its newest status.
        panel: people who left included.
        aliases: what bidders are called in packs; empty where names were never hidden.
        names_revealed: whether evaluators learnt names that were hidden from them at first.
    """

    stage: Stage
    details: TenderDetails
    method: Method
    versions: tuple[MethodVersion, ...]
    bidders: tuple[Bidder, ...]
    bids: tuple[Bid, ...]
    panel: tuple[PanelMember, ...]
    people: Mapping[PersonId, Person]
    declarations: tuple[Declaration, ...]
    aliases: Mapping[BidderId, Alias] = field(default_factory=dict)
    names_revealed: bool = False

    @property
    def names_hidden(self) -> bool:
        """Whether evaluators see aliases, as things stand."""
        return self.method.hide_bidder_names and not self.names_revealed

    @property
    def version_number(self) -> int:
        """The number of the method version in force; 0 before publishing."""
        return self.versions[-1].number if self.versions else 0

    def require(self, act: Act) -> None:
        """Refuse an act that the stage does not allow."""
        require(self.stage, act)

    def assignments(self) -> tuple[Assignment, ...]:
        """Return who scores what."""
        return assignments(self.method, self.bids, self.panel, self.declarations)

    def asked(self, evaluator: PersonId, bidder: BidderId) -> tuple[Assignment, ...]:
        """Return what one evaluator scores of one bidder."""
        return assignments(
            self.method,
            [bid for bid in self.bids if bid.bidder == bidder],
            [member for member in self.panel if member.person == evaluator],
            self.declarations,
        )

    def places(self) -> tuple[Place, ...]:
        """Return every place a panel judges, in order of bid and question."""
        return tuple(places_of(self.method, self.bids))

    def criterion(self, ref: str) -> AwardCriterion:
        """Return the criterion of this reference.

        Raises:
            UnknownReference: there is none.
        """
        found = self.method.criterion(ref)
        if found is None:
            known = ", ".join(row.ref for row in self.method.criteria) or "none yet"
            raise UnknownReference(f"There is no criterion {ref!r}.", f"Use one of: {known}.")
        return found

    def bidder(self, bidder: BidderId) -> Bidder:
        """Return the bidder of this id.

        Raises:
            UnknownReference: there is none.
        """
        found = next((item for item in self.bidders if item.id == bidder), None)
        if found is None:
            raise UnknownReference(f"There is no bidder {bidder!r}.", "Choose one of the bidders.")
        return found

    def bidder_named(self, name: str) -> Bidder:
        """Return the bidder of this name, compared without case.

        Raises:
            UnknownReference: there is none.
        """
        wanted = name.strip().casefold()
        found = next((item for item in self.bidders if item.name.casefold() == wanted), None)
        if found is None:
            known = ", ".join(item.name for item in self.bidders) or "none yet"
            raise UnknownReference(f"There is no bidder {name!r}.", f"Use one of: {known}.")
        return found

    def lot(self, ref: str) -> LotId:
        """Return the lot of this reference.

        Raises:
            UnknownReference: there is none.
        """
        found = self.method.lot(ref)
        if found is None:
            known = ", ".join(lot.ref for lot in self.method.lots)
            raise UnknownReference(f"There is no lot {ref!r}.", f"Use one of: {known}.")
        return found.ref

    def member(self, person: PersonId) -> PanelMember:
        """Return a person's part in the panel.

        Raises:
            UnknownReference: the person is not on the panel.
        """
        found = next((item for item in self.panel if item.person == person), None)
        if found is None:
            raise UnknownReference("That person is not on the panel.", "Add the person first.")
        return found

    def person_named(self, text: str) -> PanelMember:
        """Return the panel member of this e-mail, name or label, compared without case.

        Raises:
            UnknownReference: nobody on the panel is called so.
        """
        wanted = text.strip().casefold()
        found = [item for item in self.panel if wanted and wanted in self._called(item)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownReference(
                f"{len(found)} people on the panel are called {text!r}.", "Use an e-mail instead."
            )
        raise UnknownReference(
            f"Nobody on the panel is called {text!r}.", "Use a name or an e-mail of the panel."
        )

    def _called(self, member: PanelMember) -> frozenset[str]:
        known = self.people.get(member.person)
        names = (member.label, known.name, known.email) if known else (member.label,)
        return frozenset(name.casefold() for name in names)

    def declaration(self, person: PersonId) -> Declaration | None:
        """Return a person's newest declaration; None where there is none."""
        return next((item for item in self.declarations if item.person == person), None)

    def name(self, person: PersonId) -> str:
        """Return how to call a person: by label where community or erased, else by name."""
        member = next((item for item in self.panel if item.person == person), None)
        known = self.people.get(person)
        if member is not None and (member.role is Role.COMMUNITY or known is None):
            return member.label
        return known.name if known else "a person whose name was erased"

    def bidder_name(self, bidder: BidderId) -> str:
        """Return a bidder's name."""
        return self.bidder(bidder).name

    def place_in_words(self, place: Place) -> str:
        """Return a place as people say it (``Q1, Acme Ltd, lot 2``)."""
        lot = f", lot {place.lot}" if place.lot and len(self.method.lots) > 1 else ""
        return f"{place.criterion}, {self.bidder_name(place.bidder)}{lot}"


def situation(reader: Reader) -> Situation:
    """Read the situation of a tender."""
    method, bidders = reader.method(), reader.bidders()
    return Situation(
        reader.stage(),
        reader.details(),
        method,
        reader.method_versions(),
        bidders,
        current_bids((lot.ref for lot in method.lots), bidders, reader.bids()),
        reader.panel(),
        reader.people(),
        reader.declarations(),
        reader.aliases(),
        reader.names_revealed() is not None,
    )
