"""An agreed score reopened once prices are known: by an approver, and printed with the order."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import Explanation, Reopening
from tendereval.services import moderating
from tendereval.services.moderating import Agreement
from tests.service.builders import (
    ALDER,
    ANA,
    BEN,
    CAM,
    DOT,
    HEAD_AGREED,
    Desk,
    Rows,
    a_desk,
    place,
)

Q1 = place(ALDER, "Q1")
HIGHER = Agreement(
    Q1,
    Fraction(5),
    "Oak, and drawn.",
    "Drawn.",
    (Explanation("Q1.a", "Oak."), Explanation("Q1.b", "Drawn.")),
    (ANA, BEN, CAM),
    "A page was overlooked.",
    DOT,
)
BEFORE, REVERSED = "1 Birch Ltd; 2 Alder Ltd", "1 Alder Ltd; 2 Birch Ltd"


def reopen(desk: Desk, agreement: Agreement = HIGHER) -> None:
    with desk.session() as session:
        moderating.record_agreed_score(session, agreement)


def confirm(desk: Desk, *people: PersonId) -> None:
    with desk.session() as session:
        for person in people:
            moderating.confirm(session, person, Q1)


def reopenings(desk: Desk) -> tuple[Reopening, ...]:
    with desk.looking() as session, session.reading() as reader:
        return reader.reopenings()


@pytest.mark.parametrize("approver", [None, ANA, BEN])
def test_the_lead_an_evaluator_and_nobody_do_not_reopen(
    approver: PersonId | None, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "priced")
    with desk.session() as session, pytest.raises(RuleRefusal, match="approver who is not the"):
        moderating.record_agreed_score(session, replace(HIGHER, approver=approver))
    assert reopenings(desk) == ()


def test_a_reopening_needs_its_reason_and_who_took_part(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    with desk.session() as session:
        with pytest.raises(ReasonNeeded):
            moderating.record_agreed_score(session, replace(HIGHER, reason=" "))
        with pytest.raises(RuleRefusal, match="confirmed anew"):
            moderating.record_agreed_score(session, replace(HIGHER, present=()))


def test_order_before_and_after_are_recorded_and_everybody_confirms_anew(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    reopen(desk)
    assert [(item.order_before, item.order_after) for item in reopenings(desk)] == [(BEFORE, "")]
    assert "Q1, Alder Ltd was reopened and awaits confirmation." in desk.enter("award").err
    confirm(desk, BEN)
    assert desk.enter("award").status == 1
    confirm(desk, CAM)
    found = reopenings(desk)
    assert [(item.approver, item.reason) for item in found] == [(DOT, "A page was overlooked.")]
    assert [(item.order_before, item.order_after) for item in found] == [(BEFORE, REVERSED)]
    assert desk.totals() == {"Alder Ltd": "85.50", "Birch Ltd": "80.00"}
    kinds = [(entry.kind, entry.ids.get("approver")) for entry in desk.entries()]
    assert ("agreed score reopened", DOT) in kinds
    assert desk.enter("award").status == 0


def test_a_score_reopened_twice_before_it_is_confirmed_is_completed_twice(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    reopen(desk)
    reopen(desk, replace(HIGHER, points=Fraction(3), reason="No, it was read."))
    confirm(desk, BEN, CAM)
    found = reopenings(desk)
    assert [item.order_before for item in found] == [BEFORE, REVERSED]
    assert [item.order_after for item in found] == [BEFORE, BEFORE]
    assert desk.enter("award").status == 0


def test_a_score_is_reopened_also_while_prices_are_missing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "price")
    reopen(desk)
    assert "Prices are missing" in reopenings(desk)[0].order_before
    confirm(desk, BEN, CAM)
    assert "Prices are missing" in reopenings(desk)[0].order_after


def test_a_workbook_reopens_with_an_approver_and_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    everybody = "Ana Ames; Ben Bell; Cam Cole"
    rows: Rows = (
        HEAD_AGREED,
        ("Alder Ltd", "Q1", 5, "Oak, and drawn.", "Drawn.", everybody, everybody),
    )
    words = ("--approver", "dot@x.example", "--reason", "A page was overlooked.")
    assert desk.take_in({"Agreed": rows}, "--approver", "Ana Ames", *words[2:]).status == 1
    assert desk.take_in({"Agreed": rows}, *words).status == 0
    found = reopenings(desk)
    assert [(item.approver, item.reason) for item in found] == [(DOT, "A page was overlooked.")]
    assert [(item.order_before, item.order_after) for item in found] == [(BEFORE, REVERSED)]


def test_going_back_does_not_make_people_forget_the_prices(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    assert desk.enter("moderation", "--reason", "To look again at Q1.").status == 0
    with desk.session() as session, pytest.raises(RuleRefusal, match="Prices and ranking are"):
        moderating.record_agreed_score(session, replace(HIGHER, approver=None))
    reopen(desk)
    assert desk.on_file("rank", "--json").status == 1
    confirm(desk, BEN, CAM)
    found = reopenings(desk)
    assert [(item.order_before, item.order_after) for item in found] == [(BEFORE, REVERSED)]
    assert desk.enter("price").status == 0


def test_a_reopened_score_explains_its_sub_criteria_too(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    reopen(desk, replace(HIGHER, explanations=()))
    confirm(desk, BEN, CAM)
    assert "Q1, Alder Ltd was reopened: sub-criteria Q1.a, Q1.b" in desk.enter("award").err
