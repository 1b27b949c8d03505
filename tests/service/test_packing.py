"""Packs on their way out: what is in them, who gets one, and what making one leaves behind."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.bidding import BidStatus, Clarification
from tendereval.domain.errors import (
    KeysNeeded,
    MissingAgreedScore,
    NotAllowedNow,
    NotTheirs,
    OtherKey,
    RuleRefusal,
)
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import CriterionId, PersonId
from tendereval.domain.packs import (
    ContactCard,
    Disposition,
    Manifest,
    PackKind,
    ReturnKind,
    ReturnSource,
    signed_head_text,
)
from tendereval.domain.stages import Stage
from tendereval.exchange import seal
from tendereval.exchange.seal import WithPassphrase
from tendereval.services import bids, moderating, packing, panel, tender_keys
from tendereval.services.checking import check_tender
from tendereval.services.pack_states import pack_states, who_gets
from tendereval.services.packing import PackOrder
from tendereval.services.session import Session
from tendereval.store import pack_recording
from tendereval.store.connection import FileKind
from tendereval.store.pack_questions import Collected
from tests.service.builders import (
    AFTER,
    ALDER,
    ANA,
    BEN,
    BIRCH,
    CAM,
    DOT,
    a_desk,
    place,
)
from tests.service.packing_builders import BEN_BELL, CAM_COLE, LEAD, leading, opened

FOR_BEN = PackOrder(BEN, card=BEN_BELL.card)


def packed(session: Session, path: Path, order: PackOrder = FOR_BEN) -> Manifest:
    """Make a pack and open it again."""
    packing.make_pack(session, order, path)
    return opened(path).manifest


def test_a_pack_holds_what_its_evaluator_scores(tmp_path: Path) -> None:
    """Questions, scale and answers are in it, whose it is and who leads."""
    desk = a_desk(tmp_path, "scoring")
    day = AFTER + timedelta(days=14)
    order = replace(FOR_BEN, part_allowed=True, return_by=day, message=" Thank you. ")
    with leading(desk) as session:
        pack = packed(session, tmp_path / "ben.scorepack", order)
        keys = tender_keys.unlocked(session).public
    assert (pack.kind, pack.tender, pack.number) == (PackKind.SCOREPACK, "the-tender", 1)
    assert (pack.name, pack.email, pack.lead) == ("Ben Bell", "ben@x.example", "Ana Ames")
    assert [row.ref for row in pack.version.method.criteria] == ["Q1", "Q2"]
    assert [scale.name for scale in pack.version.method.scales] == ["0-5"]
    assert [sub.ref for sub in pack.version.method.criteria[0].sub_criteria] == ["Q1.a", "Q1.b"]
    assert [(item.place.bidder, item.place.criterion, item.text) for item in pack.responses] == [
        (ALDER, "Q1", "Alder builds of oak."),
        (ALDER, "Q2", "Two apprentices."),
        (BIRCH, "Q1", "Birch builds of pine."),
        (BIRCH, "Q2", "Four apprentices."),
    ]
    assert pack.organisations == ("Alder Ltd", "Birch Ltd")
    assert pack.declaration == Declaration(BEN)
    assert (pack.part_allowed, pack.return_by, pack.message) == (True, day, "Thank you.")
    assert (pack.names_hidden, pack.names_revealed, pack.is_moderated) == (False, False, False)
    assert pack.keys == keys


def test_number_and_fingerprint_are_those_of_the_whole_method(tmp_path: Path) -> None:
    """Though the method in the pack is cut down to what the person scores."""
    desk = a_desk(tmp_path, "scoring")
    whole = desk.now().versions[-1]
    with leading(desk) as session:
        only = PanelMember(BEN, Role.EVALUATOR, "Ben Bell", frozenset({CriterionId("Q2")}))
        panel.add_member(session, replace(only, reason="Cam has no time."), "Ben Bell")
        pack = packed(session, tmp_path / "ben.scorepack")
    assert (pack.version.number, pack.version.fingerprint) == (whole.number, whole.fingerprint)
    assert [row.ref for row in pack.version.method.criteria] == ["Q2"]
    assert {item.place.criterion for item in pack.responses} == {"Q2"}
    assert pack.evaluator == only


def test_only_what_is_asked_of_lots_and_bids_goes_out(tmp_path: Path) -> None:
    """A bid that is not assessed stays behind, and why."""
    desk = a_desk(tmp_path, "scoring")
    with leading(desk) as session:
        late = replace(desk.now().bids[1], status=BidStatus.LATE, reason="It came at noon.")
        bids.set_status(session, late)
        pack = packed(session, tmp_path / "ben.scorepack")
    assert [bidder.id for bidder in pack.bidders] == [ALDER]
    assert [bid.bidder for bid in pack.bids] == [ALDER]
    assert pack.organisations == ("Alder Ltd", "Birch Ltd")


def test_late_answers_and_clarifications_not_to_be_scored_stay_behind(tmp_path: Path) -> None:
    """Scorable ones go along, without the ground of that decision."""
    desk = a_desk(tmp_path, "scoring")
    with leading(desk) as session:
        for text, scorable in (("Which oak?", True), ("Which glue?", False)):
            asked = Clarification(
                *(place(ALDER, "Q1"), text, "English.", AFTER, scorable, "Ground of it.")
            )
            bids.record_clarification(session, asked)
        pack = packed(session, tmp_path / "ben.scorepack")
    assert [(item.question, item.reason) for item in pack.clarifications] == [("Which oak?", "")]


@pytest.mark.parametrize("kind", [PackKind.SCOREPACK, PackKind.RECORD])
def test_before_publishing_no_pack_is_made(tmp_path: Path, kind: PackKind) -> None:
    """There is nothing to score and nobody bids."""
    with leading(a_desk(tmp_path, "set-up")) as session, pytest.raises(NotAllowedNow):
        packing.make_pack(session, replace(FOR_BEN, kind=kind), tmp_path / "ben.scorepack")
    assert not (tmp_path / "ben.scorepack").exists()


def test_before_the_deadline_a_pack_asks_for_the_declaration_only(tmp_path: Path) -> None:
    """No answer leaves before scoring begins."""
    with leading(a_desk(tmp_path, "published")) as session:
        pack = packed(session, tmp_path / "ben.scorepack")
    assert pack.organisations == ("Alder Ltd", "Birch Ltd")
    assert (pack.responses, pack.bidders, pack.bids, pack.declaration) == ((), (), (), None)
    assert [row.ref for row in pack.version.method.criteria] == ["Q1", "Q2"]


def test_an_undecided_interest_gets_the_list_but_no_answers(tmp_path: Path) -> None:
    """Once the lead has decided, a new pack brings them, but for whom the person was removed."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        panel.declare(session, BEN, "My brother works there.", (ALDER,))
        first = packed(session, tmp_path / "1.scorepack")
        panel.decide_interest(
            *(session, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, "Kin."), frozenset({ALDER})
        )
        second = packed(session, tmp_path / "2.scorepack")
    assert (first.responses, first.documents) == ((), ())
    assert first.organisations == ("Alder Ltd", "Birch Ltd")
    assert first.declaration == Declaration(BEN, "My brother works there.", (ALDER,))
    assert {item.place.bidder for item in second.responses} == {BIRCH}
    assert [bidder.id for bidder in second.bidders] == [BIRCH]
    assert second.declaration is not None
    assert second.declaration.outcome is InterestOutcome.REMOVED_FOR_BIDDERS
    assert (first.number, second.number) == (1, 2)


