"""What the tools of public value find, read once after each change and not for every look."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificate_check import CertificateFinding
from tendereval.domain.publicvalue.commitment_check import BidCommitments
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.domain.publicvalue.contract_schedule import KpiState, Schedule
from tendereval.domain.publicvalue.living_wage import Rates
from tendereval.domain.publicvalue.share_finding import ShareFinding
from tendereval.domain.publicvalue.wage_check import PayFinding
from tendereval.services import (
    certificates,
    commitments,
    data_packs,
    good_works,
    living_wage,
)
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.store.repository import Reader

T = TypeVar("T")


class _Once(Generic[T]):
    """Something that is read when it is first asked for."""

    def __init__(self, read: Callable[[Reader, Situation], T]) -> None:
        self._read = read
        self._known: list[T] = []

    def __call__(self, reader: Reader, now: Situation) -> T:
        """Return it."""
        if not self._known:
            self._known.append(self._read(reader, now))
        return self._known[0]


class Found:
    """The findings of every bid at one moment; made anew after each change."""

    def __init__(self) -> None:
        self.claims: _Once[Mapping[BidderId, CertificateFinding]] = _Once(certificates.findings)
        self.promises: _Once[Mapping[BidderId, BidCommitments]] = _Once(commitments.for_bids)
        self.shares: _Once[Mapping[BidderId, ShareFinding]] = _Once(good_works.findings)
        self.kpis: _Once[KpiState] = _Once(commitments.kpis)
        self.schedules: _Once[tuple[Schedule, ...]] = _Once(commitments.schedules)
        self.every_promise: _Once[tuple[Commitment, ...]] = _Once(
            lambda reader, _now: public_value.commitments(reader)
        )
        self.rates: _Once[Rates] = _Once(lambda reader, _now: living_wage.rates_of(reader))
        self.rates_version: _Once[str] = _Once(
            lambda reader, _now: data_packs.version_of(reader, "living_wage_rates")
        )
        self.pay: _Once[Mapping[BidderId, PayFinding]] = _Once(self._read_pay)

    def holders(self, reader: Reader, now: Situation) -> frozenset[BidderId]:
        """Return who claims a current Living Wage accreditation made out to itself."""
        found = self.claims(reader, now)
        return frozenset(bidder for bidder, item in found.items() if item.holds_living_wage)

    def _read_pay(self, reader: Reader, now: Situation) -> Mapping[BidderId, PayFinding]:
        return living_wage.findings(reader, now, self.holders(reader, now))
