"""What never leaves with a pack: prices, what others wrote, and names where they are hidden."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Place,
    PriceSubmission,
    Response,
    current_bids,
)
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    Score,
    ScoreState,
    assignments,
    places_of,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.packs import Disposition, Manifest, PackKind, ReturnKind, ReturnSource
from tendereval.domain.record import sha256_text
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Lot, Method, MethodVersion, VersionKind
from tendereval.exchange import seal
from tendereval.exchange.pack_file import manifest_json
from tendereval.services import aliasing, name_checking, packing, panel, tender_keys, tenders
from tendereval.services.pack_content import has_declared_anew
from tendereval.services.packing import PackOrder
from tendereval.services.readiness import missing_for
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import pack_recording, recording
from tendereval.store.pack_questions import Collected
from tendereval.store.unit_of_work import Change
from tests.builders import a_criterion, a_method, a_price, a_section, a_tender_details
from tests.service.builders import (
    AFTER,
    AGREED,
    ALDER,
    BEN,
    BIDDERS,
    RESPONSES,
    SCORES,
    SET_UP,
    TENDER,
    Desk,
    TickingClock,
    place,
)
from tests.service.packing_builders import (
    BEN_BELL,
    LEAD,
    Opened,
    a_hidden_desk,
    a_pdf,
    answered_in,
    leading,
    opened,
)

FOR_BEN = PackOrder(BEN, card=BEN_BELL.card)
NEUTRAL = (
    RESPONSES[0],
    ("Alder Ltd", "Q1", "We build of oak."),
    ("Alder Ltd", "Q2", "Two apprentices."),
    ("Birch Ltd", "Q1", "We build of pine."),
    ("Birch Ltd", "Q2", "Four apprentices."),
)


def packed(session: Session, path: Path, order: PackOrder = FOR_BEN) -> Opened:
    """Make a pack and open it."""
    packing.make_pack(session, order, path)
    return opened(path)


def without_list(pack: Opened) -> str:
    """Return everything of a pack but the list for the declaration, as text."""
    manifest = replace(pack.manifest, organisations=())
    return manifest_json(manifest) + "".join(
        content.decode("latin-1") for content in pack.documents.values()
    )


def test_hidden_names_stand_in_the_list_only(tmp_path: Path) -> None:
    """Bidders come in the order of their letters, with nothing else filled in."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    aliases = desk.now().aliases
    with leading(desk) as session:
        pack = packed(session, tmp_path / "ben.scorepack")
    text = without_list(pack).casefold()
    assert not any(word in text for word in ("alder", "birch", "b-1", "b-2", "high street"))
    assert pack.manifest.organisations == ("Alder Ltd", "Birch Ltd")
    assert [(one.id, one.name) for one in pack.manifest.bidders] == [
        ("bidder-a", "Bidder A"),
        ("bidder-b", "Bidder B"),
    ]
    oak = next(item for item in pack.manifest.responses if "oak" in item.text)
    assert oak.place.bidder == aliases[ALDER].code
    assert pack.manifest.names_hidden


def test_a_name_in_an_answer_waits_for_a_decision(tmp_path: Path) -> None:
    """Left out or accepted, on record; the answer in the file stays as it is."""
    desk = a_hidden_desk(tmp_path)
    with leading(desk) as session:
        with pytest.raises(RuleRefusal, match="2 places name"):
            packing.make_pack(session, FOR_BEN, tmp_path / "ben.scorepack")
        for hit in name_checking.undecided(session):
            name_checking.decide_hit(session, hit, redact=hit.owner == ALDER, reason="Its name.")
        pack = packed(session, tmp_path / "ben.scorepack").manifest
        with session.reading() as reader:
            kept = reader.response_at(place(ALDER, "Q1"))
    texts = {item.text for item in pack.responses if item.place.criterion == "Q1"}
    assert texts == {"[name removed] builds of oak.", "Birch builds of pine."}
    assert kept is not None
    assert kept.text == "Alder builds of oak."


