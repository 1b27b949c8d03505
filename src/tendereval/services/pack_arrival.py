"""What a pack brings into a working file, within one transaction; what stands there is kept.

Opens no pack: the manifest and documents come from one that is being read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from tendereval import __version__
from tendereval.domain.bidding import Bid, Bidder, StoredDocument
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import LotId, PersonId
from tendereval.domain.method_text import canonical_text, changed_criteria
from tendereval.domain.moderation import SentBack
from tendereval.domain.packs import Manifest, PackKind, Receipt
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, MethodVersion
from tendereval.services import declaring
from tendereval.store import pack_recording, public_value, recording
from tendereval.store.unit_of_work import Change

LEAD: Final = PersonId("lead")
"""The lead evaluator in a working file, known there by name only."""

_NO_LOT: Final = LotId("none of this pack")
"""Bid for by a bidder whom the newest pack does not bring any more; no lot has that name."""

_BY_THE_LEAD: Final = "Sent back by the lead evaluator."


@dataclass(frozen=True, slots=True)
class Bringing:
    """One pack on its way into one working file.

    Attributes:
        change: the transaction.
        manifest: of the pack.
        before: the packs opened before, oldest first.
        at: the moment.
    """

    change: Change
    manifest: Manifest
    before: tuple[Manifest, ...]
    at: datetime

    @property
    def is_first(self) -> bool:
        """Whether the working file is being made."""
        return not self.before


def put_pack(
    bringing: Bringing,
    digest: str,
    receipts: Sequence[Receipt],
    documents: Iterable[tuple[StoredDocument, bytes]],
) -> tuple[str, ...]:
    """Record everything that a pack brings; scores stay as they are.

    Args:
        bringing: the pack and the file.
        digest: SHA-256 of the manifest.
        receipts: those of the manifest that are known to be the lead's.
        documents: of the manifest's list, with their bytes.

    Returns:
        What is new since the pack before, in sentences; empty for the first pack.
    """
    change, manifest = bringing.change, bringing.manifest
    if bringing.is_first:
        recording.add_identity(change, manifest.tender, __version__)
    _put_people(bringing)
    news = [*_put_method(bringing), *_put_stage(bringing)]
    _put_bids(bringing)
    news += _put_answers(bringing)
    news += _put_goals(bringing)
    _put_documents(change, documents)
    news += _put_agreed(bringing)
    news += _put_sent_back(bringing)
    if manifest.names_revealed and change.reader.names_revealed() is None:
        pack_recording.add_names_revealed(change, f"Pack {manifest.number}.")
    news += declaring.put_declaration(change, manifest, bringing.before)
    known = {receipt.sha256 for receipt in change.reader.receipts()}
    fresh = [receipt for receipt in receipts if receipt.sha256 not in known]
    pack_recording.add_receipts(change, fresh)
    if fresh:
        news.append("The lead has confirmed that your return arrived.")
    pack_recording.add_pack_opened(change, _outline(manifest), digest)
    return () if bringing.is_first else tuple(news)


def _outline(manifest: Manifest) -> Manifest:
    """Return a manifest without what stands in tables of its own."""
    return replace(manifest, responses=(), documents=(), clarifications=(), agreed=())


def _put_people(bringing: Bringing) -> None:
    change, manifest = bringing.change, bringing.manifest
    member = manifest.evaluator
    recording.set_contact(change, member.person, manifest.name, manifest.email)
    members = [member]
    if member.role is not Role.LEAD:
        recording.set_contact(change, LEAD, manifest.lead, "")
        members.append(PanelMember(LEAD, Role.LEAD, "Lead evaluator", frozenset()))
    known = set(change.reader.panel())
    for item in members:
        if item not in known:
            recording.add_member(change, item)


def _put_method(bringing: Bringing) -> tuple[str, ...]:
    """Put the method in force: a new version, or another part of the version that is.

    A version is kept once, as first brought; where a later pack of the same version shows more
    or less of it, the method in force is kept beside.
    """
    change, version = bringing.change, bringing.manifest.version
    known = {item.number for item in change.reader.method_versions()}
    if bringing.is_first or change.reader.details() != bringing.manifest.details:
        recording.add_details(change, bringing.manifest.details)
    if version.number not in known:
        _let_lapse(bringing, version)
        recording.add_version(change, version, canonical_text(version.method))
        if bringing.is_first:
            return ()
        return (f"Version {version.number} of the method is in force.",)
    now = change.reader.method()
    shown = _with_agreed(change, now, version.method)
    if shown == now:
        return ()
    recording.set_method_draft(change, shown)
    same = [row.ref for row in shown.criteria] == [row.ref for row in now.criteria]
    return () if same else ("The pack asks for other questions than the one before.",)


def _with_agreed(change: Change, now: Method, shown: Method) -> Method:
    """Return what a pack shows of the method, and what agreed scores here are about."""
    agreed = {item.place.criterion for item in change.reader.agreed_outlines()}
    kept = [row for row in now.criteria if row.ref in agreed and not shown.criterion(row.ref)]
    scales = {scale.name for scale in shown.scales}
    names = {row.scale for row in kept}
    return replace(
        shown,
        criteria=(*shown.criteria, *kept),
        scales=(
            *shown.scales,
            *(scale for scale in now.scales if scale.name in names - scales),
        ),
    )


def _let_lapse(bringing: Bringing, version: MethodVersion) -> None:
    """Make drafts of scores that a new version overtakes and the versions kept cannot tell.

    Those are scores of a criterion that only a later pack of their version brought. Points and
    words stay.
    """
    reader = bringing.change.reader
    kept = {item.number: item.method for item in reader.method_versions()}
    overtaken = []
    for score in reader.scores_of(bringing.manifest.evaluator.person):
        ref = score.place.criterion
        if score.state is ScoreState.DRAFT or kept[score.method_version].criterion(ref):
            continue
        shown = (
            pack.version.method
            for pack in reversed(bringing.before)
            if pack.version.number == score.method_version and pack.version.method.criterion(ref)
        )
        if any(ref in changed_criteria(method, version.method) for method in shown):
            overtaken.append(
                replace(
                    score,
                    state=ScoreState.DRAFT,
                    method_version=version.number,
                    revision=score.revision + 1,
                )
            )
    if overtaken:
        recording.add_scores(bringing.change, overtaken, bringing.at)


def _put_stage(bringing: Bringing) -> tuple[str, ...]:
    change, manifest = bringing.change, bringing.manifest
    moderated = manifest.is_moderated or manifest.kind is PackKind.RECORD
    stage = Stage.MODERATION if moderated else Stage.SCORING
    if bringing.is_first:
        recording.add_stage(change, stage)
    elif change.reader.stage() is not stage:
        recording.add_stage(change, stage, f"Pack {manifest.number}.")
        if moderated:
            return ("Moderation has opened: only what was sent back can still be scored.",)
    return ()


def _put_bids(bringing: Bringing) -> None:
    change, manifest = bringing.change, bringing.manifest
    known = {item.id: item for item in change.reader.bidders()}
    statuses = set(change.reader.bids())
    for bidder in manifest.bidders:
        shown = _with_lots(bidder, manifest.bids)
        if known.get(bidder.id) != shown:
            recording.add_bidder(change, shown)
    for bid in manifest.bids:
        if bid not in statuses:
            recording.add_bid(change, bid)
    brought = {item.id for item in manifest.bidders}
    for gone in known.values():
        if gone.id not in brought and gone.lots != (_NO_LOT,):
            recording.add_bidder(change, replace(gone, lots=(_NO_LOT,)))


def _with_lots(bidder: Bidder, bids: Sequence[Bid]) -> Bidder:
    """Return a bidder with the lots that the pack brings bids for, and no others."""
    lots = tuple(bid.lot for bid in bids if bid.bidder == bidder.id)
    return replace(bidder, lots=lots or (_NO_LOT,))


def _put_answers(bringing: Bringing) -> tuple[str, ...]:
    change, manifest = bringing.change, bringing.manifest
    known = {item.place: item for item in change.reader.responses()}
    fresh = [item for item in manifest.responses if known.get(item.place) != item]
    recording.add_responses(change, fresh)
    asked = set(change.reader.clarifications())
    for item in manifest.clarifications:
        if item not in asked:
            recording.add_clarification(change, item)
    changed = sum(item.place in known for item in fresh)
    added = len(fresh) - changed
    return (
        *((f"{_few(added, 'answer')} more to read.",) if added else ()),
        *((f"{_few(changed, 'answer')} changed.",) if changed else ()),
    )


def _put_goals(bringing: Bringing) -> tuple[str, ...]:
    """Put the authority's goals; one that is on offer no more stays with what serves it."""
    change, manifest = bringing.change, bringing.manifest
    if manifest.kind is PackKind.RECORD:
        return ()
    known = {item.id: item for item in public_value.goals(change.reader)}
    offered = {item.id for item in manifest.goals}
    gone = (replace(item, removed=True) for item in known.values() if item.id not in offered)
    fresh = [item for item in (*manifest.goals, *gone) if known.get(item.id) != item]
    for item in fresh:
        public_value.set_goal(change, item)
    return ("The authority's goals have changed.",) if fresh else ()


