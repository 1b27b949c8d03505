"""Bidders' names are found however they are written, and ordinary words are left alone."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId
from tendereval.domain.name_hits import REMOVED, Found, find_names, without
from tendereval.domain.name_terms import Gives, core_words, letters_of, terms_of

NORTH = Bidder(
    BidderId("b-1"),
    "Northwater Construction Ltd",
    identifier="GB-COH-01234567",
    email="bids@northwater-build.co.uk",
    subcontractors=("Smith & Jones LLP", "Café Ünion CIC"),
)
ALDER = Bidder(BidderId("b-2"), "Alder Limited", identifier="01", email="pat@gmail.com")
BRIEN = Bidder(BidderId("b-3"), "The O'Brien & Co", identifier="SC 123 456")
BT = Bidder(BidderId("b-4"), "BT plc")
GREEN = Bidder(BidderId("b-5"), "Green Valley Housing Association (trading as Homely)")
TERMS = terms_of((NORTH, ALDER, BRIEN, BT, GREEN))


def words(text: str) -> list[str]:
    return [found.words for found in find_names(text, TERMS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We at Northwater Construction care.", ["Northwater Construction"]),
        ("NORTHWATER CONSTRUCTION LIMITED's way", ["NORTHWATER CONSTRUCTION LIMITED"]),
        ("Northwater\r\nConstruction, Ltd. and", ["Northwater\r\nConstruction, Ltd."]),
        ("North-\nwater Con\u00adstruction", ["North-\nwater Con\u00adstruction"]),
        ("North water construction", ["North water construction"]),
        ("N o r t h w a t e r Construction", ["N o r t h w a t e r Construction"]),
        ("N O R T H W A T E R", ["N O R T H W A T E R"]),
        ("NorthwaterConstruction_Q1", ["NorthwaterConstruction"]),
        ("(www.northwaterconstruction.com/jobs)", ["www.northwaterconstruction.com/jobs"]),
        ("Northwater will, northwater may", ["Northwater"]),
        ("NCL and Ncl", ["NCL"]),
        ("smith and jones; Smith\n& Jones; SmithJones", ["smith and jones", "Smith\n& Jones"]),
        ("cafe\u0301 union C.I.C., then", ["cafe\u0301 union C.I.C."]),
        ("CAFE UNION", ["CAFE UNION"]),
        ("O’Brien’s, OBRIEN & Co", ["O’Brien", "OBRIEN & Co"]),
        ("Company 0123 4567 or 1234567.", ["0123 4567", "1234567"]),
        ("SC123456 and SC-123-456", ["SC123456", "SC-123-456"]),
        ("Write to bids@northwater-build.co.uk.", ["bids@northwater-build.co.uk"]),
        ("http://northwater-build.co.uk/a?b", ["http://northwater-build.co.uk/a?b"]),
        ("pat@gmail.com but not sam@gmail.com", ["pat@gmail.com"]),
        ("Alder. Alder's alder's", ["Alder", "Alder", "alder"]),
        ("Alder Ltd. Then", ["Alder Ltd"]),
        ("info@alderhomes.org", ["info@alderhomes.org"]),
        ("alderbid.pdf", ["alderbid.pdf"]),
        ("AlderBid and Alder2027", ["Alder", "Alder"]),
        ("BT's lines", ["BT"]),
        ("Green Valley residents", ["Green Valley"]),
        ("Homely is our name", ["Homely"]),
        ("the o'brien & co", ["o'brien & co"]),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, found: list[str]) -> None:
    assert [one for one in words(text) if one != "SmithJones"] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "An elder of the alders; balder",
        "the green valley",
        "a northwater main",
        "12345678 and 01",
        "subtle bt",
        "smithy and joneses",
        "ncl",
        "O. Brienne",
        "con struct",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert words(text) == []


def test_it_is_said_whose_and_what() -> None:
    found = find_names("Café Union builds with Alder Ltd, no. 01234567", TERMS)
    assert [(one.bidder, one.gives) for one in found] == [
        (NORTH.id, Gives.SUBCONTRACTOR),
        (ALDER.id, Gives.NAME),
        (NORTH.id, Gives.NUMBER),
    ]
    assert found[0] == Found(0, "Café Union", NORTH.id, Gives.SUBCONTRACTOR)


def test_a_longer_name_takes_a_shorter_one_in() -> None:
    terms = terms_of((ALDER, Bidder(BidderId("b-9"), "Alder Homes Ltd")))
    assert [(one.words, one.bidder) for one in find_names("Alder Homes, Alder", terms)] == [
        ("Alder Homes", "b-9"),
        ("Alder", "b-2"),
    ]


def test_a_name_of_one_letter_needs_its_legal_form() -> None:
    terms = terms_of((Bidder(BidderId("b"), "X Ltd"),))
    assert [one.words for one in find_names("X marks; X Limited digs", terms)] == ["X Limited"]


def test_a_bidder_without_a_name_is_looked_for_nowhere() -> None:
    assert terms_of((Bidder(BidderId("b"), "…"),)) == ()
    assert core_words("Limited Company") == ("limited", "company")
    assert core_words("…") == ()


def test_a_line_end_between_paragraphs_parts_a_name() -> None:
    assert words("Green\n\nValley") == []


def test_words_are_left_out_at_their_place_only() -> None:
    text = "Alder plants alder."
    assert without(text, [(0, "Alder")]) == f"{REMOVED} plants alder."
    assert without(text, [(13, "alder"), (0, "Alder")]) == f"{REMOVED} plants {REMOVED}."
    assert without(text, [(1, "Alder"), (99, "x")]) == text
    assert without(text, [(0, "Alder"), (0, "Alder plants"), (6, "plants")]) == f"{REMOVED} alder."


def written(draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    gap = st.sampled_from([" ", "\n", "\r\n", "-", "", " & ", "\u00a0", "_"])
    soft = st.sampled_from(["", "\u00ad", "-\n", "\u200b", "\ufffe"])
    first = "".join(one + draw(soft) for one in "Northwate") + "r"
    text = first + draw(gap).replace(" & ", " ") + "Construction"
    change = draw(st.sampled_from(["lower", "upper", "title", "NFD", "NFKC"]))
    form = unicodedata.normalize
    return {
        "lower": text.lower(),
        "upper": text.upper(),
        "title": text,
        "NFD": form("NFD", text),
        "NFKC": form("NFKC", text),
    }[change]


@given(st.data(), st.text(max_size=20), st.text(max_size=20))
def test_whatever_stands_around_a_name_it_is_found_and_left_out(
    data: st.DataObject, before: str, after: str
) -> None:
    text = f"{before} {written(data.draw)} {after}"
    found = find_names(text, TERMS)
    assert any(one.bidder == NORTH.id for one in found)
    left = without(text, [(one.start, one.words) for one in found])
    assert "northwaterconstruction" not in letters_of(left)


@given(st.text())
def test_places_stand_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_names(f"Alder {text} BT {text}", TERMS)
    whole = f"Alder {text} BT {text}"
    assert all(whole[one.start : one.end] == one.words for one in found)
    ends = [one.end for one in found]
    assert all(end <= one.start for end, one in zip(ends, found[1:], strict=False))


def only(name: str, text: str, email: str = "") -> list[str]:
    terms = terms_of((Bidder(BidderId("b"), name, email=email),))
    return [one.words for one in find_names(text, terms)]


def test_half_a_ligature_is_no_name() -> None:
    assert only("Ofi Ltd", "proﬁt, of it and o\ufb01") == ["o\ufb01"]
    assert only("Cof Ltd", "Co\ufb01") == []


def test_a_plural_or_possessive_without_its_apostrophe_counts_for_names_of_several_words() -> None:
    assert only("Ash Elm Ltd", "Ash Elms team, ash elmson") == ["Ash Elm"]


def test_an_accent_written_apart_belongs_to_its_letter() -> None:
    assert only("Rene Ltd", "re\u0301ne\u0301 and rene\u0301e") == ["re\u0301ne\u0301"]


def test_names_that_share_words_are_one_place() -> None:
    terms = terms_of((Bidder(BidderId("a"), "Ash Elm"), Bidder(BidderId("b"), "Elm Oak")))
    assert [one.words for one in find_names("By Ash Elm Oak.", terms)] == ["Ash Elm Oak"]


def test_short_and_odd_particulars_are_looked_for_only_where_they_tell() -> None:
    particulars = Bidder(
        BidderId("b"), "Ox Care Ltd", identifier="00000123", email="me@localhost; x@ox.uk"
    )
    letters = {one.letters for one in terms_of((particulars,))}
    assert letters == {"oxcare", "00000123", "melocalhost", "xoxuk", "oxuk", "ocl"}