def test_documents_go_out_under_neutral_names_and_say_nothing_of_themselves(
    tmp_path: Path,
) -> None:
    """Nothing of file names, authors or metadata is left."""
    content = a_pdf("Sound joints.", "Alder Ltd")
    desk = a_hidden_desk(
        tmp_path, NEUTRAL, answered_in(ALDER, "Q1", "Alder plan.pdf", content, "application/pdf")
    )
    with leading(desk) as session:
        for hit in name_checking.undecided(session):
            name_checking.decide_hit(session, hit, redact=True)
        first = packed(session, tmp_path / "1.scorepack")
        second = packed(session, tmp_path / "2.scorepack")
    (document,) = first.manifest.documents
    assert (document.name, document.media_type) == ("document-1.pdf", "application/pdf")
    assert "alder" not in without_list(first).casefold()
    with pikepdf.open(io.BytesIO(first.documents[document.id])) as pdf:
        assert "Sound joints" in pdf.pages[0].Contents.read_bytes().decode()
        assert "/Author" not in pdf.docinfo
    answer = next(item for item in first.manifest.responses if item.document)
    assert answer.document == document.id
    assert answer.page == "page 2 of [name removed] plan.pdf"
    assert first.documents == second.documents


def test_a_document_with_a_name_on_its_pages_goes_out_as_text(tmp_path: Path) -> None:
    """Without the name, where the lead decided so."""
    content = a_pdf("We at Alder Ltd build of oak.", "somebody")
    desk = a_hidden_desk(
        tmp_path, NEUTRAL, answered_in(ALDER, "Q1", "plan.pdf", content, "application/pdf")
    )
    with leading(desk) as session:
        name_checking.decide_all(session, name_checking.undecided(session), redact=True)
        pack = packed(session, tmp_path / "ben.scorepack")
    (document,) = pack.manifest.documents
    assert document.name == "document-1.txt"
    assert "We at [name removed] build of oak." in pack.documents[document.id].decode()


def test_a_document_that_holds_two_answers_goes_out_once(tmp_path: Path) -> None:
    """Under one neutral name."""
    words = b"Sound joints and two apprentices."

    def fill(session: Session) -> None:
        for ref in ("Q1", "Q2"):
            answered_in(ALDER, ref, "whole.txt", words)(session)

    with leading(a_hidden_desk(tmp_path, NEUTRAL, fill)) as session:
        pack = packed(session, tmp_path / "ben.scorepack")
    (document,) = pack.manifest.documents
    assert document.name == "document-1.txt"
    named = [item.document for item in pack.manifest.responses if item.document]
    assert named == [document.id, document.id]


def test_where_names_are_shown_documents_go_out_as_they_are(tmp_path: Path) -> None:
    """To the byte, under their own names, once they are revealed too."""
    content = a_pdf("Sound joints.", "Alder Ltd")
    desk = a_hidden_desk(
        tmp_path, RESPONSES, answered_in(ALDER, "Q1", "Alder plan.pdf", content, "application/pdf")
    )
    with leading(desk) as session:
        aliasing.reveal_names(session, "Site visits are next.")
        pack = packed(session, tmp_path / "ben.scorepack")
    (document,) = pack.manifest.documents
    assert document.name == "Alder plan.pdf"
    assert pack.documents[document.id] == content


def test_revealed_names_ask_for_a_new_declaration(tmp_path: Path) -> None:
    """Codes stay, so that scores given before still find their answers."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    code = desk.now().aliases[ALDER].code
    with leading(desk) as session:
        before = packed(session, tmp_path / "1.scorepack").manifest
        aliasing.reveal_names(session, "Site visits are next.")
        after = packed(session, tmp_path / "2.scorepack").manifest
        panel.declare(session, BEN, "")
        anew = packed(session, tmp_path / "3.scorepack").manifest
        with session.reading() as reader:
            assert [item.names for item in reader.packs_made()] == ["hidden", *["revealed"] * 2]
    assert (before.names_hidden, before.names_revealed) == (True, False)
    assert before.declaration == Declaration(BEN)
    assert (after.names_hidden, after.names_revealed, after.declaration) == (False, True, None)
    assert {one.id: one.name for one in after.bidders}[code] == "Alder Ltd"
    assert {one.place for one in before.responses} == {one.place for one in after.responses}
    assert not after.version.method.hide_bidder_names
    assert anew.declaration == Declaration(BEN)


def test_moderation_waits_for_who_declared_without_knowing_the_names(tmp_path: Path) -> None:
    """Whoever got no pack while names were hidden has nothing to declare anew."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    with leading(desk) as session:
        packed(session, tmp_path / "1.scorepack")
        aliasing.reveal_names(session, "Site visits are next.")
        assert [item for item in to_moderation(session) if "since names are known" in item] == [
            "Ben Bell has not declared interests since names are known."
        ]
        panel.declare(session, BEN, "")
        assert not [item for item in to_moderation(session) if "since names are known" in item]


