"""Agreed scores: chosen by the panel, explained, confirmed, changed only with a reason."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import (
    MissingAgreedScore,
    MissingRationale,
    NotAllowedNow,
    NotOnTheScale,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
)
from tendereval.domain.ids import LotId, PersonId
from tendereval.domain.moderation import Explanation
from tendereval.services import bids, moderating, panel
from tendereval.services.moderating import Agreement
from tests.service.builders import (
    AGREED,
    ALDER,
    ANA,
    BEN,
    CAM,
    CONFIRMED,
    DOT,
    EVERYBODY,
    EXPLANATIONS,
    HEAD_AGREED,
    Desk,
    Rows,
    a_desk,
    place,
)

Q1 = place(ALDER, "Q1")
PLAIN = Agreement(Q1, Fraction(4), "Sound, of oak.", "Sound.", (), (ANA, BEN))


def agree(desk: Desk, agreement: Agreement) -> None:
    with desk.session() as session:
        moderating.record_agreed_score(session, agreement)


@pytest.mark.parametrize(
    ("agreement", "refusal"),
    [
        (replace(PLAIN, points=Fraction("4.5")), NotOnTheScale),
        (replace(PLAIN, rationale=" "), MissingRationale),
        (replace(PLAIN, present=(ANA, BEN, PersonId("p-99"))), UnknownReference),
        (replace(PLAIN, explanations=(Explanation("Q1.z", "?"),)), UnknownReference),
        (replace(PLAIN, place=place(ALDER, "PRICE")), UnknownReference),
    ],
)
def test_an_agreement_is_refused(
    agreement: Agreement, refusal: type[Exception], tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "moderation")
    before = desk.file.read_bytes()
    with desk.session() as session, pytest.raises(refusal):
        moderating.record_agreed_score(session, agreement)
    assert desk.file.read_bytes() == before


def test_an_average_is_not_an_agreed_score(tmp_path: Path) -> None:
    """Bromcom v United Learning [2022] EWHC 3262 (TCC); 4 and 5 were given."""
    desk = a_desk(tmp_path, "moderation")
    with pytest.raises(NotOnTheScale, match="an average is not an agreed score"):
        agree(desk, replace(PLAIN, points=Fraction("4.5")))


def test_a_bid_that_is_not_assessed_gets_no_agreed_score(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        bids.set_status(session, Bid(ALDER, LotId("1"), BidStatus.WITHDRAWN, "A letter."))
    with pytest.raises(UnknownReference, match="does not judge Q1, Alder Ltd"):
        agree(desk, PLAIN)
    refused = desk.take_in({"Agreed": AGREED[:2]})
    assert refused.status == 1
    assert "Agreed, row 2: The panel does not judge Q1, Alder Ltd." in refused.err


def test_a_change_needs_its_reason_and_the_old_is_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    changed = replace(PLAIN, points=Fraction(5), rationale="Oak, and drawn.")
    with pytest.raises(ReasonNeeded):
        agree(desk, changed)
    agree(desk, replace(changed, reason="The drawing was overlooked."))
    with desk.looking() as session, session.reading() as reader:
        kept = [item for item in reader.agreed_history() if item.place == Q1]
    assert [(item.revision, str(item.points), item.reason) for item in kept] == [
        (1, "4", ""),
        (2, "5", "The drawing was overlooked."),
    ]
    assert "Q1, Alder Ltd awaits confirmation by Ben Bell" in desk.enter("price").err


def test_a_workbook_changes_an_agreed_score_only_with_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    rows: Rows = (HEAD_AGREED, ("Alder Ltd", "Q1", 5, "Oak, and drawn.", "", "", ""))
    refused = desk.take_in({"Agreed": rows})
    assert refused.status == 1
    assert "Q1, Alder Ltd has an agreed score already. Say why it is changed" in refused.err
    assert desk.take_in({"Agreed": rows}, "--reason", "The drawing was overlooked.").status == 0
    with desk.looking() as session, session.reading() as reader:
        agreed = reader.agreed_at(Q1)
    assert agreed is not None
    assert (agreed.revision, str(agreed.points)) == (2, "5")
    assert agreed.reason == "The drawing was overlooked."
    assert desk.entries()[-1].reason == "The drawing was overlooked."


def test_blank_cells_leave_what_was_agreed_as_it_is(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    short: Rows = tuple(row[:4] for row in AGREED)
    assert "Nothing in it is new." in desk.take_in({"Agreed": short}).out
    with desk.looking() as session, session.reading() as reader:
        agreed = reader.agreed_at(Q1)
    assert agreed is not None
    assert (len(agreed.explanations), agreed.present) == (2, (ANA, BEN, CAM))


def test_filling_blanks_is_no_change_of_mind(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    desk.take_in({"Agreed": tuple(row[:4] for row in AGREED)})
    assert desk.take_in({"Agreed": AGREED}).status == 0
    assert desk.take_in({"Explanations": EXPLANATIONS}).status == 0
    with desk.looking() as session, session.reading() as reader:
        kept = [item for item in reader.agreed_history() if item.place == Q1]
    assert [item.reason for item in kept] == ["", *["Completed; nothing was replaced."] * 2]
    assert [len(item.explanations) for item in kept] == [0, 0, 2]


def test_explanations_without_an_agreed_score_are_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    refused = desk.take_in({"Explanations": EXPLANATIONS[:2]})
    assert refused.status == 1
    assert "Explanations, row 2: There is no agreed score for Q1, Alder Ltd" in refused.err


def test_price_waits_for_scores_explanations_attendance_and_confirmations(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    bare: Rows = (HEAD_AGREED, *((*row[:5], "", "") for row in AGREED[1:4]))
    desk.take_in({"Agreed": bare, "Explanations": EXPLANATIONS[:2]})
    told = desk.enter("price").err
    assert "Q2, Birch Ltd has no agreed score." in told
    assert "Q1, Alder Ltd: sub-criteria Q1.b are not explained." in told
    assert "Q1, Alder Ltd: it is not recorded who was present." in told
    desk.take_in({"Agreed": AGREED, "Explanations": EXPLANATIONS})
    told = desk.enter("price").err
    assert "Q1, Alder Ltd awaits confirmation by Ben Bell, Community panel member 1." in told
    desk.take_in({"Agreed": CONFIRMED})
    assert desk.enter("price").status == 0


def test_only_those_present_confirm(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    agree(desk, PLAIN)
    with desk.session() as session:
        with pytest.raises(RuleRefusal, match="member 1 was not present"):
            moderating.confirm(session, CAM, Q1)
        with pytest.raises(MissingAgreedScore):
            moderating.confirm(session, BEN, place(ALDER, "Q2"))
    late: Rows = (HEAD_AGREED, ("Alder Ltd", "Q1", 4, "Sound, of oak.", "", "", "Cam Cole"))
    refused = desk.take_in({"Agreed": late})
    assert refused.status == 1
    assert "Agreed, row 2: Community panel member 1 was not present" in refused.err


def test_a_dissent_needs_words_and_does_not_hold_the_panel_up(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    agree(desk, PLAIN)
    with desk.session() as session:
        with pytest.raises(ReasonNeeded):
            moderating.confirm(session, BEN, Q1, agrees=False)
        moderating.confirm(session, BEN, Q1, agrees=False, dissent="Too high for one drawing.")
        with session.reading() as reader:
            word = reader.confirmations()[0]
    assert (word.person, word.agrees, word.dissent) == (BEN, False, "Too high for one drawing.")
    assert "Q1, Alder Ltd awaits" not in desk.enter("price").err


def test_sending_back_needs_a_reason_and_holds_price_up(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    with desk.session() as session:
        with pytest.raises(ReasonNeeded):
            moderating.send_back(session, Q1, " ")
        with pytest.raises(NotAllowedNow, match="is not sent back"):
            moderating.settle(session, Q1, "Nothing to settle.")
        moderating.send_back(session, Q1, "Two pages were missing.")
        with pytest.raises(NotAllowedNow, match="sent back already"):
            moderating.send_back(session, Q1, "Again.")
        with pytest.raises(NotAllowedNow, match="was sent back to its evaluators"):
            moderating.record_agreed_score(session, replace(PLAIN, reason="In the meantime."))
    assert "Q1, Alder Ltd was sent back and is not settled." in desk.enter("price").err
    with desk.session() as session:
        moderating.settle(session, Q1, "Read.")
    assert desk.enter("price").status == 0


def test_who_left_is_not_named_as_present(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        panel.leave(session, BEN, "New post.")
        with pytest.raises(RuleRefusal, match="Ben Bell has left the panel"):
            moderating.record_agreed_score(session, PLAIN)


def test_the_agenda_has_the_largest_disagreement_first_and_only_scores_in_use(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        found = moderating.disagreements(session)
        assert [
            (item.place.criterion, item.place.bidder, int(item.spread)) for item in found[:2]
        ] == [
            ("Q1", "b-2", 3),
            ("Q1", "b-1", 1),
        ]
        panel.leave(session, CAM, "Moved away.")
        assert {(item.scorers, int(item.spread)) for item in moderating.disagreements(session)} == {
            (1, 0)
        }
        bids.set_status(session, Bid(ALDER, LotId("1"), BidStatus.WITHDRAWN, "A letter."))
        left = {item.place.bidder for item in moderating.disagreements(session)}
    assert left == {"b-2"}


def test_the_record_of_an_agreement_names_place_and_digests(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    agree(desk, PLAIN)
    entry = desk.entries()[-1]
    assert entry.kind == "agreed score recorded"
    assert entry.ids == {"bidder": ALDER, "criterion": "Q1", "lot": ""}
    assert set(entry.texts) == {"rationale after", "releasable rationale after"}
    assert EVERYBODY not in str(entry)
    assert DOT not in entry.ids.values()
