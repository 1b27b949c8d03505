"""The tender's keys: made once, opened by whom they are sealed to, handed over, recovered."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tendereval.domain.errors import KeysNeeded, OtherKey, ReasonNeeded, RuleRefusal, UnreadablePack
from tendereval.domain.packs import ContactCard, SignedHead, signed_head_text
from tendereval.domain.record import entry_hash
from tendereval.domain.stages import Stage
from tendereval.exchange import seal
from tendereval.services import packing, staging, tender_keys
from tendereval.services.checking import check_tender
from tendereval.services.packing import PackOrder
from tests.service.builders import BEN, Desk, a_desk
from tests.service.packing_builders import BEN_BELL, CAM_COLE, LEAD, leading


def heads(desk: Desk) -> tuple[SignedHead, ...]:
    """Return the signed heads on record."""
    with desk.looking() as session, session.reading() as reader:
        return reader.signed_heads()


def test_keys_are_made_once_with_a_recovery_key_that_is_told_once(tmp_path: Path) -> None:
    """The second time there is nothing to print; the file holds no secret as it is."""
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        keyed = session.with_identity(LEAD)
        made, again = tender_keys.ensure(keyed), tender_keys.ensure(keyed)
        secrets = tender_keys.unlocked(keyed)
    assert made.is_new
    assert made.recovery.startswith("AGE-SECRET-KEY-1")
    assert len(made.recovery_words.split()) == 8
    assert (again.is_new, again.recovery, again.keys) == (False, "", made.keys)
    content = desk.file.read_bytes()
    for secret in (made.recovery, secrets.secret, secrets.signing_secret):
        assert secret.encode() not in content
        assert secret not in repr(made)


def test_keys_need_the_identity_of_the_lead(tmp_path: Path) -> None:
    """Without it nothing is made; with somebody else's nothing opens."""
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        with pytest.raises(KeysNeeded):
            tender_keys.ensure(session)
        with pytest.raises(KeysNeeded, match="no keys yet"):
            tender_keys.unlocked(session.with_identity(LEAD))
        with pytest.raises(RuleRefusal, match="your own"):
            tender_keys.ensure(session.with_identity(LEAD), LEAD.card.keys)
        tender_keys.ensure(session.with_identity(LEAD))
        with pytest.raises(KeysNeeded, match="somebody else"):
            tender_keys.unlocked(session.with_identity(BEN_BELL))


def test_a_colleague_in_second_place_opens_the_keys(tmp_path: Path) -> None:
    """There is no recovery key then."""
    with a_desk(tmp_path, "published").session() as session:
        made = tender_keys.ensure(session.with_identity(LEAD), CAM_COLE.card.keys)
        assert made.recovery == ""
        opened = tender_keys.unlocked(session.with_identity(CAM_COLE))
    assert opened.public == made.keys


def test_keys_handed_over_are_the_same_keys(tmp_path: Path) -> None:
    """What was sealed to the tender before still opens; the second recipient stays."""
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        lead = session.with_identity(LEAD)
        made = tender_keys.ensure(lead)
        sealed = seal.seal(b"a return on its way", (made.keys.recipient,))
        with pytest.raises(ReasonNeeded):
            tender_keys.hand_over(lead, BEN_BELL.card, " ")
        tender_keys.hand_over(lead, BEN_BELL.card, "Ana is on leave.")
        taken = tender_keys.unlocked(session.with_identity(BEN_BELL))
        assert seal.unseal(sealed, (taken.secret,), 100) == b"a return on its way"
        with session.reading() as reader:
            history, known = reader.tender_key_history(), reader.contact_keys()
    assert [reason for _, _, reason, _ in history] == ["", "Ana is on leave."]
    assert history[0][1] == history[1][1] != ""
    assert known[BEN] == BEN_BELL.card.keys
    assert desk.entries()[-1].kind == "tender keys handed over"
    assert "Ben" not in str(desk.entries()[-1].ids)


def test_keys_are_not_handed_to_another_key_of_a_known_person(tmp_path: Path) -> None:
    """Unless the lead says that it is right."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        packing.make_pack(session, PackOrder(BEN, card=BEN_BELL.card), tmp_path / "a.scorepack")
        other = ContactCard("Ben Bell", "BEN@x.example", CAM_COLE.keys.public)
        with pytest.raises(OtherKey):
            tender_keys.hand_over(session, other, "On leave.")
        tender_keys.hand_over(session, other, "On leave.", other_key=True)
        found = tender_keys.unlocked(session.with_identity(CAM_COLE))
        assert found == tender_keys.unlocked(session)


def test_keys_may_go_to_a_colleague_off_the_panel(tmp_path: Path) -> None:
    """The record knows them by their key only."""
    with leading(a_desk(tmp_path, "published")) as session:
        stranger = replace(CAM_COLE, email="new@x.example").card
        tender_keys.hand_over(session, stranger, "A new head of procurement.")
        with session.reading() as reader:
            assert reader.contact_keys() == {}
        found = tender_keys.unlocked(session.with_identity(CAM_COLE))
        assert found == tender_keys.unlocked(session)


def test_the_printed_key_brings_the_keys_back(tmp_path: Path) -> None:
    """Typed with blanks and in small letters too; another tender's or half a key does not."""
    with a_desk(tmp_path, "published").session() as session:
        made = tender_keys.ensure(session.with_identity(LEAD))
        newcomer = session.with_identity(CAM_COLE)
        with pytest.raises(KeysNeeded, match="does not open"):
            tender_keys.recover(newcomer, BEN_BELL.keys.secret)
        with pytest.raises(UnreadablePack):
            tender_keys.recover(newcomer, made.recovery[:-5])
        typed = " ".join(made.recovery[at : at + 8] for at in range(0, len(made.recovery), 8))
        tender_keys.recover(newcomer, typed.lower())
        assert tender_keys.unlocked(newcomer).public == made.keys


