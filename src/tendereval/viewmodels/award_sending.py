"""The register of what was sent on the Award screen: nothing is sent from here, people record."""

from collections.abc import Iterator, Mapping
from typing import Final

from tendereval.domain.ids import BidderId
from tendereval.domain.wording import listed
from tendereval.services import dispatch
from tendereval.services.dispatch import Sent
from tendereval.viewmodels.award_reading import LotReading
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.form_fields import (
    FormField,
    Unreadable,
    read_day,
    show_day,
    show_time,
)
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    must_be_said,
    reason_field,
    typed_field,
)
from tendereval.viewmodels.public_value_rows import Cell, Column, Row, Sheet, counted

_DAY, _HOW, _TO = "day", "how", "to "
_SENT: Final = (Column("Supplier"), Column("Address", 300), Column("SHA-256 of the PDF", 230))
_SHORT: Final = 16
_MOST_NAMED: Final = 3


class SendingPart:
    """What the part shows and does."""

    def __init__(self, state: AwardState) -> None:
        self._state = state

    @property
    def found(self) -> LotReading | None:
        """The lot in sight as it was read last."""
        return self._state.found

    @property
    def sentence(self) -> str:
        """The head of the part."""
        found = self.found
        if found is None or found.sent is None:
            return "The summaries were not sent yet"
        number = len(found.sent.sent)
        verb = "was" if number == 1 else "were"
        return f"{counted(number, 'summary', 'summaries')} {verb} sent on {show_day(found.sent.on)}"

    @property
    def under(self) -> str:
        """What stands under the head."""
        found = self.found
        if found is not None and found.sent is not None:
            return f"How: {found.sent.how}. What went to whom is kept in the record."
        return "All summaries go out at the same time. Nothing is sent from here: record it here."

    @property
    def waits(self) -> str:
        """What recording waits for; empty where it can be recorded."""
        return " ".join(self._waits())

    def _waits(self) -> Iterator[str]:
        found = self.found
        if not self._state.is_open:
            yield "This comes after the award decision."
        elif found is None:
            yield "Reading the summaries…"
        elif found.refusal:
            yield found.refusal
        else:
            yield from self._lacks(found)

    def _lacks(self, found: LotReading) -> Iterator[str]:
        if found.missing:
            verb = "is" if len(found.missing) == 1 else "are"
            yield f"{counted(len(found.missing), 'item')} {verb} missing in the summaries."
        if not self._state.is_approved:
            yield "The award is not approved."
        bare = [one.name for one in found.summaries.values() if one.addressee not in found.made]
        if bare and not found.missing:
            who = listed(bare) if len(bare) <= _MOST_NAMED else counted(len(bare), "supplier")
            yield f"Write the summaries first, under Documents; not written: {who}."

    @property
    def warning(self) -> str:
        """What to see to before recording; it stops nothing."""
        found, reading = self.found, self._state.reading
        if found is None or reading is None or found.sent is not None or self.waits:
            return ""
        old = [one for one in found.made.values() if one.head != reading.head]
        if not old:
            return ""
        return (
            "The record has grown since the summaries were written. Write them again, unless these "
            "are the ones that went."
        )

    @property
    def sent(self) -> Sheet:
        """What went to whom, last."""
        found = self.found
        if found is None or found.sent is None:
            return Sheet("What was sent", _SENT, ())
        names = {one.bidder.id: one.bidder.name for one in found.suppliers}
        rows = tuple(
            Row(
                bidder,
                (
                    Cell(names.get(bidder, bidder)),
                    Cell(address),
                    Cell(f"{digest[:_SHORT]}…", "ink2"),
                ),
                (f"SHA-256 {digest}",),
            )
            for bidder, address, digest in found.sent.sent
        )
        return Sheet("What was sent", _SENT, rows)

    @property
    def history(self) -> tuple[str, ...]:
        """Every entry of the register, oldest first."""
        found = self.found
        now = self._state.desk.now
        return tuple(
            f"Sent {show_day(one.dispatch.on)}, {one.dispatch.how}: "
            f"{counted(len(one.dispatch.sent), 'summary', 'summaries')}. Recorded by "
            f"{now.name(one.by)}, {show_time(one.at)}."
            for one in (found.sendings if found else ())
        )

    def entry(self) -> Entry | None:
        """Return the page that records a sending; None while it cannot be recorded."""
        found = self.found
        if found is None or self.waits:
            return None
        session = self._state.desk.session
        today = show_day(session.clock().date())
        shown = {_DAY: today, _HOW: found.sent.how if found.sent else "e-mail"}
        shown |= {f"{_TO}{one.addressee}": one.email for one in found.summaries.values()}
        again = (reason_field(hint="Why they were sent again; both stay in the register."),)
        return Entry(
            title="Record that the summaries were sent",
            under="One day and one way for all; the address may differ.",
            fields=(
                typed_field(_DAY, "Day", _readable, width=24),
                typed_field(_HOW, "How", width=32),
                *_address_fields(found),
                *(again if found.sent is not None else ()),
            ),
            shown=shown,
            verb="Record the sending",
            record=self._record,
            teaches=lambda _typed: (
                (
                    "The register keeps the SHA-256 of each PDF as it was written last, so that "
                    "exactly these documents are on record."
                ),
            ),
        )

    def _record(self, typed: Typed) -> object:
        found = self.found
        if found is None:
            raise Unreadable("The summaries are being read again.")
        day = read_day(typed.get(_DAY, ""))
        if day is None:
            raise Unreadable("The day is missing.")
        how = must_be_said(typed.get(_HOW, ""), "How they went")
        return dispatch.record_dispatch(
            self._state.desk.session,
            found.lot,
            day,
            how,
            _sent(found, typed),
            reason=typed.get(REASON, ""),
        )


def _readable(text: str) -> str:
    read_day(text)
    return text


def _address_fields(found: LotReading) -> Iterator[FormField[Typed]]:
    for number, one in enumerate(found.summaries.values()):
        group = "Address of each supplier" if number == 0 else ""
        hint = f"The PDF that went: {found.made[one.addressee].name}"
        yield typed_field(f"{_TO}{one.addressee}", one.name, group=group, hint=hint)


def _sent(found: LotReading, typed: Typed) -> Mapping[BidderId, Sent]:
    return {
        bidder: Sent(typed.get(f"{_TO}{bidder}", ""), found.made[bidder].sha256)
        for bidder in found.summaries
        if bidder in found.made
    }
