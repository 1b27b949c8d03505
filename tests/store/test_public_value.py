"""What a file keeps about public value comes out as it went in; the newest holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Place
from tendereval.domain.errors import DamagedFile
from tendereval.domain.ids import CriterionId
from tendereval.domain.publicvalue.certificates import Assurance, Claim
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, KpiSetting, Quote
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Partner,
    Route,
    ShareTarget,
    Workforce,
)
from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    WagePlace,
    WageSetting,
    WageUse,
)
from tendereval.store import public_value as kept
from tendereval.store.public_value import DataPack
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change
from tests.store.tender_files import ACME, AT, BEST, LEAD, LOT, an_empty_tender, by_hand, opened
from tests.store.tender_files import occasion as an_occasion
from tests.store.test_round_trip import HOSTILE

PAY = (
    PayRow(
        "Cleaner <Ltd> & =1+1",
        Employer.THIRD_PARTY,
        WagePlace.LONDON,
        PayBasis.YEAR,
        Fraction("28860.000000000001"),
        Fraction("37.5"),
        3,
        under_18=True,
        apprentice=True,
    ),
    PayRow("Cook", Employer.DIRECT, WagePlace.UK, PayBasis.HOUR, Fraction("13.45"), None, 1),
)
CLAIMS = (
    Claim(
        "lwf",
        "employer",
        "123",
        date(2026, 2, 28),
        date(2028, 2, 29),
        "the contract's sites",
        "letter.pdf",
        "Acme Group",
        Assurance.INDEPENDENT,
        "Pays more.",
        accepted=False,
        reason="No proof.",
        criterion="Q1",
    ),
    Claim("", "", "", None, None, "", ""),
)
PARTNERS = (
    Partner(
        "Good Works CIC",
        Category.SUPPORTED_EMPLOYMENT,
        direct=False,
        amount=Fraction("1000.01"),
        share=None,
        purpose=True,
        tests=(Workforce(Route.JOINT, 10, 3), Workforce(Route.PART, 3, 1)),
        includes_vat=False,
        years=3,
        evidence="accounts.pdf",
        identifier="12",
    ),
    Partner("Other", Category.OTHER, direct=True, share=Fraction("0.005")),
)
PLACE = Place(ACME, CriterionId("Q1"), LOT)
PROMISE = Commitment(
    "c-1",
    PLACE,
    Quote("four apprentices", 12, "p. 3"),
    "the site manager",
    "train apprentices",
    Fraction(4),
    "people",
    date(2028, 3, 31),
    "training log",
    "none",
    "one a year",
    ("g-1",),
    ("8.5",),
    "Ana",
    "",
)
GOAL = Goal("g-1", "Work for all", "Fewer young people out of work", "12%", "6%", date(2030, 1, 1))
DELIVERED = Delivery("c-1", date(2028, 1, 1), Fraction("2.5"), "log.pdf", "half way")
SETTING = WageSetting(
    WageUse.DISQUALIFYING,
    chosen=True,
    criterion="R1",
    check_on=date(2026, 11, 23),
    reason="turnover",
    relevance="cleaners",
    proportionality="few roles",
)
KPIS = KpiSetting(("c-1", "c-2"), "Not apt: one delivery.")
TARGET = ShareTarget(Fraction("0.015"), "a local plan")
PACK = DataPack("living_wage_rates", "2027-01-01", "ab" * 32, '{"schema": 1}')


@dataclass(frozen=True, slots=True)
class Kept:
    """One function that records, the question that answers, and what it answers at first."""

    record: Callable[[Change], None]
    ask: Callable[[Reader], object]
    answer: object
    at_first: object


EVERY = {
    "pay": Kept(
        lambda change: kept.set_pay_schedule(change, ACME, PAY),
        kept.pay_schedules,
        {ACME: PAY},
        {},
    ),
    "claims": Kept(
        lambda change: kept.set_claims(change, BEST, CLAIMS), kept.claims, {BEST: CLAIMS}, {}
    ),
    "partners": Kept(
        lambda change: kept.set_partners(change, ACME, PARTNERS),
        kept.partners,
        {ACME: PARTNERS},
        {},
    ),
    "commitment": Kept(
        lambda change: kept.set_commitment(change, PROMISE), kept.commitments, (PROMISE,), ()
    ),
    "goal": Kept(lambda change: kept.set_goal(change, GOAL), kept.goals, (GOAL,), ()),
    "delivery": Kept(
        lambda change: kept.add_delivery(change, DELIVERED), kept.deliveries, (DELIVERED,), ()
    ),
    "wage": Kept(
        lambda change: kept.set_wage_setting(change, SETTING),
        kept.wage_setting,
        SETTING,
        WageSetting(),
    ),
    "kpis": Kept(
        lambda change: kept.set_kpi_setting(change, KPIS), kept.kpi_setting, KPIS, KpiSetting()
    ),
    "target": Kept(
        lambda change: kept.set_share_target(change, TARGET),
        kept.share_target,
        TARGET,
        ShareTarget(Fraction(1, 100)),
    ),
    "pack": Kept(
        lambda change: kept.add_data_pack(change, PACK),
        kept.data_packs,
        {"living_wage_rates": PACK},
        {},
    ),
    "wage history": Kept(
        lambda change: kept.set_wage_setting(change, SETTING),
        kept.wage_setting_history,
        ((SETTING, AT, LEAD),),
        (),
    ),
    "pack history": Kept(
        lambda change: kept.add_data_pack(change, PACK),
        kept.data_pack_history,
        ((PACK, AT, LEAD),),
        (),
    ),
}


@pytest.mark.parametrize("one", EVERY.values(), ids=EVERY)
def test_what_was_recorded_comes_out_again_from_the_closed_file(one: Kept, tmp_path: Path) -> None:
    path = tmp_path / "t.tender"
    with an_empty_tender(path) as file:
        with file.reading() as reader:
            assert one.ask(reader) == one.at_first
        with file.change(an_occasion()) as change:
            one.record(change)
    with opened(path, writing=False) as file, file.reading() as reader:
        assert one.ask(reader) == one.answer
        assert reader.record_faults() == ()


def test_everything_is_kept_beside_everything_else(tmp_path: Path) -> None:
    path = tmp_path / "t.tender"
    with an_empty_tender(path) as file:
        with file.change(an_occasion()) as change:
            for name, one in EVERY.items():
                if "history" not in name:
                    one.record(change)
        with file.reading() as reader:
            for one in EVERY.values():
                assert one.ask(reader) == one.answer


def test_the_newest_holds_and_the_order_stays_that_of_the_first(tmp_path: Path) -> None:
    with an_empty_tender(tmp_path / "t.tender") as file:
        for who, rows in ((ACME, PAY), (BEST, PAY[:1]), (ACME, PAY[1:])):
            with file.change(an_occasion()) as change:
                kept.set_pay_schedule(change, who, rows)
        with file.reading() as reader:
            found = kept.pay_schedules(reader)
    assert list(found) == [ACME, BEST]
    assert found == {ACME: PAY[1:], BEST: PAY[:1]}


def test_a_changed_promise_and_a_removed_goal_stay_in_their_places(tmp_path: Path) -> None:
    second = replace(PROMISE, id="c-2")
    gone, removed = replace(PROMISE, withdrawn="said twice"), replace(GOAL, removed=True)
    with an_empty_tender(tmp_path / "t.tender") as file:
        with file.change(an_occasion()) as change:
            for item in (PROMISE, second, gone):
                kept.set_commitment(change, item)
            for goal in (GOAL, removed):
                kept.set_goal(change, goal)
        with file.reading() as reader:
            assert kept.commitments(reader) == (gone, second)
            assert kept.goals(reader) == (removed,)


def test_no_report_of_delivery_replaces_another(tmp_path: Path) -> None:
    later = replace(DELIVERED, on=date(2028, 2, 1), delivered=Fraction(4))
    with an_empty_tender(tmp_path / "t.tender") as file:
        with file.change(an_occasion()) as change:
            for item in (DELIVERED, DELIVERED, later):
                kept.add_delivery(change, item)
        with file.reading() as reader:
            assert kept.deliveries(reader) == (DELIVERED, DELIVERED, later)


def test_every_choice_and_every_pack_stays_in_the_history(tmp_path: Path) -> None:
    off = WageSetting(WageUse.OFF, chosen=True, reason="Goods only.")
    newer = replace(PACK, version="2027-02-01")
    with an_empty_tender(tmp_path / "t.tender") as file:
        with file.change(an_occasion()) as change:
            kept.set_wage_setting(change, SETTING)
            kept.add_data_pack(change, PACK)
        with file.change(an_occasion()) as change:
            kept.set_wage_setting(change, off)
            kept.add_data_pack(change, newer)
        with file.reading() as reader:
            assert [item for item, _, _ in kept.wage_setting_history(reader)] == [SETTING, off]
            assert [item for item, _, _ in kept.data_pack_history(reader)] == [PACK, newer]
            assert kept.wage_setting(reader) == off
            assert kept.data_packs(reader) == {"living_wage_rates": newer}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_write_comes_back(text: str, tmp_path: Path) -> None:
    row, promise = replace(PAY[0], role=text), replace(PROMISE, what=text, evidence=text)
    with an_empty_tender(tmp_path / "t.tender") as file:
        with file.change(an_occasion()) as change:
            kept.set_pay_schedule(change, ACME, (row,))
            kept.set_commitment(change, promise)
        with file.reading() as reader:
            assert kept.pay_schedules(reader) == {ACME: (row,)}
            assert kept.commitments(reader) == (promise,)


@pytest.mark.parametrize("data", ["[{}]", "7", '{"use": "a gift"}', "{", ""])
def test_a_doctored_fact_is_damage_and_no_crash(data: str, tmp_path: Path) -> None:
    path = tmp_path / "t.tender"
    with an_empty_tender(path) as file, file.change(an_occasion()) as change:
        kept.set_wage_setting(change, SETTING)
    with by_hand(path, without_triggers=True) as raw:
        raw.execute("UPDATE fact SET data = ?", (data,))
    with (
        opened(path, writing=False) as file,
        pytest.raises(DamagedFile),
        file.reading() as reader,
    ):
        kept.wage_setting(reader)
