"""The tender's keys from the lead's side: a second way in, handing over, recovery."""

from pathlib import Path

from tendereval.exchange.contact_card import read_card, write_card
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.seal import new_keys
from tendereval.exchange.words import fingerprint
from tendereval.services import tender_keys
from tendereval.viewmodels import panel
from tendereval.viewmodels.panel_identity import with_own_keys
from tests.service.builders import BEN
from tests.viewmodel.lead_desk import at_stage
from tests.viewmodel.panel_desk import before_packs, collect, packs_out, send_back

COLLEAGUE = Identity("Eve Ede", "eve@x.example", new_keys())


def a_card(folder: Path, identity: Identity = COLLEAGUE) -> Path:
    """Write somebody's contact card."""
    path = folder / "somebody.evaluator"
    write_card(path, identity)
    return path


def test_a_recovery_key_is_told_once_and_kept_nowhere(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        keys = panel.make(desk).keys
        seen = [keys.are_made]
        assert keys.make(with_card=False)
        seen.append(keys.are_made)
        assert seen == [False, True]
        assert keys.recovery is not None
        secret = keys.recovery.recovery
        assert secret in keys.recovery_lines
        assert not keys.is_kept
        assert keys.save_recovery(tmp_path / "recovery.txt")
        keys.note_kept(kept=True)
        keys.forget_recovery()
        assert keys.recovery_lines == ()
    assert secret.encode() not in (tmp_path / "bench.tender").read_bytes()
    assert secret in (tmp_path / "recovery.txt").read_text(encoding="utf-8")


def test_a_colleagues_card_takes_the_place_of_the_recovery_key(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        keys = panel.make(desk).keys
        keys.choose_card(a_card(tmp_path))
        assert keys.card_words == fingerprint(COLLEAGUE.keys.public)
        assert keys.make(with_card=True)
        assert keys.recovery is None
        other = desk.session.with_identity(COLLEAGUE)
        assert tender_keys.unlocked(other) == tender_keys.unlocked(desk.session)


def test_a_card_that_is_none_is_refused_where_it_was_chosen(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        keys, refused = panel.make(desk).keys, list[object]()
        keys.refused_here.connect(refused.append)
        (tmp_path / "x.evaluator").write_text("{}", encoding="utf-8")
        keys.choose_card(tmp_path / "x.evaluator")
        assert refused
        assert keys.card is None


def test_handing_over_needs_a_reason_and_lets_the_colleague_in(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        keys, refused = panel.make(desk).keys, list[object]()
        keys.refused_here.connect(refused.append)
        assert not keys.hand_over(a_card(tmp_path), " ")
        assert refused
        assert keys.hand_over(a_card(tmp_path), "Ana is on leave.")
        assert "Ana is on leave." in keys.history[0]
        assert tender_keys.unlocked(desk.session.with_identity(COLLEAGUE)).secret


def test_handing_over_to_another_key_than_the_known_one_is_asked_about(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, _made):
        keys = panel.make(desk).keys
        other = a_card(tmp_path, Identity("Ben Bell", "ben@x.example", new_keys()))
        assert not keys.hand_over(other, "Ben leads now.")
        assert keys.other_card is not None
        assert keys.hand_over(other, "Ben leads now.", other_key=True)
        assert keys.other_card is None


def test_the_printed_key_opens_the_tender_on_another_computer(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        keys = panel.make(desk).keys
        keys.make(with_card=False)
        assert keys.recovery is not None
        secret = keys.recovery.recovery
        desk.know_identity(COLLEAGUE)
        assert not keys.recover("AGE-SECRET-KEY-1WRONG", "A new laptop.")
        assert keys.recover(f" {secret[:30]} {secret[30:].lower()} ", "A new laptop.")
        assert tender_keys.unlocked(desk.session).secret


def test_cards_are_known_by_name_and_words(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk)
        collect(view, send_back(made, BEN))
        assert ("Ben Bell", fingerprint(made.identities[BEN].keys.public)) in view.keys.cards


def test_the_leads_own_card_can_be_handed_out(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        keys = panel.make(desk).keys
        assert keys.save_own_card(tmp_path / "ana.evaluator")
        card = read_card(tmp_path / "ana.evaluator")
        assert (card.name, fingerprint(card.keys)) == ("Ana Ames", keys.own_words)


def test_the_leads_own_keys_are_made_silently_and_found_again(tmp_path: Path) -> None:
    place = tmp_path / "own"
    with at_stage(tmp_path, "scoring") as desk:
        first = with_own_keys(desk, place=place).identity
        assert first is not None
        assert (first.name, first.email) == ("Ana Ames", "ana@x.example")
        assert desk.session.identity == first
    with at_stage(tmp_path, "scoring") as desk:
        assert with_own_keys(desk, place=place).identity == first
