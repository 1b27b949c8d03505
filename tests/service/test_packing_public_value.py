"""What a bidder claims and promises stays with the lead; answers and their promises go out."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.packs import Manifest
from tendereval.domain.publicvalue.certificates import Claim
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Quote
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    WagePlace,
    WageSetting,
    WageUse,
)
from tendereval.exchange.pack_file import manifest_json
from tendereval.services import certificates, commitments, goals, good_works, living_wage
from tendereval.services.session import Session
from tests.service.builders import ALDER, BIRCH, Desk, a_desk, place
from tests.service.packing_builders import a_hidden_desk, leading
from tests.service.test_packing_privacy import NEUTRAL, packed

MARK = "quokka"
"""Stands in everything that is recorded, and in no answer."""


def fill(session: Session) -> None:
    """Record what every tool can hold; settings and claims name questions that Ben scores."""
    amount = Fraction("7654.32")
    living_wage.choose_use(
        session,
        WageSetting(WageUse.SCORED, criterion="Q2", reason=MARK),
        f"Why {MARK}",
    )
    row = PayRow(
        MARK, Employer.DIRECT, WagePlace.UK, PayBasis.HOUR, Fraction("12.34"), Fraction(30), 7
    )
    living_wage.set_schedule(session, ALDER, (row,))
    claim = Claim("lwf", "", f"{MARK}-1", date(2026, 1, 1), None, MARK, MARK, criterion="Q2")
    certificates.set_claims(session, ALDER, (claim,))
    certificates.set_claims(session, BIRCH, (claim,))
    partner = Partner(
        f"{MARK} CIC",
        Category.CHARITY,
        direct=False,
        amount=amount,
        purpose=True,
        tests=(Workforce(Route.ORGANISATION, 10, 3),),
        includes_vat=False,
        evidence=MARK,
    )
    good_works.set_partners(session, ALDER, (partner,))
    goal = goals.add_goal(session, goals.GoalParts("Skills", "All young people in work"))
    commitments.make(
        session,
        place(ALDER, "Q2"),
        Quote("Two apprentices", 0),
        Parts(who=MARK, what=MARK, evidence=MARK, goals=(goal.id,)),
    )


@pytest.mark.parametrize(
    "make", [lambda path: a_desk(path, "scoring"), lambda path: a_hidden_desk(path, NEUTRAL)]
)
def test_nothing_of_the_tools_is_in_an_evaluators_pack(
    tmp_path: Path, make: Callable[[Path], Desk]
) -> None:
    """Not even where a setting or claim names a question that the evaluator scores.

    Numbers, holders and partners give a bidder away where names are hidden. The authority's
    own goals are public and no bidder's: what is promised on a laptop can serve them.
    """
    desk = make(tmp_path)
    with leading(desk) as session:
        plain = packed(session, tmp_path / "before.scorepack").manifest
        fill(session)
        pack = packed(session, tmp_path / "after.scorepack")
    text = manifest_json(pack.manifest).casefold()
    assert not any(word in text for word in (MARK, "12.34", "7654.32", '"lwf"', "commitment"))
    assert pack.manifest.responses == plain.responses
    assert plain.goals == ()
    assert [item.outcome for item in pack.manifest.goals] == ["All young people in work"]
    assert set(pack.documents) == {item.id for item in pack.manifest.documents}
    with leading(desk) as session, session.reading() as reader:
        assert MARK in str(list(reader.entries())).casefold()  # it is all in the lead's file


def test_goals_go_out_without_a_bidders_name_where_names_are_hidden(tmp_path: Path) -> None:
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    with leading(desk) as session:
        goals.add_goal(session, goals.GoalParts("Skills", "More than Alder Ltd does today"))
        pack = packed(session, tmp_path / "one.scorepack")
    assert len(pack.manifest.goals) == 1
    assert "Alder" not in pack.manifest.goals[0].outcome


def test_a_pack_has_no_room_for_the_tools() -> None:
    """A new field of the manifest has to be thought about here."""
    assert {item.name for item in fields(Manifest)} == {
        *("kind", "tender", "number", "made_at", "details", "version", "evaluator", "name"),
        *("email", "lead", "bidders", "bids", "organisations", "declaration", "responses"),
        *("documents", "clarifications", "agreed", "sent_back", "is_moderated", "names_hidden"),
        *("names_revealed", "part_allowed", "return_by", "message", "keys", "head", "receipts"),
        "goals",
    }
