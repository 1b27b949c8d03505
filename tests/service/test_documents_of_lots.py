"""Documents of a tender in two lots: each lot told by itself, in one set."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tendereval.domain.ids import LotId
from tendereval.domain.notice_figures import notice_figures
from tendereval.services.folder_writing import FOLDER_OF_SUMMARIES, Wanted, write_set
from tendereval.services.progress import NullProgress
from tendereval.services.reporting import report_model
from tendereval.services.session import Session
from tests.report.pdf_reading import failures, page_texts
from tests.service.builders import (
    DECLARATIONS,
    EVERYBODY,
    HEAD_AGREED,
    PANEL,
    TENDER,
    Book,
    Desk,
    Rows,
)

NORTH, SOUTH = LotId("North"), LotId("South")
CRITERIA: Rows = (
    ("Ref", "Title", "Kind", "Weight", "Scale", "Question", "Formula", "Parameters", "Lot"),
    ("Q1", "Build", "quality", 40, "0-5", "How will you build them?", None, None, None),
    ("Q2", "Snow", "quality", 20, "0-5", "How do they stand snow?", None, None, "North"),
    ("Q3", "Sand", "quality", 20, "0-5", "How do they stand sand?", None, None, "South"),
    ("PN", "Price, north", "price", 40, None, None, "lowest over price", "zero=refuse", "North"),
    ("PS", "Price, south", "price", 40, None, None, "lowest over price", "zero=refuse", "South"),
)
AGREED = (
    ("Alder Ltd", "Q1", 4, "Oak of the north wood."),
    ("Birch Ltd", "Q1", 3, "Pine of the hill farm."),
    ("Cedar Ltd", "Q1", 5, "Cedar of the old park."),
    ("Alder Ltd", "Q2", 2, "Thin legs in snow."),
    ("Birch Ltd", "Q2", 5, "Steel feet in snow."),
    ("Alder Ltd", "Q3", 5, "Sealed against sand."),
    ("Birch Ltd", "Q3", 1, "Open to all sand."),
    ("Cedar Ltd", "Q3", 2, "Half sealed at most."),
)
WHY = {
    "North": "Steady in snow.\n\nAlder has thin legs there.",
    "South": "Sealed well.\n\nBirch lets all sand in.",
}
BOOK: Book = {
    "Tender": TENDER,
    "Lots": (("Lot", "Title"), ("North", "Hill parks"), ("South", "Beach parks")),
    "Criteria": CRITERIA,
    "Panel": PANEL,
    "Bidders": (
        ("Bidder", "Identifier", "Address", "Email", "Lots"),
        ("Alder Ltd", "01", "1 High Street", "bids@alder.example", ""),
        ("Birch Ltd", "02", "2 High Street", "bids@birch.example", ""),
        ("Cedar Ltd", "03", "3 High Street", "bids@cedar.example", "South"),
    ),
    "Agreed": (
        HEAD_AGREED,
        *((*row[:3], f"Inside: {row[3]}", row[3], EVERYBODY, EVERYBODY) for row in AGREED),
    ),
    "Prices": (
        ("Bidder", "Price", "Ref"),
        ("Alder Ltd", 1700, "PN"),
        ("Birch Ltd", 1600, "PN"),
        ("Alder Ltd", 2500, "PS"),
        ("Birch Ltd", 2000, "PS"),
        ("Cedar Ltd", 3000, "PS"),
    ),
    "Declarations": DECLARATIONS,
}


@contextmanager
def two_lots(folder: Path) -> Iterator[Session]:
    """Open a tender whose two lots are awarded to different suppliers, approved."""
    desk = Desk(folder)
    made = desk.new(BOOK)
    assert made.status == 0, made.err
    words = ("--person", "Dot Dean", "--role", "Director", "--word", "approves")
    steps: list[tuple[str, ...]] = [("stage", "--to", "award")]
    for lot, name in (("North", "Birch Ltd"), ("South", "Alder Ltd")):
        steps.append(("award", "--to", name, "--rationale", WHY[lot], "--lot", lot))
        steps.append(("approve", *words, "--lot", lot))
    for step in steps:
        done = desk.on_file(*step)
        assert done.status == 0, done.err
    with desk.session() as session:
        yield session


def text_of(path: Path) -> str:
    assert failures(path) == []
    return " ".join(" ".join(page_texts(path)).split())


def test_one_set_holds_a_summary_of_each_lot_for_each_of_its_suppliers(tmp_path: Path) -> None:
    kinds = [Wanted(kind, f"{kind}.pdf", kind) for kind in ("award", "award-publication")]
    with two_lots(tmp_path) as session:
        done = write_set(session, tmp_path / "set", kinds, NullProgress())
    assert done.left_out == ()
    folder = tmp_path / "set" / FOLDER_OF_SUMMARIES
    texts = {path.stem: text_of(path) for path in folder.glob("*.pdf")}
    assert sorted(texts) == [
        "summary-lot-North-Alder Ltd",
        "summary-lot-North-Birch Ltd",
        "summary-lot-South-Alder Ltd",
        "summary-lot-South-Birch Ltd",
        "summary-lot-South-Cedar Ltd",
    ]
    north = texts["summary-lot-North-Alder Ltd"]
    assert "The contract for Lot North: Hill parks is not awarded to you." in north
    assert "It is awarded to Birch Ltd." in north
    assert "Steel feet in snow." in north
    for other in ("Cedar", "sand", "£2,", "£3,"):
        assert other not in north, other
    south = texts["summary-lot-South-Cedar Ltd"]
    assert "It is awarded to Alder Ltd." in south
    assert "Sealed against sand." in south
    for other in ("Birch", "snow", "£1,", "Pine of the hill farm."):
        assert other not in south, other
    assert "the lowest price among the tenders that remained. That is £2,000.00." in south
    won = texts["summary-lot-South-Alder Ltd"]
    assert "The contract for Lot South: Beach parks is awarded to you." in won
    assert not [name for name in ("Birch", "Cedar") if name in won]


def test_the_award_report_tells_each_lot_with_its_own_figures(tmp_path: Path) -> None:
    kinds = [Wanted(kind, f"{kind}.pdf", kind) for kind in ("award", "award-publication")]
    with two_lots(tmp_path) as session:
        write_set(session, tmp_path / "set", kinds, NullProgress())
    inside = text_of(tmp_path / "set" / "award.pdf")
    assert "Award Lot North: Hill parks to Birch Ltd" in inside
    assert "Award Lot South: Beach parks to Alder Ltd" in inside
    # North: 3/5 × 40 + 5/5 × 20 + 40, and 4/5 × 40 + 2/5 × 20 + 40 × 1600/1700.
    assert "Total 100 84.0000 77.6471 Rank" in inside
    # South: 4/5 × 40 + 20 + 40 × 2000/2500; 40 + 2/5 × 20 + 40 × 2000/3000; 24 + 4 + 40.
    assert "Total 100 84.0000 74.6667 68.0000 Rank" in inside
    assert "Margin, Lot North 6.3529 marks over Alder Ltd (77.6471)" in inside
    assert "Margin, Lot South 9.3333 marks over Cedar Ltd (74.6667)" in inside
    outside = text_of(tmp_path / "set" / "award-publication.pdf")
    assert "Cedar" not in outside
    assert "Pine of the hill farm." in outside
    assert "Thin legs in snow." not in outside
    # A supplier that is awarded one lot is unsuccessful in the other.
    assert "Steady in snow." in outside
    assert "thin legs there" not in outside
    assert "lets all sand in" not in outside
    assert "Open to all sand." not in outside


def test_the_notice_of_each_lot_counts_its_own_tenders(tmp_path: Path) -> None:
    with two_lots(tmp_path) as session:
        model = report_model(session)
        north, south = (notice_figures(model, lot) for lot in (NORTH, SOUTH))
    assert (north.received, north.assessed) == (2, 2)
    assert (south.received, south.assessed) == (3, 3)
    assert [one.name for one in north.unsuccessful] == ["Alder Ltd"]
    assert [one.name for one in south.unsuccessful] == ["Birch Ltd", "Cedar Ltd"]
    assert north.is_final
    assert south.is_final
