"""The lead's way out: sealed packs for evaluators, recorded as they are made.

Sealing and writing come first, recording and showing the files last and together (see
``handing_out``): whatever fails leaves neither a pack nor a word of it in the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import ChangedUnderneath
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ContactCard, Manifest, PackKind, Receipt, ReturnSource
from tendereval.domain.stages import Stage
from tendereval.exchange.file_writing import ensured_folder, refuse_taken
from tendereval.services import aliasing, pack_checks, tender_keys
from tendereval.services.documents_out import safe_name
from tendereval.services.handing_out import Deed, KeyTaken, handing_out
from tendereval.services.pack_content import Stamp, manifest_for, next_number
from tendereval.services.pack_documents import Outward
from tendereval.services.pack_locks import Sealing, sealing_for
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import pack_questions
from tendereval.store.repository import Reader

if TYPE_CHECKING:
    from tendereval.exchange.seal import SecretKeys

_PARTS: Final = 100


@dataclass(frozen=True, slots=True)
class PackOrder:
    """One pack as the lead wants it.

    Attributes:
        card: the person's contact card, to seal to; None where a passphrase is given, or where
            the key that the person is known by serves.
        passphrase: to seal with, told to the person by another way.
        part_allowed: whether a return that is not complete is taken.
        return_by: when scores are wanted back; None is no day.
        message: a few words to the person.
        is_theirs: the lead's word that the card is the person's though its e-mail differs.
        reason: why another key than the known one is taken.
    """

    person: PersonId
    kind: PackKind = PackKind.SCOREPACK
    card: ContactCard | None = None
    passphrase: str = field(default="", repr=False)
    part_allowed: bool = False
    return_by: datetime | None = None
    message: str = ""
    is_theirs: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackMade:
    """A pack that was written and recorded.

    Attributes:
        number: 1, 2, 3 … per person.
        sealed_to: a recipient, or ``passphrase``.
        words: of the person's key, to be compared by phone; empty with a passphrase.
        answers: how many answers are in it.
    """

    path: Path
    person: PersonId
    kind: PackKind
    number: int
    sealed_to: str
    words: str
    answers: int


@dataclass(frozen=True, slots=True)
class _Written:
    """A pack under its temporary name, still in no record; ``path`` is where it goes."""

    order: PackOrder
    manifest: Manifest
    sealing: Sealing
    sha256: str
    path: Path


def make_pack(
    session: Session, order: PackOrder, path: Path, progress: Progress | None = None
) -> PackMade:
    """Write one person's pack and record it.

    Args:
        session: the open tender, with the lead's identity.
        order: for whom, how sealed, with what words.
        path: of the pack; nothing may be there yet.
        progress: told how far it is; may stop it.

    Raises:
        KeysNeeded: the tender has no keys yet (``tender_keys.ensure``), or not for this person.
        NotAllowedNow: the stage does not allow such a pack.
        NotTheirs: the person has left the panel or neither scores nor declares.
        MissingAgreedScore: nothing to confirm yet.
        RuleRefusal: names in answers are undecided, or the pack cannot be sealed so.
        OtherKey: the card is somebody else's, or the person is known by another key.
        FileExists: something of that name is there.
        FileProblem: the disk does not take it.
    """
    with session.reading() as reader:
        now = situation(reader)
    return _make(session, now, ((order, path),), progress or NullProgress())[0]


def make_packs(
    session: Session, orders: Sequence[PackOrder], folder: Path, progress: Progress | None = None
) -> tuple[PackMade, ...]:
    """Write several people's packs into a folder, all or none; see ``make_pack``.

    A folder that is not there is made where the one above it is.
    """
    with session.reading() as reader:
        now = situation(reader)
        places = tuple((order, folder / file_name(reader, now, order)) for order in orders)
    with ensured_folder(folder):
        return _make(session, now, places, progress or NullProgress())


def file_name(reader: Reader, now: Situation, order: PackOrder) -> str:
    """Return the proposed name of a pack: tender, person and number."""
    number = next_number(reader, order.person)
    words = f"{now.details.reference} {now.name(order.person)} {number}".strip()
    return safe_name(f"{words.replace('.', '-')}.{order.kind.value}")


def _make(
    session: Session,
    now: Situation,
    places: Sequence[tuple[PackOrder, Path]],
    progress: Progress,
) -> tuple[PackMade, ...]:
    """Check everything, write everything, then record and show everything."""
    orders = [order for order, _ in places]
    pack_checks.check_orders(session, now, orders, progress)
    refuse_taken(*(path for _, path in places))
    keys = tender_keys.unlocked(session)
    if now.stage.position >= Stage.SCORING.position:
        aliasing.assign(session)
    with session.reading() as reader:
        now = situation(reader)
        stamp = _stamp(session, reader, now, keys, orders)
        known = reader.contact_keys()
    sealings = [sealing_for(now, order, known.get(order.person)) for order in orders]
    paths = [path for _, path in places]
    with handing_out(session, paths) as going:
        written = tuple(
            _write(session, now, stamp, _Plan(*planned, number, len(places)), progress)
            for number, planned in enumerate(
                zip(orders, sealings, going.temporaries, paths, strict=True)
            )
        )
        going.record(_deed(stamp, written), partial(_check_unchanged, stamp))
    return tuple(_made(item) for item in written)


def _stamp(
    session: Session,
    reader: Reader,
    now: Situation,
    keys: "SecretKeys",
    orders: Sequence[PackOrder],
) -> Stamp:
    people = {order.person for order in orders}
    receipts: dict[PersonId, tuple[Receipt, ...]] = {}
    for item in reader.collected():
        if item.person in people and item.source is ReturnSource.SIGNED:
            one = tender_keys.receipt_for(keys, item.sha256)
            receipts[item.person] = (*receipts.get(item.person, ()), one)
    return Stamp(
        session.clock(),
        keys.public,
        tender_keys.head_signed(reader, keys),
        receipts,
        Outward(reader.name_decisions(), now.names_hidden),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """One pack to write, the how-manieth of how many."""

    order: PackOrder
    sealing: Sealing
    temporary: Path
    path: Path
    number: int
    total: int


def _write(
    session: Session, now: Situation, stamp: Stamp, plan: _Plan, progress: Progress
) -> _Written:
    # What seals is loaded only where a pack is made.
    from tendereval.exchange.pack_file import write_pack  # noqa: PLC0415

    label = f"Pack for {now.name(plan.order.person)}"

    def step(done: int, total: int) -> None:
        part = _PARTS * done // max(total, 1)
        progress.step(_PARTS * plan.number + part, _PARTS * plan.total, label)

    step(0, 1)
    with session.reading() as reader:
        manifest = manifest_for(reader, now, plan.order, stamp)
    sha256 = write_pack(
        plan.temporary,
        manifest,
        lambda document: stamp.outward.content(session, document),
        plan.sealing.lock,
        step,
    )
    step(1, 1)
    return _Written(plan.order, manifest, plan.sealing, sha256, plan.path)


def _check_unchanged(stamp: Stamp, reader: Reader) -> None:
    if reader.head().hash != stamp.head.hash:
        raise ChangedUnderneath(
            "The tender was changed while the packs were being made.",
            "Make them again.",
            "The change was kept; no pack was made.",
        )


def _deed(stamp: Stamp, written: Sequence[_Written]) -> Deed:
    """Return what the record says of packs once their files have their names."""
    packs = ", ".join(f"{item.order.person} {item.manifest.number}" for item in written)
    return Deed(
        "pack made" if len(written) == 1 else "packs made",
        {"packs": packs},
        tuple(made_of(item.manifest, item.sealing.to, item.sha256) for item in written),
        tuple(
            KeyTaken(item.order.person, item.sealing.fresh, item.sealing.how)
            for item in written
            if item.sealing.fresh is not None
        ),
        head=stamp.head,
        why=f"packs: {packs}",
    )


def made_of(manifest: Manifest, sealed_to: str, sha256: str) -> pack_questions.PackMade:
    """Return what the record says of one pack or workbook."""
    named = "hidden" if manifest.names_hidden else "shown"
    return pack_questions.PackMade(
        person=manifest.evaluator.person,
        number=manifest.number,
        kind=manifest.kind,
        method_version=manifest.version.number,
        sealed_to=sealed_to,
        sha256=sha256,
        part_allowed=manifest.part_allowed,
        names="revealed" if manifest.names_revealed else named,
    )


def _made(item: _Written) -> PackMade:
    manifest = item.manifest
    return PackMade(
        item.path,
        item.order.person,
        manifest.kind,
        manifest.number,
        item.sealing.to,
        item.sealing.words,
        len(manifest.responses),
    )