def to_moderation(session: Session) -> tuple[str, ...]:
    """What still stands between the tender and moderation, in words."""
    with session.reading() as reader:
        return missing_for(reader, situation(reader), Stage.MODERATION, session.clock())


def test_before_scoring_a_pack_that_hides_names_has_the_list_and_no_bidder(
    tmp_path: Path,
) -> None:
    """There are no aliases yet and no answers, so that nothing in them waits for a decision."""
    desk = Desk(tmp_path)
    assert desk.new({**SET_UP, "Tender": (*TENDER, ("Hide bidder names", "yes"))}).status == 0
    assert desk.enter("published").status == 0
    assert desk.take_in({"Bidders": BIDDERS, "Responses": RESPONSES}).status == 0
    with leading(desk) as session:
        pack = packed(session, tmp_path / "ben.scorepack").manifest
    assert (pack.bidders, pack.bids, pack.responses) == ((), (), ())
    assert pack.organisations == ("Alder Ltd", "Birch Ltd")


def test_a_collected_declaration_counts_once_the_names_are_known(tmp_path: Path) -> None:
    """One that came back from a pack that still hid them does not."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    seen = []
    with leading(desk) as session:
        packing.make_pack(session, FOR_BEN, tmp_path / "1.scorepack")
        aliasing.reveal_names(session, "Site visits are next.")
        packing.make_pack(session, FOR_BEN, tmp_path / "2.scorepack")
        for number in (1, 2):
            item = Collected(
                *(BEN, ReturnKind.SCORES, ReturnSource.SIGNED, f"{number:064}", number, 1),
                *(AFTER, AFTER, True, Disposition.MERGED, ""),
            )
            with session.change("return collected") as change:
                pack_recording.add_collected(change, item, b"plain", None)
            with session.reading() as reader:
                seen.append(has_declared_anew(reader, BEN))
    assert seen == [False, True]


def test_a_decision_on_an_interest_links_no_name_to_an_alias(tmp_path: Path) -> None:
    """Where names are hidden it goes by the names the person declared."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    with leading(desk) as session:
        panel.declare(session, BEN, "A cousin works there.", (ALDER,))
        panel.decide_interest(
            *(session, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, "Kin."), frozenset({ALDER})
        )
        pack = packed(session, tmp_path / "ben.scorepack").manifest
    assert pack.declaration is not None
    assert pack.declaration.bidders == (BidderId("Alder Ltd"),)
    assert pack.declaration.removed_for == frozenset({BidderId("Alder Ltd")})
    assert desk.now().aliases[ALDER].code not in {one.id for one in pack.bidders}
    assert len(pack.bidders) == 1


def test_a_message_that_names_a_bidder_is_refused_where_names_are_hidden(tmp_path: Path) -> None:
    """The lead can still reword it."""
    order = replace(FOR_BEN, message="Alder Ltd was on time.")
    with leading(a_hidden_desk(tmp_path, NEUTRAL)) as session, pytest.raises(RuleRefusal):
        packing.make_pack(session, order, tmp_path / "ben.scorepack")


def test_a_record_leaves_names_out_where_they_are_hidden(tmp_path: Path) -> None:
    """The panel's own words may name a bidder; the place says which alias is meant."""
    desk = a_hidden_desk(tmp_path, NEUTRAL)
    assert desk.take_in({"Scores": SCORES}).status == 0
    assert desk.enter("moderation").status == 0
    rows = (
        AGREED[0],
        *((*row[:3], f"{row[0]} did well.", "Well.", *row[5:]) for row in AGREED[1:]),
    )
    assert desk.take_in({"Agreed": rows}).status == 0
    with leading(desk) as session:
        pack = packed(session, tmp_path / "ben.record", replace(FOR_BEN, kind=PackKind.RECORD))
    assert {item.rationale for item in pack.manifest.agreed} == {"[name removed] did well."}
    assert {item.place.bidder for item in pack.manifest.agreed} == {"bidder-a", "bidder-b"}
    text = manifest_json(pack.manifest).casefold()
    assert not any(word in text for word in ("alder", "birch", "b-1", "b-2"))


