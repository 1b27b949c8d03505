"""Packs, working files and a whole round of them for tests, with real keys and real files.

By hand: ``a_manifest``, ``a_pack``, ``a_working_file``. From a real tender: ``lead_and_packs``.
"""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tendereval.domain.bidding import Bid, Bidder, Place, Response, StoredDocument
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import BidderId, DocumentId, LotId, PersonId
from tendereval.domain.method_text import fingerprint
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.packs import (
    Manifest,
    PackKind,
    Receipt,
    ReturnBody,
    SignedHead,
    signed_head_text,
)
from tendereval.domain.tender import Method, MethodVersion, VersionKind
from tendereval.exchange import return_file, seal
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.pack_file import write_pack
from tendereval.exchange.seal import Lock, SecretKeys, ToRecipients, WithSecrets
from tendereval.services import declaring, packing, scoring, tender_keys, tenders
from tendereval.services.opening_packs import open_pack
from tendereval.services.scoring import Entry
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.working_files import open_working_file
from tests.builders import a_criterion, a_method, a_tender_details
from tests.service.builders import (
    AFTER,
    ALDER,
    BEN,
    BIRCH,
    CAM,
    Desk,
    TickingClock,
    a_desk,
    place,
)

TENDER = "the-tender"
PLAN = b"%PDF-1.7 the plan of the benches"
PLAN_ID = DocumentId(hashlib.sha256(PLAN).hexdigest())
DOCUMENTS = {PLAN_ID: PLAN}


@cache
def keys_of(who: str) -> SecretKeys:
    """Return the keys of somebody, the same within one run of the tests."""
    assert who
    return seal.new_keys()


def an_identity(name: str = "Ben Bell", email: str = "ben@x.example") -> Identity:
    """Return a person with keys."""
    return Identity(name, email, keys_of(email))


def the_key(email: str = "ben@x.example") -> WithSecrets:
    """Return what opens the packs sealed to a person."""
    return WithSecrets((keys_of(email).secret,))


def a_head(seq: int = 9, tender: str = TENDER, keys: SecretKeys | None = None) -> SignedHead:
    """Return a signed head of a tender's record."""
    signing, digest = keys or keys_of(TENDER), hashlib.sha256(str(seq).encode()).hexdigest()
    signature = seal.sign(signing, signed_head_text(tender, seq, digest))
    return SignedHead(seq, digest, signing.public.signing, signature)


def a_receipt(sha256: str, keys: SecretKeys | None = None) -> Receipt:
    """Return the lead's receipt for a return."""
    return tender_keys.receipt_for(keys or keys_of(TENDER), sha256)


def two_questions() -> Method:
    """Return what an evaluator sees of a method: two questions and no price."""
    return a_method(a_criterion("Q1", 40), a_criterion("Q2", 20))


def a_version(number: int = 1, method: Method | None = None) -> MethodVersion:
    """Return a version of the method as a pack brings it."""
    shown = two_questions() if method is None else method
    kind = VersionKind.PUBLISHED if number == 1 else VersionKind.CORRECTION
    return MethodVersion(number, kind, shown, fingerprint(shown), AFTER)


def answers() -> tuple[Response, ...]:
    """Return the answers of both bidders to both questions; one lies in a document."""
    return (
        Response(place(ALDER, "Q1"), "Alder builds of oak.", PLAN_ID, "2"),
        Response(place(ALDER, "Q2"), "Two apprentices."),
        Response(place(BIRCH, "Q1"), "Birch builds of pine."),
        Response(place(BIRCH, "Q2"), "Four apprentices."),
    )


