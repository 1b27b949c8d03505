"""What stands in a tender while returns are looked at one after another; writes nothing.

Each return that could be merged counts as merged for those after it, so that a look at many
tells what collecting them together would do.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from tendereval.domain.bidding import BidStatus, Place, Response
from tendereval.domain.errors import UnknownReference, UserFixable
from tendereval.domain.evaluation import (
    Declaration,
    PanelMember,
    Score,
    ScoreState,
    check_score,
    places_asked,
    places_of,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.packs import PublicKeys, ReturnedScore, ReturnKind
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.domain.publicvalue.sdg_targets import SdgGoal
from tendereval.domain.record import AuditEntry
from tendereval.domain.stages import Stage
from tendereval.exchange.sdg_data import sdg_goals
from tendereval.services import scoring
from tendereval.services.data_packs import text_of
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader

Key = tuple[BidderId | None, CriterionId, LotId | None]
"""The parts of a place: hashed thousands of times, they take a fraction of its time."""
Standing = tuple[int, Score | ReturnedScore]
"""The number of a revision and what it says."""
_DECLARED = frozenset({"interests declared", "interest decided"})


class Ledger:
    """What is known of the tender and of its returns, kept up to date as returns are judged.

    Attributes:
        now: the tender as it stands, with declarations that came in so far.
        tender: its identity.
        known: digests of the returns collected so far.
        newest: moment and digest of the newest return per person and kind.
        keys: known public keys.
        packs: made so far, by person and number.
        changed: per method version, the criteria whose meaning changed since.
        open_places: responses that are with their evaluators again.
        codes: what bidders are called in returns, with who they are.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.now: Situation = situation(reader)
        self.tender = reader.tender_id()
        self.known: set[str] = set()
        self.newest: dict[tuple[PersonId, ReturnKind], tuple[datetime, str]] = {}
        for item in reader.collected():
            self.note(item.person, item.kind, item.made_at, item.sha256)
        self.keys: dict[PersonId, PublicKeys] = dict(reader.contact_keys())
        self.packs = {(item.person, item.number): item for item in reader.packs_made()}
        self.changed = scoring.changed_since(self.now)
        self.open_places = scoring.places_open(reader)
        self._scores: dict[PersonId, dict[Place, Standing]] = {}
        self._valid: dict[tuple[str, ScoreState, tuple[int, int] | None], bool] = {}
        self.codes = {item.id: item.id for item in self.now.bidders}
        self.codes |= {alias.code: bidder for bidder, alias in reader.aliases().items()}

    def note(self, person: PersonId, kind: ReturnKind, made_at: datetime, sha256: str) -> None:
        """Count a return as collected."""
        self.known.add(sha256)
        mark = (made_at, sha256)
        self.newest[person, kind] = max(self.newest.get((person, kind), mark), mark)

    @cached_property
    def heads(self) -> dict[int, str]:
        """The hash of every entry of the record."""
        return {entry.seq: entry.hash for entry in self._entries}

    @cached_property
    def _entries(self) -> tuple[AuditEntry, ...]:
        return self._reader.entries()

    def declared_here(self, person: PersonId) -> datetime | None:
        """Return when a declaration of a person was last recorded or decided at this desk."""
        moments = [
            datetime.fromisoformat(entry.at_local)
            for entry in self._entries
            if entry.kind in _DECLARED and entry.ids.get("person") == person
        ]
        return moments[-1] if moments else None

    @cached_property
    def agreed(self) -> dict[Place, AgreedScore]:
        """The agreed scores that stand, without their texts."""
        return {item.place: item for item in self._reader.agreed_outlines()}

    @cached_property
    def words(self) -> dict[tuple[PersonId, Place, int], Confirmation]:
        """Everybody's newest word on each revision of each agreed score."""
        return {
            (item.person, item.place, item.revision): item for item in self._reader.confirmations()
        }

    def scores(self, person: PersonId) -> dict[Place, Standing]:
        """Return a person's scores as they stand, each with the number of its revision."""
        if person not in self._scores:
            self._scores[person] = {
                score.place: (score.revision, score) for score in self._reader.scores_of(person)
            }
        return self._scores[person]

    def forget(self, person: PersonId) -> None:
        """Let go of a person's scores; they are read again where they are asked for."""
        self._scores.pop(person, None)

    @cached_property
    def commitments(self) -> dict[str, Commitment]:
        """Every commitment as it stands, by id."""
        return {item.id: item for item in public_value.commitments(self._reader)}

    @cached_property
    def returned(self) -> dict[str, Commitment]:
        """Commitments by id as their evaluators returned them last."""
        return dict(public_value.returned_commitments(self._reader))

    @cached_property
    def goals(self) -> frozenset[str]:
        """The ids of the authority's goals, removed ones included."""
        return frozenset(item.id for item in public_value.goals(self._reader))

    @cached_property
    def sdg_goals(self) -> tuple[SdgGoal, ...]:
        """The Sustainable Development Goals as they count in this tender."""
        return sdg_goals(text_of(self._reader, "sdgs"))

    def answer(self, place: Place) -> Response | None:
        """Return the answer at a place with its text; None where there is none."""
        return self._reader.response_at(place)

    def asked(self, person: PersonId, now: Situation) -> dict[Key, Place]:
        """Return the places that a person is asked to score, in order of bid and question."""
        member = self._member(person)
        places = places_asked(now.method, now.bids, member, now.declarations, self._every)
        return {(place.bidder, place.criterion, place.lot): place for place in places}

    def once_asked(self, person: PersonId, now: Situation) -> frozenset[Place]:
        """Return the places a person would be asked to score were every bid still assessed."""
        bids = tuple(replace(bid, status=BidStatus.ASSESSED) for bid in now.bids)
        every = tuple(places_of(now.method, bids))
        member = self._member(person)
        return frozenset(places_asked(now.method, bids, member, now.declarations, every))

    @cached_property
    def _every(self) -> tuple[Place, ...]:
        return self.now.places()

    def _member(self, person: PersonId) -> PanelMember:
        return self.now.member(person)

    def place(self, given: Place) -> Place:
        """Return the place in the tender that a place of a return stands for.

        Raises:
            UnknownReference: nobody bids under that code.
        """
        return replace(given, bidder=self._bidder(given.bidder))

    def _bidder(self, code: BidderId) -> BidderId:
        bidder = self.codes.get(code)
        if bidder is None:
            raise UnknownReference(
                f"The return names a bidder {code!r} that this tender does not have.",
                "Ask the evaluator to make the return again, from the newest pack.",
            )
        return bidder

    def organisations(self, names: Iterable[str]) -> tuple[BidderId, ...]:
        """Return the bidders that organisations of the declaration's list stand for.

        Args:
            names: of bidders or subcontractors, compared without case, or codes of bidders.

        Raises:
            UnknownReference: no organisation is called so.
        """
        found: list[BidderId] = []
        for name in names:
            wanted = name.strip().casefold()
            meant = [
                item.id
                for item in self.now.bidders
                if wanted in {part.casefold() for part in (item.name, *item.subcontractors)}
            ]
            found += meant or [self._bidder(BidderId(name))]
        return tuple(dict.fromkeys(found))

    def is_sound(self, place: Place, given: ReturnedScore) -> bool:
        """Whether a score is on its scale, has its reason and still means what it meant."""
        version = self.changed.get(given.method_version)
        if version is None or place.criterion in version:
            return False
        if given.state is not ScoreState.DRAFT and not given.rationale.strip():
            return False
        points = None if given.points is None else given.points.as_integer_ratio()
        key = (place.criterion, given.state, points)
        found = self._valid.get(key)
        if found is None:
            found = self._valid[key] = self._fits(place, given)
        return found

    def _fits(self, place: Place, given: ReturnedScore) -> bool:
        scale = self.now.method.scale_of(self.now.criterion(place.criterion))
        try:
            check_score(scale, given.state, given.points, "given")
        except UserFixable:
            return False
        return True

    def may_merge(self, place: Place) -> bool:
        """Whether the stage lets an individual score of this place change."""
        if self.now.stage is Stage.MODERATION:
            return place in self.open_places
        return self.now.stage is Stage.SCORING

    def declared(self, now: Situation, declaration: Declaration | None) -> Situation:
        """Return the situation once a declaration is recorded."""
        if declaration is None:
            return now
        others = tuple(item for item in now.declarations if item.person != declaration.person)
        return replace(now, declarations=(*others, declaration))