@dataclass(frozen=True, slots=True)
class Case:
    """A panel, its lots and questions, and who was removed for whom.

    Attributes:
        bidders: per bidder the lots it bids for.
        questions: per question the lot it belongs to; empty is common to all.
        members: per evaluator the questions and the lots scored; None is all.
        removed: per evaluator the bidders that the person was removed for.
        undecided: who declared an interest that nobody decided on.
        late: bids that are not assessed.
    """

    hidden: bool
    bidders: tuple[frozenset[str], ...]
    questions: tuple[str, ...]
    members: tuple[tuple[frozenset[int] | None, frozenset[str] | None], ...]
    removed: tuple[frozenset[int], ...]
    undecided: frozenset[int]
    late: frozenset[int]


LOTS = ("1", "2")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case."""
    some_lots = st.frozensets(st.sampled_from(LOTS), min_size=1)
    bidders = tuple(draw(st.lists(some_lots, min_size=1, max_size=4)))
    questions = tuple(draw(st.lists(st.sampled_from(("", *LOTS)), min_size=1, max_size=4)))
    numbers = st.frozensets(st.integers(0, len(questions) - 1))
    members = draw(
        st.lists(st.tuples(st.none() | numbers, st.none() | some_lots), min_size=1, max_size=3)
    )
    few = st.frozensets(st.integers(0, len(bidders) - 1), max_size=2)
    removed = tuple(draw(st.lists(few, min_size=len(members), max_size=len(members))))
    undecided = draw(st.frozensets(st.integers(0, len(members) - 1), max_size=1))
    return Case(
        draw(st.booleans()), bidders, questions, tuple(members), removed, undecided, draw(few)
    )


def person(number: int) -> PersonId:
    """Return the id of an evaluator; the lead is p-1."""
    return PersonId(f"p-{number + 2}")


def bidder(number: int) -> BidderId:
    """Return the id of a bidder."""
    return BidderId(f"b-{number + 1}")


def a_case_method(case: Case) -> Method:
    """Return a method of two lots with a price."""
    section = replace(a_section("S"), title="Quality")
    price = replace(a_price(40), title="Money", parameters=(("worth", "5550555"),))
    questions = (
        a_criterion(f"Q{number}", 10, parent="S", lot=lot or None)
        for number, lot in enumerate(case.questions)
    )
    method = a_method(section, *questions, price)
    lots = tuple(Lot(LotId(ref), f"Part {ref}", Fraction(424242)) for ref in LOTS)
    return replace(
        method,
        lots=lots,
        hide_bidder_names=case.hidden,
        award_parameters=(("worth", "5550555"),),
    )


def filled(case: Case) -> Callable[[Change, datetime], None]:
    """Return what records a case, with answers, prices and everybody's scores."""
    method = a_case_method(case)

    def fill(change: Change, at: datetime) -> None:
        text = canonical_text(method)
        version = MethodVersion(1, VersionKind.PUBLISHED, method, sha256_text(text), at)
        recording.add_version(change, version, text)
        recording.add_stage(change, Stage.PUBLISHED)
        recording.add_stage(change, Stage.SCORING)
        details = replace(a_tender_details(), estimated_value=Fraction(13371337))
        recording.add_details(change, details)
        for number, lots in enumerate(case.bidders):
            refs = tuple(LotId(ref) for ref in sorted(lots))
            name = f"Quaxo{number} Holdings"
            recording.add_bidder(change, Bidder(bidder(number), name, lots=refs))
            if number in case.late:
                recording.add_bid(change, Bid(bidder(number), refs[0], BidStatus.LATE, "Quibble."))
        _fill_panel(change, case)
        _fill_answers(change, case, method, at)

    return fill


def _fill_panel(change: Change, case: Case) -> None:
    recording.add_member(change, PanelMember(PersonId("p-1"), Role.LEAD, "Lead"))
    for number, (questions, lots) in enumerate(case.members):
        who = person(number)
        recording.set_contact(change, who, f"Zogname{number}", f"zog{number}@panel.example")
        refs = None if questions is None else frozenset(CriterionId(f"Q{one}") for one in questions)
        own = None if lots is None else frozenset(LotId(ref) for ref in lots)
        reason = "Replaces Zogname0."
        recording.add_member(
            change, PanelMember(who, Role.EVALUATOR, f"Label{number}", refs, own, reason=reason)
        )
        gone = frozenset(bidder(one) for one in case.removed[number])
        outcome = InterestOutcome.REMOVED_FOR_BIDDERS if gone else None
        interest = "Something." if gone else ""
        declaration = Declaration(who, interest, tuple(gone), outcome, "", gone)
        if number in case.undecided:
            declaration = Declaration(who, "Something.")
        recording.add_declaration(change, declaration)


