"""Public value in a tender file: what bidders claim and promise, and what the lead chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.publicvalue.certificates import Claim
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, KpiSetting
from tendereval.domain.publicvalue.good_works_share import Partner, ShareTarget
from tendereval.domain.publicvalue.living_wage import PayRow, WageSetting
from tendereval.store.facts import add_fact
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

T = TypeVar("T")

_PAY: Final = "pay schedule"
_CLAIMS: Final = "certificates"
_PARTNERS: Final = "partners"
_COMMITMENT: Final = "commitment"
_RETURNED: Final = "commitment returned"
_GOAL: Final = "goal"
_DELIVERY: Final = "delivery"
_WAGE: Final = "living wage setting"
_KPIS: Final = "KPI setting"
_TARGET: Final = "share target"
_DATA: Final = "data pack"


@dataclass(frozen=True, slots=True)
class DataPack:
    """Newer facts that were imported into the tender.

    Attributes:
        dataset: the data file it stands in for.
        version: as the pack says.
        sha256: of its bytes.
        text: all of it.
    """

    dataset: str
    version: str
    sha256: str
    text: str


def pay_schedules(reader: Reader) -> Mapping[BidderId, tuple[PayRow, ...]]:
    """Return the newest pay schedule of each bidder that gave one."""
    return _by_bidder(reader.facts(_PAY, tuple[PayRow, ...]))


def claims(reader: Reader) -> Mapping[BidderId, tuple[Claim, ...]]:
    """Return the certificates that each bidder claims."""
    return _by_bidder(reader.facts(_CLAIMS, tuple[Claim, ...]))


def partners(reader: Reader) -> Mapping[BidderId, tuple[Partner, ...]]:
    """Return the Good Works partners that each bidder names."""
    return _by_bidder(reader.facts(_PARTNERS, tuple[Partner, ...]))


def commitments(reader: Reader) -> tuple[Commitment, ...]:
    """Return every commitment as it stands, withdrawn ones included, in the order made."""
    return tuple(reader.facts(_COMMITMENT, Commitment).values())


def commitment_makers(reader: Reader) -> Mapping[str, PersonId]:
    """Return by id who recorded each commitment first."""
    history = reader.fact_history(_COMMITMENT, Commitment)
    return {item: PersonId(person) for item, _, _, person in reversed(history)}


def returned_commitments(reader: Reader) -> Mapping[str, Commitment]:
    """Return commitments by id as their evaluators returned them last, whatever stands now."""
    return reader.facts(_RETURNED, Commitment)


def goals(reader: Reader) -> tuple[Goal, ...]:
    """Return the authority's goals, removed ones included, in the order made."""
    return tuple(reader.facts(_GOAL, Goal).values())


def deliveries(reader: Reader) -> tuple[Delivery, ...]:
    """Return every report of delivery, oldest first; none replaces another."""
    return tuple(value for _, value, _, _ in reader.fact_history(_DELIVERY, Delivery))


def wage_setting(reader: Reader) -> WageSetting:
    """Return how the tender uses the living wage check; on, as information, at first."""
    return reader.fact(_WAGE, "", WageSetting) or WageSetting()


def kpi_setting(reader: Reader) -> KpiSetting:
    """Return the lead's decision about KPIs."""
    return reader.fact(_KPIS, "", KpiSetting) or KpiSetting()


def share_target(reader: Reader) -> ShareTarget:
    """Return the share for Good Works organisations aimed at; one per cent at first."""
    return reader.fact(_TARGET, "", ShareTarget) or ShareTarget()


def data_packs(reader: Reader) -> Mapping[str, DataPack]:
    """Return the newest data pack of each dataset that was imported."""
    return reader.facts(_DATA, DataPack)


def data_pack_history(reader: Reader) -> tuple[tuple[DataPack, datetime, PersonId], ...]:
    """Return every data pack, oldest first: what, when, imported by whom."""
    return _when_by_whom(reader.fact_history(_DATA, DataPack))


def wage_setting_history(reader: Reader) -> tuple[tuple[WageSetting, datetime, PersonId], ...]:
    """Return every choice about the living wage check, oldest first: what, when, by whom."""
    return _when_by_whom(reader.fact_history(_WAGE, WageSetting))


def set_pay_schedule(change: Change, bidder: BidderId, rows: Sequence[PayRow]) -> None:
    """Record a bidder's pay schedule in place of the one before."""
    add_fact(change, _PAY, bidder, tuple(rows))


def set_claims(change: Change, bidder: BidderId, items: Sequence[Claim]) -> None:
    """Record a bidder's certificates in place of those before."""
    add_fact(change, _CLAIMS, bidder, tuple(items))


def set_partners(change: Change, bidder: BidderId, items: Sequence[Partner]) -> None:
    """Record a bidder's partners in place of those before."""
    add_fact(change, _PARTNERS, bidder, tuple(items))


def set_commitment(change: Change, item: Commitment) -> None:
    """Record a commitment, new or changed."""
    add_fact(change, _COMMITMENT, item.id, item)


def set_returned_commitment(change: Change, item: Commitment) -> None:
    """Record a commitment as its evaluator returned it."""
    add_fact(change, _RETURNED, item.id, item)


def set_goal(change: Change, item: Goal) -> None:
    """Record a goal, new or changed."""
    add_fact(change, _GOAL, item.id, item)


def add_delivery(change: Change, item: Delivery) -> None:
    """Record a report of delivery."""
    add_fact(change, _DELIVERY, item.commitment, item)


def set_wage_setting(change: Change, item: WageSetting) -> None:
    """Record how the tender uses the living wage check."""
    add_fact(change, _WAGE, "", item)


def set_kpi_setting(change: Change, item: KpiSetting) -> None:
    """Record the lead's decision about KPIs."""
    add_fact(change, _KPIS, "", item)


def set_share_target(change: Change, item: ShareTarget) -> None:
    """Record the share aimed at."""
    add_fact(change, _TARGET, "", item)


def add_data_pack(change: Change, item: DataPack) -> None:
    """Record newer facts; they count from now on."""
    add_fact(change, _DATA, item.dataset, item)


def _when_by_whom(
    found: Sequence[tuple[str, T, datetime, str]],
) -> tuple[tuple[T, datetime, PersonId], ...]:
    return tuple((value, at, PersonId(person)) for _, value, at, person in found)


def _by_bidder(found: Mapping[str, T]) -> Mapping[BidderId, T]:
    return {BidderId(subject): value for subject, value in found.items()}
