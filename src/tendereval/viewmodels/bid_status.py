"""Statuses of bids in plain words: what each means, needs and still lacks; a draft of a change."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.ids import LotId
from tendereval.domain.wording import listed
from tendereval.viewmodels.form_fields import Unreadable, read_day, show_day

_MEANS: Final = {
    BidStatus.ASSESSED: ("The bid is scored, priced and ranked.", ""),
    BidStatus.LATE: ("It arrived after the deadline.", "Say when and how it arrived."),
    BidStatus.WITHDRAWN: ("The bidder took it back.", "Say when and how the bidder said so."),
    BidStatus.EXCLUDED: ("The supplier is excluded.", "Name the ground."),
    BidStatus.CONDITION_NOT_MET: (
        "The supplier does not meet a condition of participation.",
        "Say which.",
    ),
    BidStatus.DISREGARDED_ABNORMALLY_LOW: (
        "The price is abnormally low, and the supplier could not show that it can perform for it.",
        "Say why.",
    ),
    BidStatus.DISREGARDED_PROCEDURAL: (
        "It breaches a procedural requirement of the tender.",
        "Say which.",
    ),
    BidStatus.DISREGARDED_NON_TREATY: (
        "The supplier is neither a United Kingdom nor a treaty state supplier.",
        "Say why it is disregarded.",
    ),
    BidStatus.NOT_PROGRESSED: (
        "It does not go on to the next stage of the procedure.",
        "Say by which rule.",
    ),
    BidStatus.DISQUALIFIED: ("It fails a minimum of the published method.", "Say which."),
    BidStatus.RESERVE: ("It is kept in reserve.", "Say by which rule."),
}
STATUS_CHOICES: Final = tuple((str(one), one[:1].upper() + one[1:], True) for one in BidStatus)
DATES: Final = (
    ("notified_on", "Notice given"),
    ("responded_on", "Supplier responded"),
    ("decided_on", "Decision taken"),
)
_DATE_WORDS: Final = ("notice", "response", "decision")


def what_it_means(status: BidStatus, *, asking: bool = True) -> str:
    """Return what a status means, needs and brings about.

    Args:
        status: which.
        asking: whether the person is to write a reason now.
    """
    meaning, ask = _MEANS[status]
    parts = [meaning]
    if status.needs_notice:
        parts.append(
            "It takes effect only once three dates are recorded: notice to the supplier, its "
            "response (or the last day for one), and the decision after that. Until then the bid "
            "is assessed like the others."
        )
    if status is not BidStatus.ASSESSED:
        if asking:
            parts.append(f"{ask} The reason is printed.")
        if status.was_assessed:
            parts.append("It still counts as an assessed tender and gets its summary.")
        if not status.counts_as_received:
            parts.append("The award notice does not count it as received.")
    return " ".join(parts)


def what_is_missing(bid: Bid) -> str:
    """Return what a status still needs before it takes effect; empty when nothing."""
    missing = _undated(bid)
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    return f"{listed(missing)} {verb} not dated, so it is assessed until then"


def _undated(bid: Bid) -> list[str]:
    if bid.status_counts:
        return []
    return [word for word, day in zip(_DATE_WORDS, _dates(bid), strict=True) if day is None]


def in_words(bid: Bid) -> str:
    """Return the status with what it still needs, in few words."""
    name = str(bid.status).capitalize()
    missing = _undated(bid)
    return f"{name}; no date: {', '.join(missing)}" if missing else name


class StatusDraft(msgspec.Struct, frozen=True):
    """A status as it is being typed, dates as typed."""

    status: str
    reason: str = ""
    notified_on: str = ""
    responded_on: str = ""
    decided_on: str = ""


def draft_of(bid: Bid) -> StatusDraft:
    """Return what the fields show for a recorded bid."""
    return StatusDraft(
        str(bid.status),
        bid.reason,
        *("" if day is None else show_day(day) for day in _dates(bid)),
    )


def _dates(bid: Bid) -> tuple[date | None, ...]:
    return bid.notified_on, bid.responded_on, bid.decided_on


def bid_of(bid: Bid, draft: StatusDraft) -> Bid:
    """Return the bid that a draft makes.

    Raises:
        Unreadable: a date cannot be read.
    """
    notified, responded, decided = (_day(label, getattr(draft, name)) for name, label in DATES)
    return Bid(
        bid.bidder,
        bid.lot,
        BidStatus(draft.status),
        draft.reason.strip(),
        notified,
        responded,
        decided,
    )


def _day(label: str, text: str) -> date | None:
    try:
        return read_day(text)
    except Unreadable as problem:
        raise Unreadable(f"{label}: {problem}") from None


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One lot of the chosen bidder.

    Attributes:
        title: of the lot; empty where the tender has only one.
        recorded: as the file holds it.
        draft: what the fields show, with what is being typed.
        missing: what the recorded status still needs.
    """

    lot: LotId
    title: str
    recorded: Bid
    draft: StatusDraft
    missing: str

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than the file."""
        return self.draft != draft_of(self.recorded)

    @property
    def takes_a_reason(self) -> bool:
        """Whether a reason is asked for: for every status but the usual one, and for going back."""
        usual = str(BidStatus.ASSESSED)
        return self.draft.status != usual or self.recorded.status is not BidStatus.ASSESSED