def test_who_is_removed_altogether_is_told_so_and_gets_nothing_else(tmp_path: Path) -> None:
    """The decision has to reach the evaluator."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        panel.declare(session, BEN, "I own shares.")
        panel.decide_interest(session, BEN, InterestOutcome.REMOVED, "Too close.")
        pack = packed(session, tmp_path / "ben.scorepack")
    assert (pack.responses, pack.bidders) == ((), ())
    assert pack.declaration is not None
    assert pack.declaration.outcome is InterestOutcome.REMOVED


def test_who_left_gets_no_pack_and_who_scores_nothing_only_declares(tmp_path: Path) -> None:
    """An approver declares too."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        panel.leave(session, CAM, "Moved away.")
        with pytest.raises(NotTheirs, match="has left"):
            packing.make_pack(session, PackOrder(CAM, card=CAM_COLE.card), tmp_path / "x.scorepack")
        pack = packed(
            session, tmp_path / "dot.scorepack", PackOrder(DOT, card=LEAD.card, is_theirs=True)
        )
    assert (pack.responses, pack.bidders, pack.version.method.criteria) == ((), (), ())
    assert pack.organisations == ("Alder Ltd", "Birch Ltd")


def test_in_moderation_scoring_packs_are_for_responses_sent_back(tmp_path: Path) -> None:
    """The pack says which, and that nothing else is open."""
    with leading(a_desk(tmp_path, "moderation")) as session:
        with pytest.raises(NotAllowedNow, match="nothing was sent back"):
            packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")
        moderating.send_back(session, place(BIRCH, "Q1"), "Page 3 was overlooked.")
        pack = packed(session, tmp_path / "ben.scorepack")
    assert pack.is_moderated
    assert pack.sent_back == (place(BIRCH, "Q1"),)
    assert len(pack.responses) == 4


