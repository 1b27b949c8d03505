"""Set-up, part Public value: the lead is asked once, nothing is chosen for anybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shiboken6

from tendereval.domain.publicvalue.living_wage import WageSetting, WageUse
from tendereval.domain.stages import Stage
from tendereval.domain.tender import BuyerType, CriterionKind
from tendereval.services import staging, tenders
from tendereval.store import public_value
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_head import target_of
from tendereval.viewmodels.setup_public_value import PublicValueSetup
from tests.builders import a_tender_details
from tests.viewmodel.evaluator_desk import refusals
from tests.viewmodel.setup_desk import a_desk


def early() -> datetime:
    return datetime(2027, 2, 1, 9, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def view(tmp_path: Path) -> Iterator[PublicValueSetup]:
    desk = a_desk(tmp_path, early)
    yield PublicValueSetup(SetupViewModel(desk))
    desk.close()
    shiboken6.delete(desk)


def setting(view: PublicValueSetup) -> WageSetting:
    with view.setup.desk.reading() as reader:
        return public_value.wage_setting(reader)


def type_in(view: PublicValueSetup, **texts: str) -> None:
    fields = {field.name: field for field in view.entry.fields}
    for name, text in texts.items():
        assert view.keep(fields[name], text) == ""


def buyer(view: PublicValueSetup, kind: BuyerType, value: int = 2_000_000) -> None:
    details = replace(
        a_tender_details(),
        buyer_type=kind,
        notice_date=date(2026, 3, 1),
        estimated_value=Fraction(value),
        estimated_value_includes_vat=True,
    )
    assert view.setup.change_details("Change details", details)


def is_low(view: PublicValueSetup) -> bool:
    return view.is_below_least


def test_the_check_is_on_as_information_until_the_lead_has_chosen(view: PublicValueSetup) -> None:
    assert view.question.startswith("The living wage check is on, as information. Choose")
    assert "never a condition of participation" in view.question
    assert (setting(view).chosen, view.is_changed) == (False, False)
    buyer(view, BuyerType.CENTRAL)
    assert view.record() == ""
    assert (setting(view).use, setting(view).chosen) == (WageUse.INFORMATION, True)
    assert view.question == ""


def test_what_is_typed_is_recorded_by_the_button_only(view: PublicValueSetup) -> None:
    buyer(view, BuyerType.CENTRAL)
    type_in(view, use=str(WageUse.SCORED), criterion="Q2")
    assert view.is_changed
    assert not setting(view).chosen
    view.setup.add(CriterionKind.QUALITY, None)
    assert view.typed["criterion"] == "Q2"
    assert view.record() == ""
    assert (setting(view).use, setting(view).criterion) == (WageUse.SCORED, "Q2")
    assert view.standing == "Pay is scored under Q2, as published."
    assert not view.is_changed


def test_a_council_gives_reason_relevance_and_proportionality(view: PublicValueSetup) -> None:
    buyer(view, BuyerType.SUB_CENTRAL)
    type_in(view, reason="Turnover is high.")
    assert "Missing: relevance, proportionality." in view.record()
    type_in(view, relevance="The work is labour.", proportionality="Pay on this contract only.")
    assert view.record() == ""
    assert setting(view).relevance == "The work is labour."


def test_turning_it_off_needs_a_reason(view: PublicValueSetup) -> None:
    buyer(view, BuyerType.CENTRAL)
    type_in(view, use=str(WageUse.OFF))
    assert "needs a reason" in view.record()
    type_in(view, reason="Supplies only: no labour is bought.")
    assert view.record() == ""
    assert view.standing == "The living wage check is off: Supplies only: no labour is bought."


def test_a_day_that_cannot_be_read_is_named(view: PublicValueSetup) -> None:
    day = next(field for field in view.entry.fields if field.name == "check_on")
    assert view.keep(day, "next spring")


def test_drafts_come_into_the_method_as_one_step(view: PublicValueSetup) -> None:
    library = [one for one in view.listed if one.where_from == "Question library"]
    assert len(library) >= 15
    refs = view.insert([one.draft.id for one in library[:2]], "S1")
    assert refs == tuple(one.draft.id for one in library[:2])
    rows = [view.setup.row(ref) for ref in refs]
    assert [(row.kind, row.parent, row.weight) for row in rows if row] == [
        (CriterionKind.PUBLIC_VALUE, "S1", None)
    ] * 2
    held = {one.held for one in view.listed}
    assert set(refs) <= held
    assert "read and edit them" in view.unread[0]
    view.setup.desk.undo_stack.undo()
    assert [view.setup.row(ref) for ref in refs] == [None, None]
    view.setup.desk.undo_stack.redo()
    assert all(view.setup.row(ref) for ref in refs)


def test_a_draft_is_not_inserted_twice(view: PublicValueSetup) -> None:
    told = refusals(view.setup.desk)
    assert view.insert(["PV01"]) == ("PV01",)
    assert view.insert(["PV01"]) == ()
    assert len(told) == 1
    listed = next(one for one in view.listed if one.draft.id == "PV01")
    assert listed.words.startswith("PV01  ·  in the method as PV01")


def test_model_and_least_weight_follow_from_the_tenders_own_documents(
    view: PublicValueSetup,
) -> None:
    assert "Which model applies is unknown." in view.model_words[0]
    assert not is_low(view)
    buyer(view, BuyerType.CENTRAL)
    assert view.sources[1][0] == "PPN 002"
    assert {one.where_from for one in view.listed} == {"PPN 002", "Question library"}
    view.setup.remove("Q2")
    assert is_low(view)
    assert "below the least weight" in view.model_words[1]


def test_what_is_not_verified_says_so(view: PublicValueSetup) -> None:
    bare = next(one for one in view.listed if not one.draft.verified)
    assert "not verified" in bare.words


def test_after_publishing_the_use_may_change_with_a_reason_and_nothing_is_inserted(
    view: PublicValueSetup,
) -> None:
    buyer(view, BuyerType.CENTRAL)
    with_use = next(one for one in view.entry.fields if one.name == "use")
    assert view.keep(with_use, str(WageUse.INFORMATION)) == ""
    desk = view.setup.desk
    assert desk.did(lambda s: staging.change_stage(s, Stage.PUBLISHED, ""))
    assert (view.may_choose, view.may_insert) == (True, False)
    type_in(view, use=str(WageUse.OFF), reason="Supplies only.")
    assert "needs a reason" in view.record()
    type_in(view, why="The notice says so.")
    assert view.record() == ""


@pytest.mark.parametrize(
    "text",
    [
        "Living wage: There is no criterion Q9 in the method.",
        "The living wage check belongs to Q1, a condition of participation.",
        "Social value: The buyer type is not given. Which model applies is unknown.",
    ],
)
def test_what_is_said_about_public_value_leads_to_this_part(
    view: PublicValueSetup, text: str
) -> None:
    assert target_of(text, view.setup.method).part == "public"


def test_details_may_be_defined_from_elsewhere_meanwhile(view: PublicValueSetup) -> None:
    desk = view.setup.desk
    told: list[None] = []
    view.changed.connect(lambda: told.append(None))
    assert desk.did(lambda s: tenders.define_details(s, a_tender_details()))
    assert told
