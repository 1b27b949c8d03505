"""The lead's receipts in a working file: what says that a return has arrived."""

from tendereval.domain.errors import BadSignature, UnreadablePack, WrongTender
from tendereval.domain.packs import Receipt, receipts_in
from tendereval.services.session import Session
from tendereval.services.working_files import packs_of, require_working_file
from tendereval.store import pack_recording

_WORDS = 4


def take_receipt(session: Session, text: str) -> Receipt:
    """Take in the lead's receipt for a return of this working file; the same again is nothing.

    Args:
        session: the open working file.
        text: the line that collecting printed, perhaps within a message.

    Returns:
        The receipt, where there are several the newest.

    Raises:
        UnreadablePack: the text holds no receipt.
        WrongTender: it is for a return that was not made here.
        BadSignature: it does not bear the tender's signature.
    """
    from tendereval.exchange.seal import is_signed  # noqa: PLC0415

    require_working_file(session)
    found = receipts_in(text)
    if not found:
        raise UnreadablePack(
            "The text holds no receipt.",
            "Copy the whole line that begins with “tendereval-receipt”.",
        )
    with session.reading() as reader:
        keys = {pack.keys.signing for pack in packs_of(reader)}
        made = {item.sha256 for item in reader.returns_made()}
        known = {item.sha256 for item in reader.receipts()}
    own = [receipt for receipt in found if receipt.sha256 in made]
    if not own:
        raise WrongTender(
            "The receipt is for a return that was not made from this working file.",
            "Compare its words with those of your return.",
        )
    for receipt in own:
        text_signed = receipt.sha256.encode()
        if not any(is_signed(key, text_signed, receipt.signature) for key in keys):
            raise BadSignature(
                "The receipt does not bear the tender's signature.",
                "Ask the lead to send it again.",
            )
    fresh = {receipt.sha256: receipt for receipt in own if receipt.sha256 not in known}
    if fresh:
        with session.change("receipt taken", {"return": own[-1].sha256}) as change:
            pack_recording.add_receipts(change, tuple(fresh.values()))
    return own[-1]


def receipt_words(sha256: str) -> str:
    """Return a few words that both sides can compare by phone for one return."""
    from tendereval.exchange.words import in_words  # noqa: PLC0415

    return in_words(sha256.encode(), _WORDS)