def test_a_record_holds_agreed_scores_and_nothing_of_anybody(tmp_path: Path) -> None:
    """No individual score, no answer, nobody who was present."""
    desk = a_desk(tmp_path, "agreed")
    path = tmp_path / "ben.record"
    with leading(desk) as session:
        pack = packed(session, path, replace(FOR_BEN, kind=PackKind.RECORD))
    assert [(item.place, str(item.points), item.rationale) for item in pack.agreed] == [
        (place(ALDER, "Q1"), "4", "Sound, of oak."),
        (place(ALDER, "Q2"), "2", "Two apprentices."),
        (place(BIRCH, "Q1"), "3", "Pine will not last."),
        (place(BIRCH, "Q2"), "4", "Four apprentices."),
    ]
    assert [one.text for one in pack.agreed[0].explanations] == [
        "Alder Ltd on Q1.a.",
        "Alder Ltd on Q1.b.",
    ]
    assert {(item.present, item.recorded_by, item.reason) for item in pack.agreed} == {
        ((), None, "")
    }
    assert (pack.responses, pack.organisations, pack.documents) == ((), (), ())
    assert "Reader" not in str(pack)
    assert "Cam" not in str(pack)


def test_a_record_is_for_those_who_were_present_and_may_judge(tmp_path: Path) -> None:
    """An approver was not there; who was removed for a bidder sees nothing of it."""
    with leading(a_desk(tmp_path, "agreed")) as session:
        order = PackOrder(DOT, PackKind.RECORD, LEAD.card, is_theirs=True)
        with pytest.raises(MissingAgreedScore):
            packing.make_pack(session, order, tmp_path / "dot.record")
        panel.declare(session, BEN, "A cousin.", (ALDER,))
        panel.decide_interest(
            *(session, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, "Kin."), frozenset({ALDER})
        )
        pack = packed(session, tmp_path / "ben.record", replace(FOR_BEN, kind=PackKind.RECORD))
    assert {item.place.bidder for item in pack.agreed} == {BIRCH}


def test_a_record_is_made_in_moderation_and_at_price_only(tmp_path: Path) -> None:
    """Before there is nothing agreed, afterwards nothing to confirm."""
    order = replace(FOR_BEN, kind=PackKind.RECORD)
    with leading(a_desk(tmp_path, "scored")) as session, pytest.raises(NotAllowedNow):
        packing.make_pack(session, order, tmp_path / "ben.record")
    (tmp_path / "later").mkdir()
    with leading(a_desk(tmp_path / "later", "priced")) as session:
        assert packed(session, tmp_path / "ben.record", order).agreed
        with pytest.raises(NotAllowedNow):
            packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")