def a_manifest(
    number: int = 1,
    kind: PackKind = PackKind.SCOREPACK,
    tender: str = TENDER,
    keys: SecretKeys | None = None,
) -> Manifest:
    """Return what the first pack for Ben says; change it by ``dataclasses.replace``.

    Each number is made an hour after the one before.
    """
    tender_keys_used = keys or keys_of(TENDER)
    return Manifest(
        kind=kind,
        tender=tender,
        number=number,
        made_at=AFTER + timedelta(hours=number),
        details=a_tender_details(),
        version=a_version(),
        evaluator=PanelMember(BEN, Role.EVALUATOR, "Evaluator 1"),
        name="Ben Bell",
        email="ben@x.example",
        lead="Ana Ames",
        bidders=(
            Bidder(ALDER, "Alder Ltd", lots=(LotId("1"),)),
            Bidder(BIRCH, "Birch Ltd", lots=(LotId("1"),)),
        ),
        bids=(Bid(ALDER, LotId("1")), Bid(BIRCH, LotId("1"))),
        organisations=("Alder Ltd", "Birch Ltd", "Carpenters’ Guild"),
        declaration=None,
        responses=answers(),
        documents=(StoredDocument(PLAN_ID, ALDER, "plan.pdf", len(PLAN), "application/pdf"),),
        clarifications=(),
        agreed=(),
        sent_back=(),
        is_moderated=False,
        names_hidden=False,
        names_revealed=False,
        part_allowed=False,
        return_by=None,
        message="",
        keys=tender_keys_used.public,
        head=a_head(number + 8, tender, tender_keys_used),
        receipts=(),
    )


def under_aliases(manifest: Manifest) -> Manifest:
    """Return the same pack as it is where names are hidden: Alder is B, Birch is A."""
    codes = {ALDER: BidderId("bidder-b"), BIRCH: BidderId("bidder-a")}
    hidden = replace(manifest.version.method, hide_bidder_names=True)

    def called(at: Place) -> Place:
        return replace(at, bidder=codes[at.bidder])

    return replace(
        manifest,
        version=replace(manifest.version, method=hidden),
        bidders=(
            Bidder(codes[BIRCH], "Bidder A", lots=(LotId("1"),)),
            Bidder(codes[ALDER], "Bidder B", lots=(LotId("1"),)),
        ),
        bids=tuple(replace(bid, bidder=codes[bid.bidder]) for bid in reversed(manifest.bids)),
        responses=tuple(
            replace(item, place=called(item.place), text=item.text.replace("Alder", "We"))
            for item in manifest.responses
        ),
        documents=tuple(
            replace(item, bidder=codes[item.bidder], name="document-1.pdf")
            for item in manifest.documents
        ),
        names_hidden=True,
    )


def an_agreed_score(at: Place, revision: int = 1, points: int = 3) -> AgreedScore:
    """Return an agreed score as a record brings it."""
    rationale = f"The panel on {at.criterion}, revision {revision}."
    return AgreedScore(at, Fraction(points), rationale, "Sound.", (), (), 1, revision)


def a_record(number: int, *agreed: AgreedScore) -> Manifest:
    """Return what a record of agreed scores says."""
    return replace(
        a_manifest(number, PackKind.RECORD),
        organisations=(),
        responses=(),
        documents=(),
        agreed=agreed,
        is_moderated=True,
    )


def a_pack(path: Path, manifest: Manifest, lock: Lock | None = None) -> Path:
    """Write a pack, sealed to Ben unless told, and return where."""
    to_ben = ToRecipients((keys_of("ben@x.example").public.recipient,))
    write_pack(path, manifest, DOCUMENTS.__getitem__, lock or to_ben)
    return path


def a_working_file(
    folder: Path,
    manifest: Manifest | None = None,
    clock: Callable[[], datetime] | None = None,
    *,
    declared: bool = True,
) -> Session:
    """Make Ben's working file from a pack, with nothing to declare, and keep it open."""
    shown = a_manifest() if manifest is None else manifest
    pack = a_pack(folder / f"ben-{shown.number}.{shown.kind}", shown)
    later = TickingClock(AFTER + timedelta(hours=12)) if clock is None else clock
    session = open_pack(pack, folder / "ben.scoring", the_key(), later, "app")
    session = session.with_identity(an_identity())
    if declared:
        declaring.declare(session, "")
    return session


def score_all(session: Session, words: str = "Sound.", points: int = 3) -> None:
    """Give every answer that is asked for a score that is ready."""
    with session.reading() as reader:
        asked = situation(reader).assignments()
    for item in asked:
        score(session, item.place, words, points)


def score(
    session: Session,
    at: Place,
    words: str = "Sound.",
    points: int | None = 3,
    state: ScoreState = ScoreState.READY,
) -> None:
    """Give one answer a score in a working file."""
    given = None if points is None else Fraction(points)
    scoring.record_score(session, session.actor.person, Entry(at, state, given, words))


