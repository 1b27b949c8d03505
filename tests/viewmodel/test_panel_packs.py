"""Packs from the lead's side: who needs one, how it is sealed, what is told and never kept."""

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester

from tendereval.domain.evaluation import InterestOutcome
from tendereval.domain.packs import PackKind
from tendereval.exchange.contact_card import write_card
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.seal import new_keys
from tendereval.exchange.words import fingerprint
from tendereval.services import tender_keys
from tendereval.viewmodels import panel
from tendereval.viewmodels.panel import PanelViewModel
from tendereval.viewmodels.panel_packs import MakingPacks
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import AGREED, BEN, CAM, EXPLANATIONS, a_desk
from tests.service.packs import an_identity
from tests.viewmodel.panel_desk import before_packs, done, lead_with_keys, packs_out


def ready(desk: SessionViewModel) -> tuple[PanelViewModel, MakingPacks]:
    """Make the tender's keys and look who needs a pack."""
    tender_keys.ensure(desk.session)
    view = panel.make(desk)
    view.packs.start()
    return view, view.packs


def row_of(packs: MakingPacks, name: str) -> int:
    """Return where a person stands among those who may get a pack."""
    return [row.name for row in packs.people.rows].index(name)


def a_card(folder: Path, identity: Identity) -> Path:
    """Write somebody's contact card."""
    path = folder / f"{identity.email}.evaluator"
    write_card(path, identity)
    return path


def make(packs: MakingPacks, folder: Path) -> None:
    """Make the packs that are ticked."""
    packs.on_made(done(packs.make(folder, "27 November 2027", "Thank you.", part_allowed=True)))


def test_those_who_score_are_ticked_and_the_others_say_why_not(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        assert [row.person for row in packs.wanted] == [BEN, CAM]
        assert packs.sentence == "Two packs to make"
        assert packs.people.rows[-1].why == "Scores nothing; declares only."


def test_somebody_can_be_left_out_or_put_in(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        packs.people.toggle(0)
        assert (packs.sentence, packs.verb) == ("One pack to make", "Make 1 pack…")
        packs.people.toggle(1)
        assert packs.sentence == "No pack is chosen yet"


def test_without_a_card_a_passphrase_of_six_words_is_proposed(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        first = packs.people.rows[0]
        assert not first.by_card
        assert len(first.passphrase.split("-")) == 6
        packs.other_passphrase(0)
        assert packs.people.rows[0].passphrase != first.passphrase


def test_packs_are_written_and_passphrases_told_but_kept_nowhere(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        view, packs = ready(desk)
        make(packs, tmp_path / "packs")
        told = [line.passphrase for line in packs.made]
        assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == sorted(
            line.file for line in packs.made
        )
        assert packs.made_sentence == "Two packs are made"
        assert all(words in packs.sheet for words in told)
        assert [cell.upper for cell in view.members.rows[1].cells][2] == "No. 1, 2 Mar"
        assert view.sentence == "No return is in yet"
    kept = (tmp_path / "bench.tender").read_bytes()
    assert not any(words.encode() in kept for words in told)


def test_a_card_seals_to_its_owner_and_shows_words_to_compare(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        ben = an_identity()
        assert packs.use_card(row_of(packs, "Ben Bell"), a_card(tmp_path, ben))
        row = row_of(packs, "Ben Bell")
        assert packs.fingerprint(row) == fingerprint(ben.keys.public)
        assert packs.people.rows[row].sealed == "To the contact card"
        make(packs, tmp_path / "packs")
        assert [line.passphrase != "" for line in packs.made] == [False, True]
        packs.start()
        assert packs.people.rows[row_of(packs, "Ben Bell")].by_card


def test_a_card_that_was_dropped_finds_its_person(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        assert packs.take_card(a_card(tmp_path, an_identity())) == row_of(packs, "Ben Bell")
        refused: list[object] = []
        packs.refused_here.connect(refused.append)
        nobody = Identity("Zoe Zed", "zoe@x.example", new_keys())
        assert packs.take_card(a_card(tmp_path, nobody)) is None
        assert refused


def test_a_card_of_another_address_waits_for_the_leads_word(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        at_home = Identity("Ben Bell", "ben@home.example", new_keys())
        row = row_of(packs, "Ben Bell")
        packs.use_card(row, a_card(tmp_path, at_home))
        assert packs.card_waits_for == "Say whether the card is that of Ben Bell."
        packs.say_theirs(row, theirs=True)
        assert packs.card_waits_for == ""
        make(packs, tmp_path / "packs")
        assert packs.made


def test_another_key_than_the_known_one_needs_a_reason(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        view = panel.make(desk)
        view.packs.start()
        row = row_of(view.packs, "Ben Bell")
        other = Identity("Ben Bell", "ben@x.example", new_keys())
        view.packs.use_card(row, a_card(tmp_path, other))
        assert "Ben Bell" in view.packs.card_waits_for
        view.packs.say_why(row, "He has a new laptop and rang me.")
        assert view.packs.card_waits_for == ""


def test_what_is_no_card_is_refused_where_it_was_chosen(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        refused: list[object] = []
        packs.refused_here.connect(refused.append)
        (tmp_path / "x.evaluator").write_text("no card", encoding="utf-8")
        assert not packs.use_card(0, tmp_path / "x.evaluator")
        assert refused
        assert packs.people.rows[0].card is None


def test_a_pack_that_holds_is_not_made_again_by_itself(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        view = panel.make(desk)
        view.packs.start()
        assert view.packs.wanted == ()
        assert view.packs.people.rows[row_of(view.packs, "Ben Bell")].why == (
            "Pack 1 of 2 Mar still holds."
        )


def test_a_decision_on_an_interest_asks_for_a_new_pack(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        view = panel.make(desk)
        view.choose(BEN)
        view.declare("A share in one of them.", ())
        view.decide(InterestOutcome.MANAGED, "Sold.", frozenset())
        view.packs.start()
        assert [(row.person, row.why) for row in view.packs.wanted] == [
            (BEN, "Your decision on the interest is new.")
        ]


@pytest.mark.parametrize(
    ("text", "fits"), [("", True), ("27 November 2027", True), ("soon", False)]
)
def test_the_day_wanted_back_is_a_day_or_blank(text: str, fits: bool) -> None:  # noqa: FBT001 - a case
    assert MakingPacks.is_day(text) is fits


def test_records_to_confirm_go_out_at_moderation(tmp_path: Path) -> None:
    desk_of_two = a_desk(tmp_path, "moderation")
    assert desk_of_two.take_in({"Agreed": AGREED, "Explanations": EXPLANATIONS}).status == 0
    with lead_with_keys(desk_of_two) as desk:
        _view, packs = ready(desk)
        assert packs.kinds == (PackKind.SCOREPACK, PackKind.RECORD)
        assert packs.kind is PackKind.RECORD
        assert packs.sentence == "Two records to make"
        assert packs.people.rows[row_of(packs, "Ana Ames")].why == (
            "Ana Ames does it under Moderation."
        )


def test_no_record_goes_to_those_who_confirmed_everything(tmp_path: Path) -> None:
    with before_packs(tmp_path, "agreed") as desk:
        _view, packs = ready(desk)
        assert packs.wanted == ()
        assert packs.people.rows[row_of(packs, "Ben Bell")].why == (
            "Everything is confirmed already."
        )


def test_who_may_get_a_pack_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with before_packs(tmp_path) as desk:
        _view, packs = ready(desk)
        qtmodeltester.check(packs.people, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
