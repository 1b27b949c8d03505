"""The part of the public value report about certificates: who looked, and when they lapse.

Checks nothing itself: every finding and its words come from the check.
"""

from collections.abc import Iterator
from datetime import date

from tendereval.domain.publicvalue.certificate_check import ClaimFinding, Reminder
from tendereval.domain.publicvalue.certificates import Scheme
from tendereval.domain.report_model import BidPublicValue, PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Column, Paragraph, Row, Run, Table


def certificates_section(g: Gathered, part: Part, found: PublicValue) -> Iterator[Block]:
    """Yield each bid's certificates, what they say of each other, and where the facts are from."""
    days = found.days
    yield Paragraph(
        p.CERTIFICATE_DAYS.format(
            deadline=_day(days.deadline), start=_day(days.start), end=_day(days.end)
        )
    )
    for index, item in enumerate(g.looked_at(found), 1):
        yield part.below(index).heading(g.bidder(item.bidder))
        yield from _finding(item)
    if found.shared_certificates:
        yield Paragraph(p.SHARED, "label")
        yield Bullets(found.shared_certificates)
    schemes = claimed_schemes(found)
    if schemes:
        columns = (
            Column(p.SCHEME, width=1.6),
            Column(p.SEEN, width=0.9),
            Column(p.SOURCE, width=3.5),
        )
        yield Table(columns, tuple(map(_scheme, schemes)), caption=p.SCHEMES)


def claimed_schemes(found: PublicValue) -> tuple[Scheme, ...]:
    """Return every scheme that somebody claims a certificate of, in order of their names."""
    claims = (claim for item in found.bids for claim in item.certificates.claims)
    by_id = {claim.scheme.id: claim.scheme for claim in claims if claim.scheme is not None}
    return tuple(sorted(by_id.values(), key=lambda scheme: (scheme.name, scheme.id)))


def reminder_bullets(reminders: tuple[Reminder, ...]) -> Bullets:
    """Return when to ask for renewed certificates as a list."""
    return Bullets(
        tuple(
            p.REMINDER.format(day=phrases.day(one.on), sentence=one.sentence) for one in reminders
        )
    )


def _day(when: date | None) -> str:
    return w.NOT_RECORDED if when is None else phrases.day(when)


def _finding(item: BidPublicValue) -> Iterator[Block]:
    claims = item.certificates.claims
    yield Paragraph((Run(item.certificates.sentence, bold=True),))
    if not claims:
        return
    columns = (
        Column(p.CERTIFICATE, width=2),
        Column(p.ASSURANCE, width=1.8),
        Column(p.ISSUED, width=1.8),
        Column(p.VALID_TO, width=1.8),
        Column(p.STATE, width=1.8),
    )
    yield Table(columns, tuple(map(_claim, claims)))
    for claim in claims:
        yield Paragraph(_remarks(claim))
    if item.reminders:
        yield Paragraph(p.REMINDERS, "label")
        yield reminder_bullets(item.reminders)


def _claim(found: ClaimFinding) -> Row:
    claim = found.claim
    return Row(
        (
            _named(found),
            found.assurance_words,
            phrases.day(claim.issued) if claim.issued else p.UNKNOWN,
            phrases.day(found.last_day) if found.last_day else p.UNKNOWN,
            found.state,
        )
    )


def _named(found: ClaimFinding) -> str:
    level = found.claim.level.strip()
    return p.LEVEL_OF.format(name=found.name, level=level) if level else found.name


def _remarks(found: ClaimFinding) -> tuple[Run, ...]:
    claim = found.claim
    told = (
        p.NUMBER.format(number=claim.number.strip()) if claim.number.strip() else "",
        p.SCOPE.format(text=phrases.ended(claim.scope)) if claim.scope.strip() else "",
        p.EVIDENCE_IS.format(text=phrases.ended(claim.evidence)) if claim.evidence.strip() else "",
        p.HOLDER.format(name=claim.holder.strip()) if claim.holder.strip() else "",
        p.OFFERED_UNDER.format(ref=claim.criterion.strip()) if claim.criterion.strip() else "",
        *found.flags,
    )
    return (Run(f"{phrases.ended(found.name)} ", bold=True), Run(phrases.sentences(*told)))


def _scheme(scheme: Scheme) -> Row:
    note = p.NOTED.format(note=scheme.note.strip()) if scheme.note.strip() else ""
    told = "\n".join(part for part in (scheme.source.strip() or w.NOT_RECORDED, note) if part)
    return Row((scheme.name, p.YES if scheme.verified else p.NO, told))