def body_of(path: Path, keys: SecretKeys | None = None) -> ReturnBody:
    """Open a return with the tender's key and read what was signed."""
    _sealed, plain = return_file.read_return(path, [(keys or keys_of(TENDER)).secret])
    return return_file.read_signed(plain)[0]


@dataclass(slots=True)
class Round:
    """A real tender at stage scoring with its evaluators on laptops of their own.

    Attributes:
        desk: the lead's.
        identities: per person, the lead's included.
        packs: per evaluator.
        files: working files, per evaluator, each in a folder of its own.
    """

    desk: Desk
    identities: Mapping[PersonId, Identity]
    packs: dict[PersonId, Path] = field(default_factory=dict)
    files: dict[PersonId, Path] = field(default_factory=dict)

    def lead(self) -> Session:
        """Open the tender file with the lead's identity."""
        session = tenders.open_tender(self.desk.file, "", self.desk.clock, "app")
        return session.with_identity(self.identities[session.actor.person])

    def lead_opens(self, path: Path) -> Session:
        """Open another file as the lead opens a tender."""
        return tenders.open_tender(path, "", self.desk.clock, "app")

    def lead_looks(self, path: Path) -> Session:
        """Open another file as one looks at a tender."""
        return tenders.look_at_tender(path, self.desk.clock, "app")

    def at_home(self, person: PersonId) -> Session:
        """Open an evaluator's working file with the evaluator's identity."""
        session = open_working_file(self.files[person], self.desk.clock, "app")
        return session.with_identity(self.identities[person])

    def send(self, people: Iterable[PersonId], kind: PackKind = PackKind.SCOREPACK) -> None:
        """Make a pack for each of these people and open it on their laptops."""
        with self.lead() as session:
            tender_keys.ensure(session)
            for person in people:
                pack = self._next_pack(person, kind)
                order = packing.PackOrder(person, kind, self.identities[person].card)
                self.packs[person] = packing.make_pack(session, order, pack).path
        for person in people:
            self.open(person)

    def open(self, person: PersonId) -> None:
        """Open the newest pack of an evaluator into the working file."""
        target = self._folder(person) / "own.scoring"
        key = WithSecrets((self.identities[person].keys.secret,))
        open_pack(self.packs[person], target, key, self.desk.clock, "app").file.close()
        self.files[person] = target

    def secrets(self) -> SecretKeys:
        """Return the tender's own keys."""
        with self.lead() as session:
            return tender_keys.unlocked(session)

    def copied_to(self, folder: Path) -> "Round":
        """Return the same round in another folder."""
        shutil.copytree(self.desk.folder, folder, dirs_exist_ok=True)

        def moved(paths: Mapping[PersonId, Path]) -> dict[PersonId, Path]:
            return {
                person: folder / path.relative_to(self.desk.folder)
                for person, path in paths.items()
            }

        desk = Desk(folder, TickingClock(self.desk.clock.now), self.desk.books)
        return Round(desk, self.identities, moved(self.packs), moved(self.files))

    def _folder(self, person: PersonId) -> Path:
        folder = self.desk.folder / f"laptop-{person}"
        folder.mkdir(exist_ok=True)
        return folder

    def _next_pack(self, person: PersonId, kind: PackKind) -> Path:
        folder = self._folder(person)
        return folder / f"pack-{1 + sum(1 for _ in folder.glob('pack-*'))}.{kind}"


def lead_and_packs(
    folder: Path, stage: str = "scoring", kind: PackKind = PackKind.SCOREPACK
) -> Round:
    """Make a real tender, packs for all its evaluators and their working files.

    Stages are those of ``a_desk``; from ``agreed`` on the packs are records.
    """
    return _packed_once(stage, kind).copied_to(folder)


def a_folder(prefix: str) -> Path:
    """Return a folder for what is made once and used by many tests; gone when they are done."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _packed_once(stage: str, kind: PackKind) -> Round:
    desk = a_desk(a_folder("packed-"), stage)
    people = {item.id: item for item in desk.now().people.values()}
    identities = {
        key: Identity(person.name, person.email, keys_of(person.email))
        for key, person in people.items()
    }
    made = Round(desk, identities)
    made.send((BEN, CAM), kind)
    return made