def test_a_pack_opens_for_whom_it_was_made(tmp_path: Path) -> None:
    """With the person's own keys, or the passphrase that was told."""
    phrase = "oak-bench-river-lamp-hill-snow"
    with leading(a_desk(tmp_path, "scoring")) as session:
        made = packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")
        told = packing.make_pack(
            session, PackOrder(CAM, passphrase=phrase), tmp_path / "cam.scorepack"
        )
    only_ben = seal.WithSecrets((BEN_BELL.keys.secret,))
    assert opened(made.path, only_ben).manifest.name == "Ben Bell"
    assert opened(told.path, WithPassphrase(phrase)).manifest.evaluator.person == CAM
    assert len(made.words.split()) == 8
    assert (told.words, told.sealed_to) == ("", "passphrase")
    assert not seal.needs_passphrase(made.path)
    assert seal.needs_passphrase(told.path)


def test_the_known_key_serves_where_nothing_is_given(tmp_path: Path) -> None:
    """Seen once on a card, it is the person's."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        with pytest.raises(RuleRefusal, match="nothing to seal"):
            packing.make_pack(session, PackOrder(BEN), tmp_path / "1.scorepack")
        packing.make_pack(session, FOR_BEN, tmp_path / "1.scorepack")
        again = packing.make_pack(session, PackOrder(BEN), tmp_path / "2.scorepack")
        with session.reading() as reader:
            assert reader.contact_keys() == {BEN: BEN_BELL.keys.public}
    assert again.sealed_to == BEN_BELL.keys.public.recipient


@pytest.mark.parametrize("phrase", ["short", "  oak  "])
def test_a_short_passphrase_is_refused(tmp_path: Path, phrase: str) -> None:
    """And one beside a card."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        with pytest.raises(RuleRefusal, match="too short"):
            packing.make_pack(session, PackOrder(BEN, passphrase=phrase), tmp_path / "1.scorepack")
        both = replace(FOR_BEN, passphrase=phrase * 3)
        with pytest.raises(RuleRefusal, match="not with both"):
            packing.make_pack(session, both, tmp_path / "1.scorepack")


