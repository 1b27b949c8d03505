"""What the lead types about assessment summaries: words, withholding, particulars, sending.

Nothing is recorded before the button is pressed; a refusal leaves everything as it was typed.
"""

from dataclasses import replace
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import LotId
from tendereval.domain.summaries import Limb
from tendereval.reports.wording_summary import LIMBS
from tendereval.services import summaries
from tendereval.services.session import Session
from tendereval.viewmodels.award_reading import LotReading
from tendereval.viewmodels.award_texts import TextLine
from tendereval.viewmodels.form_fields import (
    YES_OR_NO,
    FormField,
    Shape,
    Unreadable,
    read_day,
    show_day,
    show_yes_or_no,
    yes_or_no,
)
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    long_field,
    reason_field,
    typed_field,
)

_WORDS, _LIMB, _NOTE, _WHERE, _DAY = "words", "limb", "note", "where", "day"
NEVER_PRINTED: Final = (
    "The note is kept inside this file. It is never printed in a summary, and no supplier sees it."
)
_LIMBS: Final = (
    ("", "Choose…", True),
    (str(Limb.COMMERCIAL), "Sensitive commercial information, s.94(1)(b)", True),
    (str(Limb.NATIONAL_SECURITY), "National security, s.94(1)(a)", True),
)
_SENT_BEFORE: Final = "The summaries went out already: say why, and send them again afterwards."


def _again(found: LotReading) -> tuple[FormField[Typed], ...]:
    """Return the field for a reason, where summaries went out before."""
    return (reason_field(hint=_SENT_BEFORE),) if found.sent is not None else ()


def words_entry(session: Session, found: LotReading, line: TextLine) -> Entry:
    """Return the page for the lead's words in place of others."""
    addressee = found.summaries[line.at.addressee].name
    what = "generated words" if line.is_price or line.is_further else "panel’s releasable words"
    shown = line.words if line.is_own else line.plain

    def record(typed: Typed) -> object:
        words = typed.get(_WORDS, "")
        # Words that were left as they are stay whose they are.
        own = "" if words.strip() == line.plain.strip() else words
        _put_words(session, found.lot, line, own, typed.get(REASON, ""))
        return None

    def teaches(_typed: Typed) -> tuple[str, ...]:
        kept = "" if line.is_price or line.is_further else " The panel’s record stays as it is."
        whose = "" if line.is_further else _WHOSE
        return (
            f"Without yours, the {what} stand there:",
            f"“{line.plain}”" if line.plain.strip() else "There are none; write your own.",
            f"Empty the field to put them back.{kept}{whose}",
        )

    hint = "Name no other bidder and nobody of the panel."
    return Entry(
        title=line.title,
        under=f"In the assessment summary for {addressee}. About: {_about(line)}.",
        fields=(long_field(_WORDS, "Words", hint, optional=True), *_again(found)),
        shown={_WORDS: shown},
        verb="Record the words",
        record=record,
        teaches=teaches,
    )


_WHOSE: Final = " The words stand in every summary that tells of this tender."


def _about(line: TextLine) -> str:
    return line.about[:1].lower() + line.about[1:] if line.about == "Its own tender" else line.about


def _put_words(session: Session, lot: LotId, line: TextLine, words: str, reason: str) -> None:
    at = line.at
    if line.is_further:
        summaries.explain_further(session, lot, at.addressee, words, reason=reason)
    elif line.is_price:
        summaries.explain_price(session, lot, at.whose, at.criterion, words, reason=reason)
    else:
        summaries.explain_score(
            session, lot, at.whose, at.criterion, words, sub=at.sub, reason=reason
        )


