"""Bring pay schedules, certificates and partners in; a bidder's rows replace those before as one.

Until answers are locked they come with the bid. Afterwards the lead may still record what a bid
shows of them; what stands is replaced with a reason only, as after a clarification.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Final, Protocol, TypeVar

from tendereval.domain.errors import CellProblem, ReasonNeeded
from tendereval.domain.ids import BidderId
from tendereval.domain.stages import Act, Stage, may
from tendereval.exchange.content import CertificateRow, PartnerRow, RoleRow, WorkbookContent
from tendereval.services import certificates, good_works, living_wage
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.intake import Intake
from tendereval.store import public_value

_PAY: Final = "Pay"
_CERTIFICATES: Final = "Certificates"
_PARTNERS: Final = "Partners"


class _BidderRow(Protocol):
    """A row of any of the three sheets."""

    @property
    def bidder(self) -> str:
        """The bidder's name."""
        ...


R = TypeVar("R", bound=_BidderRow)


def everything(intake: Intake, content: WorkbookContent) -> None:
    """Bring the three sheets in.

    Raises:
        NotAllowedNow: something is new and the tender is closed.
        RuleRefusal: something is new and the person only scores.
    """
    for bidder, roles in _by_bidder(intake, content.pay):
        _pay(intake, bidder, roles)
    for bidder, claims in _by_bidder(intake, content.certificates):
        _certificates(intake, bidder, claims)
    for bidder, partners in _by_bidder(intake, content.partners):
        _partners(intake, bidder, partners)


def _by_bidder(intake: Intake, rows: Iterable[R]) -> list[tuple[BidderId, list[R]]]:
    found: dict[BidderId, list[R]] = {}
    for row in rows:
        found.setdefault(intake.now.bidder_named(row.bidder).id, []).append(row)
    return list(found.items())


def _pay(intake: Intake, bidder: BidderId, rows: Sequence[RoleRow]) -> None:
    items = tuple(row.pay for row in rows)
    standing = public_value.pay_schedules(intake.change.reader).get(bidder, ())
    check = partial(living_wage.check_schedule, intake.now, bidder, items)
    if _may_replace(intake, (_PAY, rows[0].row), bidder, standing, items) and intake.tried(
        _PAY, rows[0].row, check
    ):
        living_wage.put_schedule(intake.change, bidder, items)
        _count(intake, (_PAY, "roles"), bidder, standing, items)


def _certificates(intake: Intake, bidder: BidderId, rows: Sequence[CertificateRow]) -> None:
    reader, now = intake.change.reader, intake.now
    standing = public_value.claims(reader).get(bidder, ())
    claims = tuple(row.claim for row in rows)
    to_record = partial(certificates.to_record, reader, now, bidder, claims)
    if not intake.tried(_CERTIFICATES, rows[0].row, to_record):
        return
    items = to_record()
    if _may_replace(intake, (_CERTIFICATES, rows[0].row), bidder, standing, items):
        certificates.put_claims(intake.change, bidder, items)
        _count(intake, (_CERTIFICATES, "certificates"), bidder, standing, items)


def _partners(intake: Intake, bidder: BidderId, rows: Sequence[PartnerRow]) -> None:
    items = tuple(row.partner for row in rows)
    standing = public_value.partners(intake.change.reader).get(bidder, ())
    if not _may_replace(intake, (_PARTNERS, rows[0].row), bidder, standing, items):
        return
    problems = good_works.problems_of(intake.now, bidder, items)
    for one in problems:
        at = rows[one.line].row
        intake.problems.append(CellProblem(_PARTNERS, at, one.column, one.wrong, one.write))
    if not problems:
        good_works.put_partners(intake.change, bidder, items)
        _count(intake, (_PARTNERS, "partners"), bidder, standing, items)
        _note_prices(intake, bidder, rows)


def _note_prices(intake: Intake, bidder: BidderId, rows: Sequence[PartnerRow]) -> None:
    """Mention what does not go with the price, from stage ``price`` on."""
    if not may(intake.now.stage, Act.RANK):
        return
    found = good_works.finding_for(intake.change.reader, intake.now, bidder)
    name = intake.now.bidder_name(bidder)
    intake.notes.extend(
        f"{_PARTNERS}, row {row.row}: {item.against_price}"
        for row, item in zip(rows, found.partners, strict=True)
        if item.against_price
    )
    if found.share is None:
        intake.notes.append(f"{_PARTNERS}, {name}: no share, as {found.why_no_share}.")
    intake.notes.extend(f"{_PARTNERS}, {name}: {flag}" for flag in found.flags)


def _may_replace(
    intake: Intake,
    first: tuple[str, int],
    bidder: BidderId,
    standing: Collection[object],
    items: Collection[object],
) -> bool:
    """Whether rows are new and may take the place of what stands; a refusal names the first."""
    if Counter(items) == Counter(standing):
        return False
    intake.require(Act.RECORD_EVIDENCE)
    if intake.elsewhere:
        return True
    refuse_scorers(intake.now, intake.session.actor.person, "record what a bid shows")
    begun = intake.now.stage.position >= Stage.SCORING.position
    if standing and begun and not intake.reason.strip():
        name = intake.now.bidder_name(bidder)
        wrong = f"What stands of {name} differs; other rows need a reason."
        intake.refuse(*first, ReasonNeeded(wrong, "Say why; it is kept."))
        return False
    return True


def _count(
    intake: Intake,
    what: tuple[str, str],
    bidder: BidderId,
    standing: Collection[object],
    items: Collection[object],
) -> None:
    """Count the rows that are new, and mention those that are gone."""
    sheet, name = what
    gone = (Counter(standing) - Counter(items)).total()
    intake.count(name, (Counter(items) - Counter(standing)).total() or gone)
    if gone:
        rows = "1 earlier row" if gone == 1 else f"{gone} earlier rows"
        verb = "gives" if gone == 1 else "give"
        intake.notes.append(f"{sheet}, {intake.now.bidder_name(bidder)}: {rows} {verb} way.")
