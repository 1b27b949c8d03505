"""The moderation agenda: order, state of each item, who is asked to confirm."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotAllowedNow
from tendereval.domain.evaluation import Declaration, InterestOutcome
from tendereval.domain.moderation import Confirmation
from tendereval.services import agenda, moderating
from tendereval.services.agenda import ItemState
from tendereval.services.moderating import Agreement
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tests.service.builders import (
    ALDER,
    ANA,
    BEN,
    BIRCH,
    CAM,
    SCORES,
    a_desk,
    place,
)

Q1 = place(BIRCH, "Q1")


def states(session: Session) -> dict[Place, ItemState]:
    return {item.place: item.state for item in agenda.agenda(session)}


def agree(session: Session, *present: str) -> None:
    there = tuple(person for person in (ANA, BEN, CAM) if person in present)
    moderating.record_agreed_score(
        session, Agreement(Q1, Fraction(3), "Pine.", present=there, reason="Again.")
    )


def test_the_order_is_spread_times_published_weight(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        found = agenda.agenda(session)
    assert [item.place for item in found] == [
        Q1,
        place(ALDER, "Q1"),
        place(ALDER, "Q2"),
        place(BIRCH, "Q2"),
    ]
    assert [item.disagreement.spread for item in found] == [3, 1, 0, 0]


def test_before_moderation_there_is_none(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scored").session() as session, pytest.raises(NotAllowedNow):
        agenda.agenda(session)


def test_what_nobody_scored_comes_last(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    desk.take_in({"Scores": SCORES[:3]})
    desk.enter("moderation", "--reason", "Cam is ill.")
    with desk.session() as session:
        found = agenda.agenda(session)
    assert [item.place for item in found] == [
        place(ALDER, "Q1"),
        place(ALDER, "Q2"),
        place(BIRCH, "Q1"),
        place(BIRCH, "Q2"),
    ]
    assert found[-1].disagreement.scorers == 0


def test_an_item_goes_from_open_to_confirmed(tmp_path: Path) -> None:
    with a_desk(tmp_path, "moderation").session() as session:
        seen = [states(session)[Q1]]
        agree(session, BEN, CAM)
        seen.append(states(session)[Q1])
        moderating.confirm(session, BEN, Q1)
        seen.append(states(session)[Q1])
        moderating.confirm(session, CAM, Q1, agrees=False, dissent="Two at most.")
        seen.append(states(session)[Q1])
        moderating.send_back(session, Q1, "A page was missing.")
        seen.append(states(session)[Q1])
        moderating.settle(session, Q1, "It was not.")
        seen.append(states(session)[Q1])
    assert seen == [
        ItemState.OPEN,
        ItemState.AGREED,
        ItemState.AGREED,
        ItemState.CONFIRMED,
        ItemState.SENT_BACK,
        ItemState.CONFIRMED,
    ]


def test_nobody_present_is_not_confirmed(tmp_path: Path) -> None:
    with a_desk(tmp_path, "moderation").session() as session:
        agree(session)
        assert states(session)[Q1] is ItemState.AGREED


def test_one_item_read_alone_says_the_same(tmp_path: Path) -> None:
    with a_desk(tmp_path, "agreed").session() as session:
        every = agenda.agenda(session)
        with session.reading() as reader:
            now = situation(reader)
            alone = [agenda.item_at(reader, now, item.disagreement) for item in every]
    assert tuple(alone) == every
    assert {item.state for item in every} == {ItemState.CONFIRMED}


def test_an_open_item_read_alone(tmp_path: Path) -> None:
    with a_desk(tmp_path, "moderation").session() as session:
        first = agenda.agenda(session)[0]
        with session.reading() as reader:
            assert agenda.item_at(reader, situation(reader), first.disagreement) == first


def test_scorers_who_were_present_are_asked(tmp_path: Path) -> None:
    with a_desk(tmp_path, "moderation").session() as session:
        agree(session, ANA, CAM)
        with session.reading() as reader:
            now, agreed = situation(reader), reader.agreed_at(Q1)
        assert agreed is not None
        word = Confirmation(CAM, Q1, 1, agrees=True)
        assert agenda.asked_to_confirm(now, agreed) == (CAM,)
        assert agenda.awaited(now, agreed, (word,)) == ()


def test_who_was_removed_for_a_bidder_is_not_in_the_room(tmp_path: Path) -> None:
    now = a_desk(tmp_path, "scoring").now()
    removed = Declaration(
        BEN, "A cousin.", (BIRCH,), InterestOutcome.REMOVED_FOR_BIDDERS, "", frozenset({BIRCH})
    )
    others = tuple(item for item in now.declarations if item.person != BEN)
    now = replace(now, declarations=(*others, removed))
    assert agenda.kept_out(now, Q1) == {BEN}
    assert BEN not in {member.person for member in agenda.may_be_present(now, Q1)}
    assert agenda.kept_out(now, place(ALDER, "Q1")) == frozenset()