def _fill_answers(change: Change, case: Case, method: Method, at: datetime) -> None:
    bids = current_bids((lot.ref for lot in method.lots), change.reader.bidders(), ())
    places = tuple(places_of(method, bids))
    recording.add_responses(change, [Response(one, answer(one)) for one in places])
    for number in range(len(case.bidders)):
        where = Place(bidder(number), CriterionId("PRICE"))
        recording.add_price(change, PriceSubmission(where, Fraction(987654321)))
    scores = [
        Score(person(number), one, ScoreState.READY, Fraction(3), f"Verdict{number}.", 1)
        for number in range(len(case.members))
        for one in places
    ]
    recording.add_scores(change, scores, at)


def answer(one: Place) -> str:
    """Return an answer that can be told from every other and names nobody."""
    return f"Words {one.bidder.removeprefix('b-')}/{one.criterion}/{one.lot or '-'}."


@contextmanager
def a_tender(case: Case) -> Iterator[tuple[Session, Path]]:
    """Give an open tender of a case and a folder for packs."""
    with tempfile.TemporaryDirectory() as folder:
        place_of = Path(folder)
        session = tenders.create_tender(
            place_of / "case.tender",
            "Ana Ames",
            TickingClock(AFTER),
            "t",
            "test",
            fill=filled(case),
        )
        with session:
            keyed = session.with_identity(LEAD)
            tender_keys.ensure(keyed)
            yield keyed, place_of


@given(cases())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_panel_each_sees_its_own_and_nothing_else(case: Case) -> None:
    """No price, no other person, no answer or bidder but those that the person judges."""
    with a_tender(case) as (session, folder):
        with session.reading() as reader:
            now = situation(reader)
        for number in range(len(case.members)):
            order = PackOrder(person(number), card=BEN_BELL.card, is_theirs=True)
            pack = packed(session, folder / f"{number}.scorepack", order).manifest
            with session.reading() as reader:
                now = situation(reader)
            check_own_only(case, number, pack, now)


def check_own_only(case: Case, number: int, pack: Manifest, now: Situation) -> None:
    """Check one pack against what its evaluator is asked by the lead's file."""
    mine = [item.place for item in now.assignments() if item.evaluator == person(number)]
    codes = {item.id: now.aliases[item.id].code if case.hidden else item.id for item in now.bidders}
    expected = {replace(one, bidder=codes[one.bidder]): answer(one) for one in mine}
    undecided = number in case.undecided
    assert {one.place: one.text for one in pack.responses} == ({} if undecided else expected)
    assert {one.id for one in pack.bidders} == {one.bidder for one in expected}
    again = assignments(
        pack.version.method,
        current_bids((lot.ref for lot in pack.version.method.lots), pack.bidders, pack.bids),
        [pack.evaluator],
        [pack.declaration] if pack.declaration else [],
    )
    assert {item.place for item in again} == set(expected)
    shown = replace(pack, organisations=(), declaration=None) if case.hidden else pack
    text = manifest_json(shown)
    assert not {
        word for word in ("PRICE", "Money", "987654321", "13371337", "424242") if word in text
    }
    assert not {word for word in ("5550555", "Verdict", "Quibble", "Replaces") if word in text}
    others = (one for one in range(len(case.members)) if one != number)
    assert not [one for one in others if f"Zogname{one}" in text or f"Label{one}" in text]
    if case.hidden:
        assert "Quaxo" not in text
        assert '"b-' not in text
    assert pack.organisations == tuple(f"Quaxo{one} Holdings" for one in range(len(case.bidders)))


def test_keys_and_clock_given_the_record_comes_out_the_same(tmp_path: Path) -> None:
    """Sealing is never the same twice; nothing of it is in the record."""
    tender, recovery = seal.new_keys(), seal.new_keys()
    entries, begun = [], a_hidden_desk(tmp_path, NEUTRAL)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name, TickingClock(begun.clock.now))
        desk.file.write_bytes(begun.file.read_bytes())
        with leading(desk, tender, recovery) as session:
            packing.make_pack(session, FOR_BEN, tmp_path / name / "1.scorepack")
            phrase = PackOrder(BEN, passphrase="-".join(["oak"] * 5))
            packing.make_pack(session, phrase, tmp_path / name / "2.scorepack")
        entries.append(desk.entries())
    assert entries[0] == entries[1]
    both = [(tmp_path / name / "1.scorepack").read_bytes() for name in ("one", "two")]
    assert both[0] != both[1]
