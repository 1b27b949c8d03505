"""Gather what the tools of public value found, for documents; finds and decides nothing itself."""

from collections.abc import Iterator
from datetime import date

from tendereval.domain.bidding import Bidder
from tendereval.domain.errors import NotAllowedNow
from tendereval.domain.publicvalue.certificate_check import (
    CertificateFinding,
    Days,
    Reminder,
    reminders,
)
from tendereval.domain.report_model import BidPublicValue, DataVersion, PublicValue, ReportModel
from tendereval.domain.stages import Act, may
from tendereval.services import (
    certificates,
    commitments,
    data_packs,
    delivery,
    goals,
    good_works,
    living_wage,
    social_value,
)
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.store.repository import Reader


def public_value_of(reader: Reader, now: Situation, on: date) -> PublicValue:
    """Return everything that documents may say about public value.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        on: the day of the record's newest entry; what was delivered is told up to it.
    """
    wage, kpis = public_value.wage_setting(reader), commitments.kpis(reader, now)
    delivered = may(now.stage, Act.RECORD_DELIVERY)
    return PublicValue(
        wage=wage,
        rates=living_wage.rates_of(reader),
        checked_on=living_wage.day_of(now, wage),
        no_pay_finding=living_wage.why_no_finding(reader, now),
        days=certificates.days_of(now.details),
        shared_certificates=tuple(
            item.sentence for item in certificates.shared_numbers(reader, now)
        ),
        social_value=tuple(_social_value(reader, now)),
        kpis=(*kpis.words, kpis.of_the_model.sentence),
        goals=goals.goals(reader),
        target=public_value.share_target(reader),
        bids=_bids(reader, now),
        schedules=commitments.schedules(reader, now),
        deliveries=tuple(
            delivery.delivery(reader, now, lot.ref, on) for lot in now.method.lots if delivered
        ),
        data=tuple(_data(reader)),
    )


def _social_value(reader: Reader, now: Situation) -> Iterator[str]:
    choice = social_value.choice_for(reader, now)
    yield " ".join(part for part in (choice.because, choice.differs) if part)
    for item in social_value.weights(reader, now):
        where = f"Lot {item.lot.ref}: " if len(now.method.lots) > 1 else ""
        yield f"{where}{item.finding.sentence}"


def _bids(reader: Reader, now: Situation) -> tuple[BidPublicValue, ...]:
    pay = living_wage.findings(reader, now, certificates.living_wage_holders(reader, now))
    claimed = certificates.findings(reader, now)
    promised = commitments.for_bids(reader, now)
    shares = good_works.findings(reader, now)
    days = certificates.days_of(now.details)

    def found(bidder: Bidder) -> BidPublicValue:
        return BidPublicValue(
            bidder.id,
            pay.get(bidder.id),
            claimed[bidder.id],
            _reminders(claimed[bidder.id], days),
            promised[bidder.id],
            commitments.withdrawn(reader, bidder.id),
            shares.get(bidder.id),
        )

    return tuple(found(bidder) for bidder in now.bidders)


def _reminders(found: CertificateFinding, days: Days) -> tuple[Reminder, ...]:
    every = (one for item in found.claims for one in reminders(item, days))
    return tuple(sorted(every, key=lambda one: (one.on, one.name)))


def _data(reader: Reader) -> Iterator[DataVersion]:
    for item in data_packs.listed(reader):
        yield DataVersion(
            item.title,
            item.version,
            item.retrieved,
            item.sha256,
            item.imported_at,
            item.imported_by,
        )


def require_decision(model: ReportModel) -> None:
    """Refuse a contract schedule while no lot's award decision stands.

    Raises:
        NotAllowedNow: there is none, or the tender went back since.
    """
    found = model.public_value
    schedules = found.schedules if found is not None and may(model.stage, Act.NAME_OWNER) else ()
    if not any(item.is_decided for item in schedules):
        raise NotAllowedNow(
            "There is no contract schedule yet: no award decision stands.",
            "Record the award decision at stage 'award', then write the schedule.",
        )
