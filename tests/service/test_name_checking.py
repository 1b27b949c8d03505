"""Every place where a bidder's name stands is the lead's to decide, on record, text by text."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from tendereval.domain.bidding import Clarification, Response, StoredDocument
from tendereval.domain.name_hits import REMOVED
from tendereval.services import bids
from tendereval.services.name_checking import (
    LEFT_OUT,
    NameHit,
    Where,
    decide_all,
    decide_hit,
    hits,
    neutral_copy,
    redacted,
    subject_of,
    subject_of_document,
    undecided,
)
from tendereval.services.session import Session
from tendereval.store import pack_recording
from tests.service.builders import (
    AFTER,
    ALDER,
    BIDDERS,
    RESPONSES,
    SET_UP,
    TENDER,
    Desk,
    a_desk,
    place,
)

RED_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
HIDDEN = {**SET_UP, "Tender": (*TENDER, ("Hide bidder names", "yes"))}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A tender that hides names, published, with answers that give two of them away."""
    desk = a_desk(tmp_path)
    for result in (
        desk.new(HIDDEN),
        desk.enter("published"),
        desk.take_in({"Bidders": BIDDERS, "Responses": RESPONSES}),
    ):
        assert result.status == 0, result.err
    return desk


def a_pdf(text: str, author: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setAuthor(author)
    canvas.drawString(72, 700, text)
    canvas.save()
    return target.getvalue()


def add(session: Session, name: str, content: bytes, ref: str = "Q1") -> StoredDocument:
    """Keep a document as the answer to a question, and return it."""
    bids.add_document(session, ALDER, name, content, "application/pdf")
    with session.reading() as reader:
        document = reader.documents()[-1]
        answer = reader.response_at(place(ALDER, ref)) or Response(place(ALDER, ref))
    bids.record_responses(session, [replace(answer, document=document.id, page="2")])
    return document


def outline(found: tuple[NameHit, ...]) -> list[tuple[Where, str]]:
    return [(hit.where, hit.words) for hit in found]


def test_nothing_is_searched_where_names_are_shown(tmp_path: Path) -> None:
    with a_desk(tmp_path, "published").session() as session:
        assert hits(session) == ()
        assert undecided(session) == ()


def test_names_in_answers_are_found_and_whose_they_are(desk: Desk) -> None:
    with desk.session() as session:
        found = hits(session)
    assert outline(found) == [(Where.ANSWER, "Alder"), (Where.ANSWER, "Birch")]
    assert found[0].around == "Alder builds of oak."
    assert (found[0].names, found[0].owner, found[0].place) == (ALDER, ALDER, place(ALDER, "Q1"))
    assert all(hit.needs_decision for hit in found)


def test_a_decision_is_on_record_and_counts_for_its_text_only(desk: Desk) -> None:
    with desk.session() as session:
        first, second = hits(session)
        decide_hit(session, first, redact=True, reason="It is its own name.")
        decide_hit(session, second, redact=False)
        assert undecided(session) == ()
        with session.reading() as reader:
            decisions = reader.name_decisions()
            assert reader.record_faults() == ()
        assert [one.redacted for one in decisions] == [True, False]
        subject = subject_of(Where.ANSWER, place(ALDER, "Q1"))
        assert redacted("Alder builds of oak.", subject, decisions) == f"{REMOVED} builds of oak."
        assert redacted("Alder builds of oak!", subject, decisions) == "Alder builds of oak!"
        assert redacted("Alder builds of oak.", "else", decisions) == "Alder builds of oak."
        bids.record_responses(session, [Response(place(ALDER, "Q1"), "Alder, of oak.")])
        assert [hit.words for hit in undecided(session)] == ["Alder"]
    entry = desk.entries()[-3]
    assert entry.kind == "names in answers decided"
    assert entry.reason == "It is its own name."
    assert first.sha256 in entry.texts.values()
    assert "Alder" not in str(entry)


def test_the_newest_decision_counts_and_several_are_one_change(desk: Desk) -> None:
    with desk.session() as session:
        before = len(desk.entries())
        decide_all(session, hits(session), redact=False)
        decide_all(session, hits(session), redact=True)
        decide_all(session, (), redact=True)
        assert all(hit.decision and hit.decision.redacted for hit in hits(session))
    assert len(desk.entries()) == before + 2


def test_documents_are_searched_with_names_and_what_they_say_about_themselves(desk: Desk) -> None:
    with desk.session() as session:
        add(session, "Alder Ltd Q1.pdf", a_pdf("Alder Ltd builds of oak, always.", "Alder Ltd"))
        found = [hit for hit in hits(session) if hit.document]
    assert outline(tuple(found)) == [
        (Where.DOCUMENT, "Alder Ltd"),
        (Where.FILE_NAME, "Alder Ltd"),
        (Where.METADATA, "Alder Ltd"),
    ]
    assert [hit.needs_decision for hit in found] == [True, False, False]


def test_a_document_goes_out_neutral_or_as_text_without_the_name(desk: Desk) -> None:
    content = a_pdf("Alder Ltd builds of oak, always.", "Alder Ltd")
    with desk.session() as session:
        document = add(session, "Q1.pdf", content)
        hit = next(hit for hit in hits(session) if hit.where is Where.DOCUMENT)
        decide_hit(session, hit, redact=False)
        with session.reading() as reader:
            accepted = neutral_copy(document, content, reader.name_decisions())
        assert accepted.ending == "pdf"
        assert b"Author" not in accepted.content
        decide_hit(session, hit, redact=True)
        with session.reading() as reader:
            decisions = reader.name_decisions()
    out = neutral_copy(document, content, decisions)
    assert out.ending == "txt"
    assert out.content.decode().strip() == f"[Page 1]\n{REMOVED} builds of oak, always."
    stale = [replace(one, sha256="0" * 64) for one in decisions]
    assert neutral_copy(document, content, stale).content.decode() == LEFT_OUT


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.png", b"\x89PNG"), ("a.pdf", b"no pdf"), ("b.docx", b"PK"), ("noending", b"x")],
)
def test_what_cannot_be_searched_is_for_the_lead_to_look_at(
    desk: Desk, name: str, content: bytes
) -> None:
    with desk.session() as session:
        document = add(session, name, content)
        (hit,) = (hit for hit in undecided(session) if hit.document)
        assert (hit.where, hit.words) == (Where.UNSEEN, "cannot be searched: look yourself")
        assert hit.gives is None
        assert hit.around
        decide_hit(session, hit, redact=True)
        with session.reading() as reader:
            out = neutral_copy(document, content, reader.name_decisions())
        assert out.content.decode() == LEFT_OUT
        assert not [hit for hit in undecided(session) if hit.document]


