"""Report models with public value: full, empty, one bidder and hostile ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.publicvalue.certificate_check import Days, check_claims, reminders
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme, SchemeLevel
from tendereval.domain.publicvalue.commitment_check import check_commitments
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, Quote
from tendereval.domain.publicvalue.contract_schedule import Schedule, ScheduleRow, SupplierPart
from tendereval.domain.publicvalue.delivery import DeliveryRecord, DeliveryRow, delivery_on
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Contract,
    Partner,
    Route,
    ShareTarget,
    Workforce,
)
from tendereval.domain.publicvalue.kpi_need import KpiFinding
from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    Rates,
    RateYear,
    WagePlace,
    WageSetting,
    WageUse,
)
from tendereval.domain.publicvalue.share_check import reckon
from tendereval.domain.publicvalue.wage_check import check
from tendereval.domain.report_model import BidPublicValue, DataVersion, PublicValue, ReportModel
from tendereval.domain.stages import Act, Stage, may
from tests.report.report_models import (
    GWYN,
    HARBOUR,
    HOSTILE,
    LEAD,
    NORTHGATE,
    PRICES,
    VALE,
    approved,
    at_stage,
    hostile,
    large,
    transport,
)

DAY = date(2026, 10, 12)
DAYS = Days(DAY, date(2027, 4, 1), date(2030, 3, 31))
RATES = Rates(
    "2026-11-23",
    (
        RateYear(
            "2024-25",
            date(2024, 10, 23),
            date(2025, 5, 1),
            Fraction("12.60"),
            Fraction("13.85"),
            18,
            rates_verified=True,
            dates_verified=True,
            source="livingwage.org.uk, October 2024",
        ),
        RateYear(
            "2025-26",
            date(2025, 10, 22),
            date(2026, 5, 1),
            Fraction("13.45"),
            Fraction("14.80"),
            18,
            rates_verified=True,
            dates_verified=False,
            source="employeebenefits.co.uk, 22 October 2025",
        ),
        RateYear(
            "2026-27",
            None,
            None,
            None,
            None,
            18,
            rates_verified=False,
            dates_verified=False,
            source="not found",
        ),
    ),
    ((date(2026, 4, 1), Fraction("12.71")),),
)
SCHEMES: Mapping[str, Scheme] = {
    scheme.id: scheme
    for scheme in (
        Scheme(
            "lwf",
            "Living Wage Employer",
            "Living Wage Foundation",
            ("living_wage", "good_work"),
            (SchemeLevel("accredited", Assurance.ISSUER_CHECKED),),
            12,
            True,
            "current",
            True,
            False,
            "yearly renewal from memory",
            "https://www.livingwage.org.uk/phased-implementation",
        ),
        Scheme(
            "semark",
            "Social Enterprise Mark",
            "Social Enterprise Mark CIC",
            ("good_work",),
            (SchemeLevel("mark", Assurance.INDEPENDENT),),
            36,
            True,
            "current",
            True,
            True,
            "",
            "socialenterprisemark.org.uk/why-us",
        ),
        Scheme(
            "gbc",
            "Good Business Charter",
            "Good Business Charter",
            ("good_work",),
            (SchemeLevel("accredited", Assurance.SELF_DECLARED),),
            12,
            True,
            "current",
            False,
            False,
            "yes-or-no questions, intent counts",
            "goodbusinesscharter.com/gbc-components-help",
        ),
    )
}
GOALS = (
    Goal(
        "g-1",
        "No one left housebound",
        "People over 75 leave home each week",
        "41% do",
        "80% do",
        date(2030, 3, 31),
    ),
    Goal("g-2", "No one left housebound", "Drivers stay in their posts", "31% leave a year"),
)


def pay(role: str, amount: str, hours: str | None = "37.5", heads: int = 4) -> PayRow:
    """Make a role paid by the hour."""
    return PayRow(
        role,
        Employer.DIRECT,
        WagePlace.UK,
        PayBasis.HOUR,
        Fraction(amount),
        None if hours is None else Fraction(hours),
        heads,
    )


PAY: Mapping[BidderId, tuple[PayRow, ...]] = {
    GWYN: (
        pay("Driver", "14.10", heads=12),
        replace(pay("Scheduler", "28600", "37.5", 2), basis=PayBasis.YEAR),
        replace(pay("Apprentice mechanic", "9.50", heads=1), apprentice=True),
    ),
    VALE: (
        pay("Driver", "13.449", heads=20),
        replace(pay("Relief driver", "12.80", "12", 5), employer=Employer.THIRD_PARTY),
        pay("Controller", "15.00", None, 3),
    ),
    HARBOUR: (pay("Member driver", "13.45"),),
}
CLAIMS: Mapping[BidderId, tuple[Claim, ...]] = {
    GWYN: (
        Claim(
            "semark",
            "mark",
            "SEM-2291",
            date(2025, 9, 1),
            None,
            "the whole organisation",
            "mark.pdf",
            criterion="SV1",
        ),
    ),
    VALE: (
        Claim(
            "lwf",
            "accredited",
            "LW-77120",
            date(2026, 6, 1),
            date(2027, 5, 31),
            "head office",
            "licence.pdf",
        ),
        Claim(
            "gbc",
            "accredited",
            "",
            date(2026, 2, 1),
            None,
            "",
            "",
            offered_as=Assurance.INDEPENDENT,
        ),
    ),
    NORTHGATE: (
        Claim(
            "semark",
            "mark",
            "n/a",
            None,
            None,
            "",
            "",
            equivalent="Our own quality seal, audited by a customer",
        ),
    ),
}


def promise(number: int, bidder: BidderId, ref: str, words: str) -> Commitment:
    """Make an ambition of these words."""
    return Commitment(f"c-{number}", Place(bidder, CriterionId(ref)), Quote(words, 10 * number))


APPRENTICES = replace(
    promise(1, GWYN, "SV2", "We will train six apprentice mechanics from the valley by 2028."),
    who="The workshop manager, for people under 25 in the valley",
    what="Train apprentice mechanics to level 3",
    how_many=Fraction(6),
    unit="apprentices",
    by_when=date(2028, 9, 30),
    evidence="Certificates of completion, seen by the contract manager each autumn",
    baseline="One apprentice today",
    anyway="Two would be trained",
    goals=("g-2",),
    sdg_targets=("4.4", "8.5"),
    owner="Head of Fleet",
)
JOURNEYS = replace(
    promise(2, GWYN, "PV1", "1,200 more journeys a year for people over 75 from the first year."),
    who="The booking team",
    what="Carry people over 75 on journeys they could not make before",
    how_many=Fraction(1200),
    unit="journeys a year",
    by_when=date(2028, 3, 31),
    evidence="Booking records by age, sent each quarter",
    goals=("g-1",),
)
SPEND = replace(
    promise(3, GWYN, "SV3", "£25,000 a year will be spent with firms in the county."),
    who="Purchasing",
    what="Spend with firms in the county",
    how_many=Fraction(25000),
    unit="£ a year",
    by_when=date(2028, 3, 31),
    evidence="Ledger extract",
)
PROMISES: Mapping[BidderId, tuple[Commitment, ...]] = {
    GWYN: (
        APPRENTICES,
        JOURNEYS,
        SPEND,
        promise(4, GWYN, "SV2", "We will endeavour to employ local people where possible."),
        replace(
            promise(5, GWYN, "PV2", "A passenger forum will meet."),
            what="Hold a passenger forum",
            evidence="TBC",
        ),
    ),
    VALE: (
        replace(APPRENTICES, id="c-6", place=Place(VALE, CriterionId("SV2")), owner="", goals=()),
        replace(APPRENTICES, id="c-7", place=Place(VALE, CriterionId("PV2")), owner="", goals=()),
        replace(promise(8, VALE, "SV3", "We will plant trees."), withdrawn="Not of this contract."),
    ),
}
PARTNERS: Mapping[BidderId, tuple[Partner, ...]] = {
    GWYN: (
        Partner(
            "Gweithdy Elwy CIC",
            Category.SUPPORTED_EMPLOYMENT,
            direct=False,
            amount=Fraction(9000),
            purpose=True,
            tests=(Workforce(Route.PART, 20, 6),),
            includes_vat=False,
            evidence="Letter of 3 October 2026",
        ),
        Partner(
            "Repair Café Conwy",
            Category.CHARITY,
            direct=False,
            share=Fraction(1, 200),
            purpose=True,
        ),
    ),
    VALE: (
        Partner(
            "Sunrise Valeting Ltd",
            Category.SUPPORTED_EMPLOYMENT,
            direct=False,
            amount=Fraction(12000),
            purpose=True,
            tests=(Workforce(Route.ORGANISATION, 10000, 2999),),
        ),
    ),
}
REPORTED = (
    Delivery("c-1", date(2028, 3, 31), Fraction(2), "Two certificates", "The rest in autumn."),
    Delivery("c-2", date(2028, 3, 31), Fraction(1240), "Booking records"),
)


def public_value(model: ReportModel) -> PublicValue:
    """Find everything about the transport tender as services do."""
    return PublicValue(
        wage=WageSetting(WageUse.SCORED, chosen=True, criterion="SV1", check_on=DAY),
        rates=RATES,
        checked_on=DAY,
        no_pay_finding="",
        days=DAYS,
        shared_certificates=(),
        social_value=(
            "The models bind central government; choose one or none.",
            "Social value has 15% of all marks.",
        ),
        kpis=("At £1,180,000.00 section 52 asks for no KPIs: it begins above £5,000,000.",),
        goals=GOALS,
        target=ShareTarget(),
        bids=tuple(_bid(model, bidder.id, bidder.name) for bidder in model.bidders),
        schedules=tuple(_schedule(model, lot.ref) for lot in model.method.lots),
        deliveries=(),
        data=(
            DataVersion("Living wage rates", "2026-11-23", "2026-11-23", "ab" * 32),
            DataVersion(
                "Certificates and accreditations",
                "2026-12-01",
                "2026-12-01",
                "cd" * 32,
                datetime(2026, 12, 2, 9, tzinfo=UTC),
                LEAD,
            ),
        ),
    )


def _bid(model: ReportModel, bidder: BidderId, name: str) -> BidPublicValue:
    claims = check_claims(CLAIMS.get(bidder, ()), SCHEMES, DAYS, name)
    found = check_commitments(
        PROMISES.get(bidder, ()), GOALS, on=DAY, end=model.details.contract_end
    )
    price = PRICES.get(bidder) if may(model.stage, Act.RANK) else None
    why = "prices are out of sight until stage 'price'"
    contract = Contract(price, includes_vat=False, bidder=name, why_no_price=why)
    return BidPublicValue(
        bidder,
        check(
            PAY.get(bidder, ()),
            RATES,
            DAY,
            accredited=claims.holds_living_wage,
            contract_end=model.details.contract_end,
        ),
        claims,
        tuple(one for item in claims.claims for one in reminders(item, DAYS)),
        found,
        tuple(one for one in PROMISES.get(bidder, ()) if one.withdrawn),
        reckon(PARTNERS.get(bidder, ()), contract, Fraction(1, 100)),
    )


def _schedule(model: ReportModel, lot: LotId) -> Schedule:
    decision = model.decisions.get(lot)
    won = decision.bidders if decision is not None else ()
    names = {bidder.id: bidder.name for bidder in model.bidders}
    kpi = KpiFinding(0, warns=False, sentence="Section 52 asks for no KPIs here.")
    return Schedule(lot, tuple(_part(one, names[one]) for one in won), decision is not None, kpi)


def _part(bidder: BidderId, name: str) -> SupplierPart:
    found = check_commitments(PROMISES.get(bidder, ()), GOALS, on=DAY, end=DAYS.end)
    goals = {goal.id: goal for goal in GOALS}
    rows = tuple(
        ScheduleRow(
            number,
            item.commitment,
            item.commitment.id == "c-2",
            tuple(goals[ref] for ref in item.commitment.goals),
            item.flags,
        )
        for number, item in enumerate(found.complete, 1)
    )
    return SupplierPart(bidder, name, rows, tuple(one.commitment for one in found.ambitions))


def valued(model: ReportModel | None = None) -> ReportModel:
    """Return a model with what was found about its public value."""
    base = transport() if model is None else model
    return replace(base, public_value=public_value(base))


def closed() -> ReportModel:
    """Return the approved transport tender in stage ``closed``, with what was delivered."""
    model = valued(replace(approved(transport()), stage=Stage.CLOSED))
    found = model.public_value
    assert found is not None
    on = date(2028, 10, 20)
    lot = found.schedules[0]
    rows = tuple(
        DeliveryRow(
            row,
            delivery_on(row.commitment, REPORTED, on),
            tuple(one for one in REPORTED if one.commitment == row.commitment.id),
        )
        for row in lot.rows
    )
    return replace(
        model, public_value=replace(found, deliveries=(DeliveryRecord(lot.lot, on, rows),))
    )


def nothing() -> ReportModel:
    """Return a tender at set-up without bidders, goals or data."""
    model = at_stage(transport(), Stage.SET_UP)
    bare = replace(model, bidders=(), bids=(), bid_history=(), decisions={}, documents=())
    empty = Rates("none", (), ())
    found = replace(
        public_value(bare),
        wage=WageSetting(),
        rates=empty,
        checked_on=None,
        no_pay_finding="There is no day to check on: record the tender deadline or choose a day.",
        days=Days(None, None, None),
        social_value=(),
        kpis=(),
        goals=(),
        bids=(),
        data=(),
    )
    return replace(bare, public_value=found)


def one_bidder() -> ReportModel:
    """Return a tender with one bidder that gave nothing."""
    return valued(large(bidders=1, questions=2))


def hostile_value() -> ReportModel:
    """Return the hostile tender with hostile words in everything people type."""
    model = valued(hostile())
    found = model.public_value
    assert found is not None
    bids = tuple(_hostile_bid(item, at) for at, item in enumerate(found.bids))
    goals = tuple(
        replace(goal, mission=HOSTILE[at], outcome=HOSTILE[at + 1], baseline=HOSTILE[4])
        for at, goal in enumerate(GOALS)
    )
    schedules = tuple(
        replace(one, parts=tuple(replace(part, name=HOSTILE[2]) for part in one.parts))
        for one in found.schedules
    )
    wage = WageSetting(
        WageUse.REQUIREMENT, True, HOSTILE[1], DAY, HOSTILE[0], HOSTILE[4], HOSTILE[5]
    )
    words = replace(found, social_value=HOSTILE, kpis=HOSTILE, shared_certificates=HOSTILE)
    return replace(
        model,
        public_value=replace(words, wage=wage, bids=bids, goals=goals, schedules=schedules),
    )


def _hostile_bid(item: BidPublicValue, at: int) -> BidPublicValue:
    def text(number: int) -> str:
        return HOSTILE[(at + number) % len(HOSTILE)]

    rows: Sequence[PayRow] = (replace(pay("x", "13"), role=text(0)), pay(text(4), "14"))
    claim = Claim(text(1), text(2), text(3), None, DAY, text(4), text(5), text(6))
    known = Claim("semark", text(2), text(3), DAY, None, text(4), text(5), equivalent=text(6))
    partner = Partner(
        text(0), Category.OTHER, direct=False, amount=Fraction(1, 3), purpose=True, evidence=text(4)
    )
    promised = (
        replace(APPRENTICES, who=text(0), what=text(4), evidence=text(1), owner=text(2)),
        replace(JOURNEYS, quote=Quote(text(4), 1, text(5)), unit=text(0), baseline=text(3)),
        replace(promise(9, item.bidder, "SV1", text(4)), who=text(2)),
    )
    return replace(
        item,
        pay=check(rows, RATES, DAY),
        certificates=check_claims((claim, known), SCHEMES, DAYS, text(2)),
        commitments=check_commitments(promised, GOALS, on=DAY, end=DAY),
        withdrawn=(replace(promised[0], withdrawn=text(4)),),
        share=reckon((partner,), Contract(Fraction(100)), Fraction(1, 100)),
    )