def test_a_card_of_somebody_else_needs_the_leads_word(tmp_path: Path) -> None:
    """The word is on record."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        order = PackOrder(BEN, card=CAM_COLE.card)
        with pytest.raises(RuleRefusal, match=r"of cam@x\.example"):
            packing.make_pack(session, order, tmp_path / "ben.scorepack")
        packing.make_pack(session, replace(order, is_theirs=True), tmp_path / "ben.scorepack")
        with session.reading() as reader:
            assert reader.contact_keys() == {BEN: CAM_COLE.keys.public}


def test_another_key_than_the_known_one_is_told_in_words(tmp_path: Path) -> None:
    """And taken only with a reason."""
    new = ContactCard("Ben Bell", "ben@x.example", CAM_COLE.keys.public)
    with leading(a_desk(tmp_path, "scoring")) as session:
        first = packing.make_pack(session, FOR_BEN, tmp_path / "1.scorepack")
        with pytest.raises(OtherKey) as refusal:
            packing.make_pack(session, PackOrder(BEN, card=new), tmp_path / "2.scorepack")
        second = packing.make_pack(
            session, PackOrder(BEN, card=new, reason="A new laptop."), tmp_path / "2.scorepack"
        )
        with session.reading() as reader:
            assert reader.contact_keys() == {BEN: CAM_COLE.keys.public}
    assert first.words in str(refusal.value)
    assert second.words in str(refusal.value)


def test_without_keys_of_the_tender_no_pack_is_made(tmp_path: Path) -> None:
    """Nor by somebody who cannot open them."""
    with a_desk(tmp_path, "scoring").session() as session:
        with pytest.raises(KeysNeeded):
            packing.make_pack(session.with_identity(LEAD), FOR_BEN, tmp_path / "ben.scorepack")
        tender_keys.ensure(session.with_identity(LEAD))
        with pytest.raises(KeysNeeded):
            packing.make_pack(session.with_identity(BEN_BELL), FOR_BEN, tmp_path / "ben.scorepack")


def test_the_head_in_a_pack_is_signed_and_on_record(tmp_path: Path) -> None:
    """So that a rewritten history is found wherever a pack lies."""
    desk = a_desk(tmp_path, "scoring")
    with leading(desk) as session:
        before = desk.entries()[-1]
        pack = packed(session, tmp_path / "ben.scorepack")
        with session.reading() as reader:
            assert reader.signed_heads() == (pack.head,)
        assert check_tender(session).faults == ()
    assert (pack.head.seq, pack.head.hash) == (before.seq, before.hash)
    assert pack.head.key == pack.keys.signing
    text = signed_head_text("the-tender", before.seq, before.hash)
    assert seal.is_signed(pack.keys.signing, text, pack.head.signature)


def test_the_record_names_people_by_id_only(tmp_path: Path) -> None:
    """Each pack is an entry of its own, or one of a batch."""
    desk = a_desk(tmp_path, "scoring")
    orders = (FOR_BEN, PackOrder(CAM, card=CAM_COLE.card))
    with leading(desk) as session:
        packing.make_packs(session, orders, tmp_path / "out")
        packing.make_pack(session, FOR_BEN, tmp_path / "again.scorepack")
    many, one = desk.entries()[-2:]
    assert (many.kind, many.ids) == ("packs made", {"packs": "p-2 1, p-3 1"})
    assert (one.kind, one.ids) == ("pack made", {"packs": "p-2 2"})
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == [
        "T-1 Ben Bell 1.scorepack",
        "T-1 Community panel member 1 1.scorepack",
    ]


def test_the_panel_table_says_how_far_each_pack_is(tmp_path: Path) -> None:
    """Made, for which version, sealed how; a new version makes it out of date."""
    desk = a_desk(tmp_path, "scoring")
    with leading(desk) as session:
        packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")
        with session.reading() as reader:
            now = desk.now()
            ben, cam = pack_states(reader, now)
            everybody = who_gets(reader, now, PackKind.SCOREPACK)
            nobody = who_gets(reader, now, PackKind.RECORD)
            later = replace(now, versions=(*now.versions, replace(now.versions[-1], number=2)))
            outdated = pack_states(reader, later)[0]
    assert (everybody, nobody) == ((BEN, CAM), ())
    assert (ben.person, ben.number, ben.kind, ben.version) == (BEN, 1, PackKind.SCOREPACK, 1)
    assert (ben.is_current, outdated.is_current) == (True, False)
    assert ben.made_at is not None
    assert len(ben.key_words.split()) == 8
    assert (cam.person, cam.number, cam.made_at, cam.returned_at) == (CAM, 0, None, None)


def test_packs_for_all_go_to_those_who_have_something_to_do(tmp_path: Path) -> None:
    """In moderation those with a response sent back, or with an agreed score to confirm."""
    desk = a_desk(tmp_path, "agreed")
    with leading(desk) as session, session.reading() as reader:
        now = desk.now()
        assert who_gets(reader, now, PackKind.SCOREPACK) == ()
        assert who_gets(reader, now, PackKind.RECORD) == (ANA, BEN, CAM)
        award = replace(now, stage=Stage.AWARD)
        assert who_gets(reader, award, PackKind.SCOREPACK) == ()


def test_before_anybodys_key_is_known_the_table_has_no_words(tmp_path: Path) -> None:
    """Whoever scores is in it from the start."""
    desk = a_desk(tmp_path, "scoring")
    with desk.looking() as session, session.reading() as reader:
        states = pack_states(reader, desk.now())
    assert [(state.person, state.key_words, state.number) for state in states] == [
        (BEN, "", 0),
        (CAM, "", 0),
    ]


def a_return(number: int, pack: int, **other: object) -> Collected:
    """Return a complete return of Ben's scores, made from one of his packs."""
    at = AFTER + timedelta(days=number)
    known = Collected(
        person=BEN,
        kind=ReturnKind.SCORES,
        source=ReturnSource.SIGNED,
        sha256=f"{number:064}",
        pack=pack,
        method_version=1,
        opened_at=AFTER + timedelta(hours=number),
        made_at=at,
        complete=True,
        disposition=Disposition.MERGED,
        signing="",
    )
    return replace(known, **other)  # type: ignore[arg-type]  # fields by name