def test_a_damaged_document_is_left_out_even_where_it_was_accepted(desk: Desk) -> None:
    with desk.session() as session:
        document = add(session, "a.pdf", b"no pdf")
        decide_all(session, undecided(session), redact=False)
        with session.reading() as reader:
            out = neutral_copy(document, b"no pdf", reader.name_decisions())
    assert (out.ending, out.content.decode()) == ("txt", LEFT_OUT)


def test_a_word_document_whose_pictures_are_not_accepted_goes_out_as_text(desk: Desk) -> None:
    target, document = io.BytesIO(), docx.Document()
    document.add_paragraph("We build of oak.")
    document.add_picture(io.BytesIO(RED_DOT))
    document.save(target)
    content = target.getvalue()
    with desk.session() as session:
        stored = add(session, "Q1.docx", content)
        (hit,) = (hit for hit in undecided(session) if hit.document)
        assert "picture" in hit.around
        decide_hit(session, hit, redact=True)
        with session.reading() as reader:
            out = neutral_copy(stored, content, reader.name_decisions())
    assert (out.ending, out.content) == ("txt", b"We build of oak.")


def test_plain_text_is_searched(desk: Desk) -> None:
    with desk.session() as session:
        document = add(session, "Q1.txt", "Alder Ltd\r\nbuilds".encode("utf-16"))
        (hit,) = (hit for hit in hits(session) if hit.document)
        decide_hit(session, hit, redact=True)
        with session.reading() as reader:
            decisions = reader.name_decisions()
    assert hit.subject == subject_of_document(document.id)
    out = neutral_copy(document, "Alder Ltd\r\nbuilds".encode("utf-16"), decisions)
    assert out.content == f"{REMOVED}\nbuilds".encode()


def test_clarifications_and_pages_are_searched(desk: Desk) -> None:
    with desk.session() as session:
        bids.record_responses(
            session, [Response(place(ALDER, "Q2"), "Two.", page="Alder Ltd, page 3")]
        )
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0
    with desk.session() as session:
        asked = ("Is Alder sure?", "Alder Ltd is.", AFTER)
        bids.record_clarification(session, Clarification(place(ALDER, "Q1"), *asked))
        assert not [hit for hit in hits(session) if hit.where is Where.CLARIFICATION]
        scorable = Clarification(place(ALDER, "Q1"), *asked, scorable=True, reason="Explains.")
        bids.record_clarification(session, scorable)
        found = hits(session)
    told = [hit.words for hit in found if hit.where is Where.CLARIFICATION]
    assert told == ["Alder", "Alder Ltd"]
    assert (Where.PAGE, "Alder Ltd") in outline(found)


def test_what_no_pack_carries_is_not_searched(desk: Desk) -> None:
    with desk.session() as session:
        bids.record_responses(session, [Response(place(ALDER, "PRICE"), "Alder Ltd is cheap.")])
        assert [hit.place for hit in hits(session) if hit.words == "Alder Ltd"] == []


def test_names_revealed_need_no_more_decisions(desk: Desk) -> None:
    with desk.session() as session:
        with session.change("names revealed", reason="Presentations.") as change:
            pack_recording.add_names_revealed(change, "Presentations.")
        assert hits(session) == ()
