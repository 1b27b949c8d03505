"""Approvals with room for signatures, and what identifies the record, in the award report."""

from collections.abc import Iterator

from tendereval.domain.award import Approval
from tendereval.domain.bidding import Place
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_after as a
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_agreed import is_old
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Run,
    Table,
)

_DIGEST_WIDTH = 3.4
"""Share beside 1 that a digest of 64 figures takes on one line."""


def approvals_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield the approvals: every word given on every decision, oldest first, with its statement."""
    given = g.model.approvals if g.may_rank else ()
    yield from _given(g, given)
    yield part.below(1).heading(a.SIGNATURES)
    if g.is_published:
        yield left_out(p.SIGNATURES)
    else:
        yield from _signatures(g)


def _given(g: Gathered, given: tuple[Approval, ...]) -> Iterator[Block]:
    if not given:
        yield Paragraph(r.NO_APPROVALS)
        return
    columns = (
        *((Column(r.LOT, width=0.7),) if g.several_lots else ()),
        Column(r.ROLE, width=2),
        Column(r.NAME, width=2),
        Column(r.OUTCOME, width=1.3),
        Column(r.REVISION_HEAD, "right", width=1),
        Column(r.GIVEN, "right", width=1.7),
    )
    rows = tuple(
        Row(
            (
                *((item.lot,) if g.several_lots else ()),
                item.role,
                g.person(item.person),
                w.OUTCOMES[item.outcome],
                str(item.revision),
                phrases.day(item.given_on),
            )
        )
        for item in given
    )
    yield Table(columns, rows)
    for item in given:
        if item.statement.strip():
            name, day = g.person(item.person), phrases.day(item.given_on)
            label = r.STATEMENT.format(name=name, role=item.role, day=day)
            yield Paragraph((Run(label, bold=True), Run(item.statement.strip())))


def _signatures(g: Gathered) -> Iterator[Block]:
    """Yield a line to sign for everybody who stands by a part of the report."""
    rows = []
    for member in g.model.panel:
        said = a.SIGNS.get(member.role)
        if said is not None and not member.left:
            rows.append(Row((g.person(member.person), w.ROLES[member.role], said, "", "")))
    if not rows:
        yield Paragraph(r.NO_PANEL)
        return
    yield Paragraph(a.SIGNATURES_INTRO)
    columns = (
        Column(r.NAME, width=1.7),
        Column(r.ROLE, width=1.4),
        Column(a.SIGNS_THAT, width=2.4),
        Column(a.SIGNATURE, width=1.7),
        Column(r.GIVEN, width=1),
    )
    yield Table(columns, tuple(rows))


def record_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield the record: identity, fingerprints, documents, scores under earlier versions."""
    head = g.model.head
    yield Paragraph(r.RECORD_INTRO)
    yield Facts(
        (
            (r.TENDER_ID, head.tender_id),
            (r.ENTRIES, f"{head.entries:,}"),
            (r.HEAD_AT, phrases.moment(head.at)),
        )
    )
    digests = [(r.HEAD_HASH, head.hash)]
    digests += [
        (r.METHOD_VERSION.format(number=version.number), version.fingerprint)
        for version in g.model.versions
    ]
    if g.model.answers_lock is not None:
        digests.append((r.ANSWERS_HASH, g.model.answers_lock[0]))
    columns = (Column("", width=1, muted=True), Column("", width=_DIGEST_WIDTH))
    yield Table(columns, tuple(Row(pair) for pair in digests), caption=r.FINGERPRINTS)
    yield part.below(1).heading(r.DOCUMENTS)
    yield from _documents(g)
    yield part.below(2).heading(r.OLD_VERSIONS)
    yield from _old_versions(g)


def _documents(g: Gathered) -> Iterator[Block]:
    if not g.model.documents:
        yield Paragraph(r.NO_DOCUMENTS)
        return
    if g.is_published:
        yield left_out(p.DOCUMENTS)
        return
    rows: list[Row] = []
    for bidder in g.model.bidders:
        own = [item for item in g.model.documents if item.bidder == bidder.id]
        if own:
            rows.append(Row((Cell(bidder.name, 2),), "section"))
            rows += [Row((item.name, item.id)) for item in own]
    columns = (Column(r.DOCUMENT, width=1), Column(r.DIGEST, width=_DIGEST_WIDTH))
    yield Table(columns, tuple(rows))


def _old_versions(g: Gathered) -> Iterator[Block]:
    if not g.may_judge:
        yield Paragraph(r.REASONS_HIDDEN)
        return
    items: list[str] = []
    for place, found in g.judgements.items():
        by_version: dict[int, list[str]] = {}
        for score in found.scores:
            if is_old(g, score):
                by_version.setdefault(score.method_version, []).append(g.person(score.evaluator))
        told = {
            number: [r.OLD_INDIVIDUAL.format(names=phrases.names(people))]
            for number, people in by_version.items()
        }
        if found.agreed is not None and is_old(g, found.agreed):
            told.setdefault(found.agreed.method_version, []).insert(0, r.OLD_AGREED)
        items += [_old(g, place, number, what) for number, what in sorted(told.items())]
    yield Bullets(tuple(items)) if items else Paragraph(r.NO_OLD_VERSIONS)


def _old(g: Gathered, place: Place, number: int, what: list[str]) -> str:
    name = g.bidder(place.bidder)
    return r.OLD_VERSION.format(ref=place.criterion, name=name, number=number, what=", ".join(what))
