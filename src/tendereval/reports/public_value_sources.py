"""The last part of the public value report: what is not verified, and which data were used."""

from collections.abc import Iterator

from tendereval.domain.report_model import DataVersion, PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered
from tendereval.reports.outline import Block, Bullets, Column, Paragraph, Row, Table
from tendereval.reports.public_value_certificates import claimed_schemes
from tendereval.reports.public_value_wage import used_years

_DIGEST_WIDTH = 3.4
"""Share beside 1 that a digest of 64 figures takes on one line."""


def sources_section(g: Gathered, found: PublicValue) -> Iterator[Block]:
    """Yield whose words the findings rest on, what no source was seen for, and the data used."""
    yield Paragraph(p.OWN_WORDS)
    yield Paragraph(p.NOT_VERIFIED, "label")
    open_points = tuple(dict.fromkeys(_open_points(found)))
    yield Bullets(open_points) if open_points else Paragraph(p.ALL_VERIFIED)
    if not found.data:
        return
    columns = (
        Column(p.DATASET, width=2.6),
        Column(p.VERSION, width=1.6),
        Column(p.GATHERED, width=1.2),
        Column(p.CAME_FROM, width=2),
    )
    yield Table(columns, tuple(_data(g, item) for item in found.data), caption=p.DATA)
    digests = (Column("", width=1, muted=True), Column("", width=_DIGEST_WIDTH))
    rows = tuple(Row((item.title, item.sha256)) for item in found.data)
    yield Table(digests, rows, caption=p.FINGERPRINTS)


def _open_points(found: PublicValue) -> Iterator[str]:
    if found.checked_on is not None and not found.no_pay_finding:
        yield from _rates(found)
    for scheme in claimed_schemes(found):
        if not scheme.verified:
            yield p.SCHEME_NOT_SEEN.format(name=scheme.name)
        if scheme.valid_months is not None and not scheme.valid_verified:
            yield p.LENGTH_NOT_SEEN.format(name=scheme.name)


def _rates(found: PublicValue) -> Iterator[str]:
    for year in used_years(found):
        if year.uk is None:
            source = year.source.strip() or w.NOT_RECORDED
            yield p.RATE_NOT_HELD.format(year=year.year, source=source)
            continue
        if not year.rates_verified:
            yield p.RATE_NOT_SEEN.format(year=year.year)
        if not year.dates_verified:
            yield p.RATE_DATE_NOT_SEEN.format(year=year.year)


def _data(g: Gathered, item: DataVersion) -> Row:
    came = p.SHIPPED
    if item.imported_at is not None and item.imported_by is not None:
        day = phrases.day(item.imported_at)
        came = p.IMPORTED.format(name=g.person(item.imported_by), day=day)
    return Row((item.title, item.version, item.retrieved or w.NOT_RECORDED, came))
