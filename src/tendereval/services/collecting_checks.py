"""Whether a return belongs here at all, before anybody looks at its scores; changes nothing.

Every refusal is a sentence for the lead and says what to do about it.
"""

from dataclasses import dataclass, field
from pathlib import Path

from tendereval.domain.errors import (
    NotTheirs,
    OtherKey,
    StaleReturn,
    UnknownReference,
    UnreadablePack,
    WrongTender,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import short
from tendereval.domain.packs import PublicKeys, ReturnBody, ReturnKind, ReturnSource
from tendereval.services.collecting_ledger import Ledger
from tendereval.services.collecting_report import day_and_time
from tendereval.services.situation import Situation


@dataclass(frozen=True, slots=True)
class Arrived:
    """One return as it came.

    Attributes:
        name: of the file.
        body: what it says; of a workbook, without keys and head.
        sha256: of the signed body, or of the workbook's bytes.
        plain: signature and signed body, or the workbook's own bytes.
        sealed: the file as it came; None for a workbook.
        signing: the key it was signed with; blank for a workbook.
        digest: of what a workbook's hidden sheet holds; blank for a signed return.
        path: of a signed return.
        proof: SHA-256 of ``plain`` where the content was put aside, to be read again from
            ``path``; the body then is without scores, confirmations and commitments.
    """

    name: str
    source: ReturnSource
    body: ReturnBody
    sha256: str
    plain: bytes = field(repr=False)
    sealed: bytes | None = field(default=None, repr=False)
    signing: str = ""
    digest: str = ""
    path: Path | None = None
    proof: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether the evaluator signed it."""
        return self.source is ReturnSource.SIGNED


def check_tender(ledger: Ledger, body: ReturnBody) -> None:
    """Refuse a return of another tender.

    Raises:
        WrongTender: it is one.
    """
    if body.tender != ledger.tender:
        raise WrongTender(
            "The return belongs to another tender.", "Collect it in the file of its own tender."
        )


def check_origin(ledger: Ledger, arrived: Arrived) -> PublicKeys | None:
    """Refuse a return that does not come from a pack of this tender and this method.

    Returns:
        The person's keys where they are seen for the first time.

    Raises:
        UnreadablePack: its parts do not fit its kind.
        NotTheirs: not on the panel, or left it.
        UnknownReference: the pack was never made.
        WrongTender: another method version, or a record that is not this one.
        OtherKey: the person is known by another signing key.
    """
    _check_shape(arrived.body)
    _check_member(ledger.now, arrived.body.evaluator)
    _check_pack(ledger, arrived.body)
    _check_version(ledger.now, arrived)
    if not arrived.is_signed:
        return None
    _check_head(ledger, arrived.body)
    return _new_keys(ledger, arrived)


def _check_shape(body: ReturnBody) -> None:
    scores, confirmations = bool(body.scores), bool(body.confirmations)
    promises = bool(body.commitments)
    wrong = {
        ReturnKind.SCORES: confirmations,
        ReturnKind.DECLARATION: promises or scores or confirmations or body.declaration is None,
        ReturnKind.CONFIRMATION: promises or scores,
    }
    if wrong[body.kind]:
        raise UnreadablePack(
            "The return does not hold together: it holds what a return of its kind never holds.",
            "Ask the evaluator to make it again.",
        )


def _check_member(now: Situation, person: PersonId) -> None:
    member = next((item for item in now.panel if item.person == person), None)
    if member is None:
        raise NotTheirs(
            "The return is of somebody who is not on the panel.",
            "Look at the panel; add the person first if that is right.",
        )
    if member.left:
        raise NotTheirs(
            f"{now.name(person)} has left the panel, so nothing more is collected.",
            "What was collected before is kept, marked “not used”.",
        )


def _check_pack(ledger: Ledger, body: ReturnBody) -> None:
    made = ledger.packs.get((body.evaluator, body.pack))
    who = ledger.now.name(body.evaluator)
    if made is None:
        raise UnknownReference(
            f"This file never made a pack {body.pack} for {who}: the return comes from a copy of "
            "the tender, or the file was put back to an older state.",
            "Look for the file that the pack was made from, or make a new pack.",
        )
    if made.method_version != body.method_version:
        raise WrongTender(
            f"Pack {body.pack} for {who} was made under version {made.method_version} of the "
            f"method, the return says {body.method_version}.",
            "Make a new pack and ask for a new return.",
        )


def _check_version(now: Situation, arrived: Arrived) -> None:
    body = arrived.body
    known = next((item for item in now.versions if item.number == body.method_version), None)
    told = body.fingerprint or not arrived.is_signed
    if known is None or not told or body.fingerprint not in {known.fingerprint, ""}:
        raise WrongTender(
            f"The return was made under a version {body.method_version} of the method that this "
            f"tender does not have (fingerprint {short(body.fingerprint) or 'none'}).",
            "Compare the fingerprints; collect it where its pack was made.",
        )
    if body.kind is ReturnKind.SCORES and known.number != now.version_number:
        raise WrongTender(
            f"The return was made under version {known.number} of the method; version "
            f"{now.version_number} is in force.",
            f"Make a new pack for {now.name(body.evaluator)}; the scores that still apply are "
            "kept there and come with the next return.",
        )


def _check_head(ledger: Ledger, body: ReturnBody) -> None:
    if ledger.heads.get(body.head_seq) == body.head_hash and body.head_hash:
        return
    raise WrongTender(
        f"The record of this file was rewritten, or it is another copy: entry {body.head_seq}, as "
        f"it was when pack {body.pack} was made, is not in it.",
        "Collect it in the file that the pack was made from. If this is that file, somebody "
        "changed its past: keep both as they are and run a check.",
    )


def _new_keys(ledger: Ledger, arrived: Arrived) -> PublicKeys | None:
    # What puts keys into words is loaded only where a return is collected.
    from tendereval.exchange.words import fingerprint  # noqa: PLC0415

    person, keys = arrived.body.evaluator, arrived.body.keys
    known, who = ledger.keys.get(person), ledger.now.name(person)
    if known is not None:
        if known.signing == keys.signing:
            return None
        raise OtherKey(
            f"The return was signed with another key than the one known for {who}. "
            f"Known: {fingerprint(known)}. In the return: {fingerprint(keys)}.",
            f"Ring {who} and compare the words. If the new ones are right, accept the new key "
            "with the reason.",
        )
    others = [one for one, held in ledger.keys.items() if held.signing == keys.signing]
    if others:
        raise OtherKey(
            f"The return of {who} was signed with the key of {ledger.now.name(others[0])}: "
            f"{fingerprint(keys)}.",
            f"Ask {who}. If both share one computer and its key, accept the key with the reason.",
        )
    return keys


def staleness(ledger: Ledger, arrived: Arrived) -> StaleReturn | None:
    """Return the refusal of a return older than one that is held; None for the newest."""
    body = arrived.body
    held = ledger.newest.get((body.evaluator, body.kind))
    if held is None or held < (body.made_at, arrived.sha256):
        return None
    return StaleReturn(
        f"A newer return of {ledger.now.name(body.evaluator)} is held already: of "
        f"{day_and_time(held[0])}, this one of {day_and_time(body.made_at)}.",
        "Leave it out; or insist with a reason, and what it holds becomes the newest revision.",
    )