def _put_documents(change: Change, documents: Iterable[tuple[StoredDocument, bytes]]) -> None:
    known = list(change.reader.documents())
    for document, content in documents:
        recording.add_document(
            change, document.bidder, document.name, content, document.media_type, known
        )


def _put_agreed(bringing: Bringing) -> tuple[str, ...]:
    """Put agreed scores to be confirmed by the one person whose file it is."""
    change, manifest = bringing.change, bringing.manifest
    known = {(item.place, item.revision) for item in change.reader.agreed_history()}
    fresh = [item for item in manifest.agreed if (item.place, item.revision) not in known]
    present = (manifest.evaluator.person,)
    for item in fresh:
        recording.add_agreed(
            change, replace(item, present=present), LEAD, item.recorded_at or bringing.at
        )
    return (f"{_few(len(fresh), 'agreed score')} to confirm.",) if fresh else ()


def _put_sent_back(bringing: Bringing) -> tuple[str, ...]:
    change, manifest = bringing.change, bringing.manifest
    open_now = {item.place for item in change.reader.sent_back() if item.is_open}
    wanted = set(manifest.sent_back)
    for place in sorted(open_now ^ wanted, key=lambda one: (one.bidder, one.criterion)):
        is_open = place in wanted
        recording.add_sent_back(change, SentBack(place, _BY_THE_LEAD, bringing.at, is_open))
    fresh = len(wanted - open_now)
    return (f"{_few(fresh, 'answer')} sent back to you.",) if fresh else ()


def _few(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