def collect(session: Session, *items: Collected) -> None:
    """Record returns as collecting does."""
    for item in items:
        with session.change("return collected", {"person": item.person}) as change:
            pack_recording.add_collected(change, item, b"plain", None)


def test_the_panel_table_says_what_came_back(tmp_path: Path) -> None:
    """The newest return counts, whatever order they were collected in."""
    desk = a_desk(tmp_path, "scoring")
    held = a_return(3, 1, disposition=Disposition.HELD, complete=False, question="May I?")
    book = a_return(2, 1, source=ReturnSource.WORKBOOK, opened_at=AFTER)
    with leading(desk) as session:
        packing.make_pack(session, FOR_BEN, tmp_path / "1.scorepack")
        collect(session, held, a_return(1, 1), book)
        with session.reading() as reader:
            ben = pack_states(reader, desk.now())[0]
    assert (ben.returned_at, ben.opened_at) == (held.made_at, AFTER + timedelta(hours=1))
    assert (ben.kind_returned, ben.is_complete, ben.return_pack) == (ReturnKind.SCORES, False, 1)
    assert (ben.held, ben.question, ben.is_unsigned) == (1, "May I?", False)
    assert ben.collected_at is not None


def test_a_pack_brings_receipts_for_what_was_collected(tmp_path: Path) -> None:
    """Of this evaluator, signed with the tender's key; a workbook has none."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        packing.make_pack(session, FOR_BEN, tmp_path / "1.scorepack")
        other = a_return(3, 1, person=CAM)
        collect(session, a_return(1, 1), a_return(2, 1, source=ReturnSource.WORKBOOK), other)
        pack = packed(session, tmp_path / "2.scorepack")
    (receipt,) = pack.receipts
    assert receipt.sha256 == a_return(1, 1).sha256
    assert seal.is_signed(pack.keys.signing, receipt.sha256.encode(), receipt.signature)


def test_packs_for_all_in_moderation_go_where_a_response_was_sent_back(tmp_path: Path) -> None:
    """Nobody else has anything to score again."""
    desk = a_desk(tmp_path, "moderation")
    with leading(desk) as session:
        moderating.send_back(session, place(BIRCH, "Q1"), "Page 3 was overlooked.")
        with session.reading() as reader:
            assert who_gets(reader, desk.now(), PackKind.SCOREPACK) == (BEN, CAM)


def test_an_observer_gets_no_pack(tmp_path: Path) -> None:
    """There is nothing to declare and nothing to score."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        watcher = PanelMember(PersonId(""), Role.OBSERVER, "", reason="Wants to learn.")
        eva = panel.add_member(session, watcher, "Eva Ely", "eva@x.example")
        with pytest.raises(NotTheirs, match="observes"):
            packing.make_pack(session, PackOrder(eva), tmp_path / "eva.scorepack")


def test_no_pack_is_made_from_a_working_file(tmp_path: Path) -> None:
    """It belongs to one evaluator, who leads nothing."""
    with leading(a_desk(tmp_path, "scoring")) as session:
        session.file.kind = FileKind.SCORING
        with pytest.raises(NotAllowedNow, match="working file"):
            packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")