def withhold_entry(session: Session, found: LotReading, line: TextLine) -> Entry:
    """Return the page that withholds one text from one supplier."""
    addressee = found.summaries[line.at.addressee].name

    def record(typed: Typed) -> object:
        limb = typed.get(_LIMB, "")
        if not limb:
            raise Unreadable("Choose the limb of section 94 that applies.")
        note, why = typed.get(_NOTE, ""), typed.get(REASON, "")
        return summaries.withhold(session, found.lot, line.at, Limb(limb), note, reason=why)

    def teaches(typed: Typed) -> tuple[str, ...]:
        limb = typed.get(_LIMB, "")
        told = LIMBS[Limb(limb)].format(limb=limb) if limb else "the words of the limb you choose."
        price = " The price goes with it." if line.is_price else ""
        return (
            f"Withheld from {addressee}: “{line.words or line.plain}”{price}",
            f"In its place {addressee} reads: {told}",
            NEVER_PRINTED,
        )

    held = line.withheld
    return Entry(
        title=f"Withhold {line.title} from {addressee}",
        under="Only where section 94 of the Procurement Act 2023 allows it. You decide.",
        fields=(
            typed_field(_LIMB, "Why it may be withheld", shape=Shape.CHOICE, choices=_LIMBS),
            long_field(_NOTE, "Why the public interest asks for it", "Kept inside, never printed."),
            *_again(found),
        ),
        shown={_LIMB: str(held.limb) if held else "", _NOTE: held.note if held else ""},
        verb="Withhold it",
        record=record,
        teaches=teaches,
    )


def release_entry(session: Session, found: LotReading, line: TextLine) -> Entry:
    """Return the page that takes a withholding back."""
    note = line.withheld.note if line.withheld else ""
    return Entry(
        title=f"Release {line.title}",
        under="The supplier reads the text again. The record keeps that it was withheld, and why.",
        fields=_again(found),
        shown={},
        verb="Release it",
        record=lambda typed: summaries.release(
            session, found.lot, line.at, reason=typed.get(REASON, "")
        ),
        teaches=lambda _typed: (f"The note that was kept: “{note}”", f"The text: “{line.plain}”"),
    )


def where_entry(session: Session, found: LotReading) -> Entry:
    """Return the page that says where the criteria can be seen in full."""
    return Entry(
        title="Where the award criteria can be seen in full",
        under="For example a web address of the tender notice or of the tender documents.",
        fields=(long_field(_WHERE, "Where", optional=True), *_again(found)),
        shown={_WHERE: found.supplement.where},
        verb="Record the place",
        record=lambda typed: summaries.say_where(
            session, found.lot, typed.get(_WHERE, ""), reason=typed.get(REASON, "")
        ),
        teaches=lambda _typed: (
            "Without a place, every summary holds the criteria in full, as an annex.",
            "With one, summaries are shorter and lead there. It must stay open to the suppliers.",
        ),
    )


def day_entry(session: Session, found: LotReading) -> Entry:
    """Return the page for the day that summaries bear."""
    day = found.supplement.dated
    return Entry(
        title="The day that the summaries bear",
        under="Printed on every summary of the lot; all go out at the same time.",
        fields=(
            typed_field(_DAY, "Day", _readable_day, width=24, optional=True),
            *_again(found),
        ),
        shown={_DAY: show_day(day) if day else ""},
        verb="Record the day",
        record=lambda typed: summaries.date_summaries(
            session, found.lot, read_day(typed.get(_DAY, "")), reason=typed.get(REASON, "")
        ),
    )


def _readable_day(text: str) -> str:
    read_day(text)
    return text


_FLAGS: Final = (
    ("sme", "Small or medium-sized"),
    ("vcse", "Voluntary, community or social enterprise"),
)


def particulars_entry(session: Session, bidder: Bidder) -> Entry:
    """Return the page that completes what a tender left out of its supplier's particulars."""
    shown = {
        "address": bidder.address,
        "email": bidder.email,
        "identifier": bidder.identifier,
        "sme": "" if bidder.sme is None else show_yes_or_no(bidder.sme),
        "vcse": "" if bidder.vcse is None else show_yes_or_no(bidder.vcse),
    }

    def record(typed: Typed) -> object:
        flags = {name: yes_or_no(typed.get(name, "")) for name, _ in _FLAGS}
        texts = {name: typed.get(name, "") for name in ("address", "email", "identifier")}
        changed = replace(bidder, **texts, **flags)  # type: ignore[arg-type]  # by name
        return summaries.complete_particulars(session, changed, typed.get(REASON, ""))

    return Entry(
        title=f"Particulars of {bidder.name}",
        under="What its tender left out and a summary or the award notice needs.",
        fields=(
            long_field("address", "Postal address"),
            typed_field("email", "E-mail address", width=40),
            typed_field("identifier", "Unique identifier", width=24),
            *(
                typed_field(name, label, shape=Shape.CHOICE, choices=YES_OR_NO, width=16)
                for name, label in _FLAGS
            ),
            reason_field(hint="Where the particulars are from; kept in the record."),
        ),
        shown=shown,
        verb="Record the particulars",
        record=record,
    )