def test_a_sealed_copy_of_other_keys_is_passed_over(tmp_path: Path) -> None:
    """Copies lie beside the record, where anybody with the file could put one."""
    desk = a_desk(tmp_path, "published")
    with leading(desk) as session:
        keys = tender_keys.unlocked(session).public
    others = {"secret": BEN_BELL.keys.secret, "signing_secret": BEN_BELL.keys.signing_secret}
    for plain in (
        *(b"rubbish", b"[]", b'{"secret": "x", "signing_secret": "y"}'),
        json.dumps(others).encode(),
    ):
        sealed = seal.seal(plain, (LEAD.keys.public.recipient,)).hex()
        desk.sql(
            "INSERT INTO sealed_key (signing, sealed_to, content) "
            f"VALUES ('{keys.signing}', '', X'{sealed}')"
        )
    with desk.session() as session:
        assert tender_keys.unlocked(session.with_identity(LEAD)).public == keys


def test_each_change_of_stage_is_signed_where_the_keys_are_at_hand(tmp_path: Path) -> None:
    """Without them nothing is signed and nothing fails."""
    desk = a_desk(tmp_path, "agreed")
    with leading(desk) as session:
        tender_keys.sign_head(session, "to begin with")
    from_before = heads(desk)
    assert desk.enter("price").status == 0
    assert heads(desk) == from_before
    with desk.session() as session:
        assert tender_keys.sign_head(session.with_identity(BEN_BELL), "by somebody else") is None
        assert tender_keys.sign_head(session, "by nobody") is None
        staging.change_stage(session.with_identity(LEAD), Stage.MODERATION, "One more look.")
    (_, head) = heads(desk)
    entry = desk.entries()[head.seq - 1]
    assert (entry.kind, entry.hash) == ("stage gone back to: moderation", head.hash)
    assert seal.is_signed(
        head.key, signed_head_text("the-tender", head.seq, head.hash), head.signature
    )


def rewrite(desk: Desk, seq: int) -> None:
    """Change what an entry says and work out every hash from there on anew."""
    previous = ""
    for entry in desk.entries():
        if entry.seq < seq:
            previous = entry.hash
            continue
        fields = asdict(entry) | {"previous": previous}
        if entry.seq == seq:
            fields["reason"] = "Something else."
        previous = entry_hash(fields)
        desk.sql(
            f"UPDATE audit_entry SET reason = '{fields['reason']}', hash = '{previous}', "
            f"previous = '{fields['previous']}' WHERE seq = {entry.seq}"
        )


def test_a_check_finds_a_history_rewritten_since_it_was_signed(tmp_path: Path) -> None:
    """Though every hash from there on was worked out anew, so that the chain is whole."""
    desk = a_desk(tmp_path, "published")
    with leading(desk) as session:
        tender_keys.sign_head(session, "test")
        assert check_tender(session).faults == ()
    (head,) = heads(desk)
    rewrite(desk, head.seq - 1)
    with desk.looking() as session:
        (fault,) = check_tender(session).faults
    assert fault.startswith(f"Entry {head.seq} of the record is not the one that was signed")
    desk.sql(f"UPDATE signed_head SET hash = '{desk.entries()[head.seq - 1].hash}'")
    with desk.looking() as session:
        faults = " ".join(check_tender(session).faults)
    assert f"The signature over entry {head.seq} of the record is not genuine." in faults


def test_a_check_finds_a_head_signed_by_a_stranger(tmp_path: Path) -> None:
    """A key that was never the tender's proves nothing."""
    desk = a_desk(tmp_path, "published")
    with leading(desk) as session:
        tender_keys.sign_head(session, "test")
    (head,) = heads(desk)
    text = signed_head_text("the-tender", head.seq, head.hash)
    forged = seal.sign(CAM_COLE.keys, text)
    desk.sql(
        f"UPDATE signed_head SET key = '{CAM_COLE.keys.public.signing}', signature = '{forged}'"
    )
    with desk.looking() as session:
        faults = " ".join(check_tender(session).faults)
    assert f"Entry {head.seq} was signed with a key that is not the tender's." in faults
