"""Drafts of questions: offered by the tender's own model, inserted, listed with their source."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import NotAllowedNow, RuleRefusal, UnknownReference
from tendereval.domain.ids import CriterionId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.publicvalue.model_rules import SocialValueModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    AwardCriterion,
    BuyerType,
    CriterionKind,
    Method,
    Regime,
    TenderDetails,
)
from tendereval.exchange import public_value_data as facts
from tendereval.services import data_packs, drafting, question_library, tenders
from tendereval.services.question_drafts import Draft, drafts, library_drafts, model_drafts
from tendereval.services.question_library import InsertedQuestion
from tendereval.services.readiness import warnings_for
from tendereval.services.situation import Situation, situation
from tendereval.store.repository import Reader
from tests.service.builders import BEN, Desk, a_desk

CENTRAL = TenderDetails(
    buyer_type=BuyerType.CENTRAL,
    regime=Regime.PA2023,
    notice_date=date(2026, 12, 31),
    estimated_value=Fraction(2_000_000),
    estimated_value_includes_vat=True,
)


@contextmanager
def read(desk: Desk) -> Iterator[tuple[Reader, Situation]]:
    with desk.looking() as session, session.reading() as reader:
        yield reader, situation(reader)


def details(desk: Desk, given: TenderDetails) -> None:
    with desk.session() as session:
        tenders.define_details(session, given)


def insert(desk: Desk, *ids: str, parent: str = "", lot: str = "") -> tuple[CriterionId, ...]:
    with desk.session() as session:
        return question_library.insert(session, ids, parent=parent, lot=lot)


def row(desk: Desk, ref: str) -> AwardCriterion:
    return desk.now().criterion(ref)


def listed(desk: Desk) -> tuple[InsertedQuestion, ...]:
    with read(desk) as (reader, now):
        return question_library.inserted(reader, now)


def draft(desk: Desk, name: str) -> Draft:
    with read(desk) as (reader, now):
        every = (one for model in SocialValueModel for one in model_drafts(reader, model))
        return next(one for one in (*every, *library_drafts(reader, now)) if one.id == name)


def test_a_library_question_goes_into_the_draft_whole(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert insert(desk, "PV03") == ("PV03",)
    new = row(desk, "PV03")
    assert (new.title, new.kind, new.weight, new.scale) == (
        "Good work",
        CriterionKind.PUBLIC_VALUE,
        None,
        "0-5",
    )
    assert new.question.startswith("Which independent body has checked your standards of work")
    assert new.guidance == (
        "A good answer shows: issuer; date and expiry; findings; equivalent accepted."
    )
    assert new.goals == ("SDG 8",)
    assert desk.now().method.criteria[-1] is not None


def test_nothing_in_the_text_to_be_published_says_draft(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "PV01", "ppn026:3")
    text = canonical_text(desk.now().method).casefold()
    assert "draft" not in text
    assert "verified" not in text
    assert "gj3" not in text


def test_every_offered_draft_can_be_inserted_under_a_reference_of_its_own(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with read(desk) as (reader, now):
        every = drafts(reader, now)
    assert len(every) == 27 + 13 + 6 + 15
    refs = insert(desk, *(one.id for one in every))
    rows = desk.now().method.criteria
    assert len({one.ref.casefold() for one in rows}) == len(rows) == len(every) + 3
    assert refs[:2] == ("SV1", "SV2")
    assert len(listed(desk)) == len(every)


def test_references_that_are_taken_are_passed_over(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    method = desk.now().method
    taken = tuple(
        AwardCriterion(CriterionId(ref), "", CriterionKind.INFORMATION) for ref in ("pv01", "SV1")
    )
    with desk.session() as session:
        tenders.define_method(session, replace(method, criteria=(*method.criteria, *taken)))
    assert insert(desk, "PV01", "ppn002:1") == ("PV01-2", "SV2")


def test_the_scale_is_the_one_most_questions_have_else_the_first_of_the_products() -> None:
    assert question_library.proposed_scale(Method()) == "0-5"
    rows = tuple(
        AwardCriterion(CriterionId(f"Q{number}"), "", CriterionKind.QUALITY, scale=scale)
        for number, scale in enumerate(("0-10", "0-4", "0-4"))
    )
    assert question_library.proposed_scale(Method(criteria=rows)) == "0-4"


def test_a_scale_that_the_draft_has_not_yet_comes_with_the_question(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        tenders.define_method(session, Method())
    insert(desk, "PV01")
    method = desk.now().method
    assert [scale.name for scale in method.scales] == ["0-5"]
    assert Fraction(5) in method.scale_of(row(desk, "PV01"))


def test_it_goes_into_the_section_and_the_lot_that_are_chosen(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    method = desk.now().method
    section = AwardCriterion(CriterionId("S1"), "Public value", CriterionKind.SECTION)
    with desk.session() as session:
        tenders.define_method(session, replace(method, criteria=(section, *method.criteria)))
    insert(desk, "PV01", "PV02", parent="s1", lot="1")
    rows = desk.now().method.criteria
    assert [one.ref for one in rows] == ["S1", "PV01", "PV02", "Q1", "Q2", "PRICE"]
    assert [(one.parent, one.lot) for one in rows[1:3]] == [("S1", "1")] * 2
    with pytest.raises(RuleRefusal, match="Q1 is not a section"):
        insert(desk, "PV03", parent="Q1")
    with pytest.raises(UnknownReference, match="There is no lot"):
        insert(desk, "PV03", lot="7")


def test_the_record_names_drafts_and_references(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "pv01", "ppn002:3")
    entry = desk.entries()[-1]
    assert entry.kind == "question drafts inserted"
    assert entry.ids == {"drafts": "PV01, ppn002:3", "criteria": "PV01, SV1"}
    assert set(entry.texts) == {"method before", "method after"}


def test_a_draft_is_inserted_once(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "PV01")
    with pytest.raises(RuleRefusal, match="Draft PV01 is in the method already, as PV01"):
        insert(desk, "PV01")
    with pytest.raises(RuleRefusal, match="PV02 is chosen twice"):
        insert(desk, "PV02", "pv02")
    with desk.session() as session:
        drafting.remove_criterion(session, "PV01")
    assert listed(desk) == ()
    assert insert(desk, "PV01") == ("PV01",)


@pytest.mark.parametrize(
    ("ids", "said"), [((), "No draft is chosen."), (("X1",), "There is no draft X1.")]
)
def test_what_is_not_there_is_not_inserted(ids: tuple[str, ...], said: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with pytest.raises(UnknownReference) as refusal:
        insert(desk, *ids)
    assert refusal.value.happened == said


def test_a_published_method_takes_no_draft_and_who_scores_inserts_none(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with (
        desk.session() as session,
        pytest.raises(RuleRefusal, match="Ben Bell does not insert questions"),
    ):
        question_library.insert(session.acting_as(BEN), ["PV01"])
    other = a_desk(tmp_path, "published")
    with pytest.raises(NotAllowedNow):
        insert(other, "PV01")


MODELS = [
    (CENTRAL, SocialValueModel.PPN002),
    (replace(CENTRAL, notice_date=date(2027, 1, 1)), SocialValueModel.PPN026),
    (replace(CENTRAL, regime=Regime.PCR2015), SocialValueModel.PPN0620),
    (
        replace(CENTRAL, buyer_type=BuyerType.NHS, social_value_model="PPN 026"),
        SocialValueModel.PPN026,
    ),
]


@pytest.mark.parametrize(("given", "model"), MODELS)
def test_the_criteria_offered_are_those_of_the_tenders_own_model(
    given: TenderDetails, model: SocialValueModel, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "set-up")
    details(desk, given)
    with read(desk) as (reader, now):
        offered = drafts(reader, now)
    assert {one.model for one in offered} == {model, None}
    assert offered[0].model is model


def test_the_criteria_of_every_model_are_offered_where_the_authority_chooses(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    details(desk, replace(CENTRAL, buyer_type=BuyerType.SUB_CENTRAL))
    with read(desk) as (reader, now):
        assert {one.model for one in drafts(reader, now)} == {*SocialValueModel, None}


def test_a_library_question_names_the_criterion_that_fits_the_tenders_model(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert draft(desk, "PV01").model_criterion == ""
    details(desk, CENTRAL)
    assert (draft(desk, "PV01").model_criterion, draft(desk, "PV01").verified) == (
        "PPN002:1c",
        True,
    )
    assert draft(desk, "PV05").model_criterion == "PPN002:3"
    assert draft(desk, "PV07").model_criterion == ""
    details(desk, replace(CENTRAL, notice_date=date(2027, 1, 1)))
    later = draft(desk, "PV01")
    assert (later.model_criterion, later.verified) == ("PPN026:fair pay", False)
    assert later.standing == (
        "A draft, not verified: The criterion of PPN 026 that it fits was not seen in a source."
    )


def test_what_was_not_verified_says_so_and_no_code_of_ours_is_published(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert draft(desk, "ppn002:3").standing == "A draft, to be edited."
    ours = draft(desk, "ppn026:1")
    assert ours.model_criterion == "PPN026:create and retain high quality jobs"
    assert ours.standing == (
        "A draft, not verified: Title seen in one project only; outcome and the count of six "
        "confirmed by a second; its official code was not seen."
    )
    bare = draft(desk, "ppn002:6")
    assert (bare.code, bare.verified) == ("", False)
    assert bare.model_criterion.startswith("PPN002:apprenticeships")
    assert draft(desk, "ppn0620:1").standing == (
        "A draft, not verified: It was not seen in a source."
    )


def test_a_criterion_of_a_model_becomes_a_social_value_question(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "ppn002:3")
    new = row(desk, "SV1")
    assert (new.title, new.kind, new.model_criterion) == (
        "Fair pay practices",
        CriterionKind.SOCIAL_VALUE,
        "PPN002:1c",
    )
    assert new.goals == ("SDG 1", "SDG 8", "SDG 10", "SDG 5")
    assert "towards this aim: fair pay practices?" in new.question


def test_the_lead_sees_source_version_and_whether_it_was_verified_and_edited(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "PV01", "ppn026:3")
    first, second = listed(desk)
    assert (first.ref, first.draft.draft, first.is_edited) == ("PV01", "PV01", False)
    assert (first.draft.version, first.draft.verified) == ("2026-11-23", True)
    assert first.sentence == (
        "PV01 began as draft PV01; as it was inserted. A draft, to be edited."
    )
    assert second.draft.source.startswith("GOV.UK, PPN 026")
    method = desk.now().method
    edited = replace(row(desk, "SV1"), question="Who on this contract earns what?")
    with desk.session() as session:
        rows = tuple(edited if one.ref == "SV1" else one for one in method.criteria)
        tenders.define_method(session, replace(method, criteria=rows))
    assert [one.is_edited for one in listed(desk)] == [False, True]


def test_a_renamed_question_is_still_found_and_one_of_its_old_name_is_not_taken_for_it(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "ppn002:3")
    with desk.session() as session:
        drafting.rename_criterion(session, "SV1", "PAY")
    assert [one.ref for one in listed(desk)] == ["PAY"]
    with desk.session() as session:
        drafting.remove_criterion(session, "PAY")
        method = desk.now().method
        other = AwardCriterion(CriterionId("SV1"), "Bats", CriterionKind.SOCIAL_VALUE, scale="0-5")
        tenders.define_method(session, replace(method, criteria=(*method.criteria, other)))
    assert listed(desk) == ()


def test_before_publishing_the_lead_is_told_of_unread_and_unverified_drafts(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    insert(desk, "PV01", "PV02", "ppn026:3")
    with read(desk) as (reader, now):
        told = question_library.to_be_edited(reader, now)
        points = warnings_for(reader, now, Stage.PUBLISHED)
    assert told[0] == "PV01, PV02, SV1 stand as drafted in the library: read and edit them."
    assert told[1].startswith("SV1 is not verified against ppn026:3: A draft, not verified:")
    assert set(told) <= {point.text for point in points if point.place == "setup"}


def test_a_data_pack_of_the_tender_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    data = json.loads(facts.bundled("public_value_questions"))
    data["questions"][0]["question"] = "Who is paid what?"
    pack = tmp_path / "questions.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session:
        data_packs.import_pack(session, pack)
    insert(desk, "PV01")
    assert row(desk, "PV01").question == "Who is paid what?"
    assert listed(desk)[0].draft.version == "2027-01-05"
