"""A desk whose lead has keys, and packs that are read back as their evaluators read them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf

from tendereval.domain.bidding import Response, StoredDocument
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.packs import Manifest
from tendereval.exchange import seal
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.pack_file import read_pack
from tendereval.exchange.seal import Key, SecretKeys, WithSecrets
from tendereval.services import bids, tender_keys
from tendereval.services.session import Session
from tests.service.builders import (
    AFTER,
    BIDDERS,
    DECLARATIONS,
    RESPONSES,
    SET_UP,
    TENDER,
    Desk,
    Rows,
    made_once,
    place,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack as it came out of its seal."""

    manifest: Manifest
    documents: dict[DocumentId, bytes]


@cache
def an_identity(name: str = "Ana Ames", email: str = "ana@x.example") -> Identity:
    """Return a person with keys that stay the same for all tests of a run."""
    return Identity(name, email, seal.new_keys())


LEAD, BEN_BELL = an_identity(), an_identity("Ben Bell", "ben@x.example")
CAM_COLE = an_identity("Cam Cole", "cam@x.example")


def opened(path: Path, key: Key | None = None) -> Opened:
    """Open a pack, by default with the keys of everybody in these tests."""
    everybody = WithSecrets(tuple(one.keys.secret for one in (BEN_BELL, CAM_COLE, LEAD)))

    def take(manifest: Manifest, items: Iterator[tuple[StoredDocument, bytes]]) -> Opened:
        return Opened(manifest, {stored.id: content for stored, content in items})

    return read_pack(path, key or everybody, take)


def keys_from(*known: SecretKeys) -> Callable[[], SecretKeys]:
    """Return a source of keys that gives these, one after the other."""
    given = iter(known)
    return lambda: next(given)


@contextmanager
def leading(desk: Desk, *known: SecretKeys) -> Iterator[Session]:
    """Open the file as the lead, with keys of the tender made where there are none."""
    with desk.session() as session:
        keyed = session.with_identity(LEAD)
        if known:
            keyed = replace(keyed, new_keys=keys_from(*known))
        tender_keys.ensure(keyed)
        yield keyed


def a_hidden_desk(
    folder: Path, responses: Rows = RESPONSES, fill: Callable[[Session], None] | None = None
) -> Desk:
    """Return a desk at stage scoring whose method hides bidders' names.

    Args:
        folder: empty.
        responses: as the bidders wrote them.
        fill: adds more before answers are locked.
    """
    if fill is None and responses is RESPONSES:
        return _plain_and_hidden(folder)
    desk = Desk(folder)
    _hide(desk, responses, fill)
    return desk


@made_once
def _plain_and_hidden(desk: Desk) -> None:
    _hide(desk, RESPONSES, None)


def _hide(desk: Desk, responses: Rows, fill: Callable[[Session], None] | None) -> None:
    hiding = (*TENDER, ("Hide bidder names", "yes"))
    results = [
        desk.new({**SET_UP, "Tender": hiding}),
        desk.enter("published"),
        desk.take_in({"Bidders": BIDDERS, "Responses": responses}),
    ]
    if fill is not None:
        with desk.session() as session:
            fill(session)
    desk.clock.now = AFTER
    results += [desk.enter("scoring"), desk.take_in({"Declarations": DECLARATIONS})]
    assert [result.err for result in results if result.status] == []


def answered_in(
    bidder: BidderId, ref: str, name: str, content: bytes, media_type: str = "text/plain"
) -> Callable[[Session], None]:
    """Return what puts a bidder's answer into a document."""

    def fill(session: Session) -> None:
        document = bids.add_document(session, bidder, name, content, media_type)
        bids.record_responses(
            session, [Response(place(bidder, ref), document=document, page=f"page 2 of {name}")]
        )

    return fill


def a_pdf(text: str, author: str) -> bytes:
    """Make a PDF of one page that says who wrote it, in both ways."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.add_blank_page(page_size=(400, 400))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    pdf.docinfo["/Author"] = author
    with pdf.open_metadata() as about:
        about["dc:creator"] = [author]
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()
