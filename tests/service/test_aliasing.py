"""Aliases where names are hidden: given once, in an order that says nothing, and lifted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.aliases import aliases
from tendereval.domain.bidding import Bidder
from tendereval.domain.errors import NotAllowedNow, ReasonNeeded
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Alias
from tendereval.services import aliasing
from tendereval.services.situation import situation
from tendereval.viewmodels.score_queue import bidder_names
from tests.service.builders import ALDER, BIRCH, SET_UP, TENDER, Desk, a_desk
from tests.service.packing_builders import a_hidden_desk, leading

KEYS = st.binary(min_size=1, max_size=64)
MANY = tuple(BidderId(f"b-{number}") for number in range(1, 31))


@given(KEYS, st.integers(0, 30), st.permutations(MANY))
def test_an_alias_once_given_stays(key: bytes, first: int, order: list[BidderId]) -> None:
    """Later bidders take the next letters; the order of registering does not matter."""
    early = aliasing.given(tuple(order[:first]), {}, key)
    assert {alias.bidder: alias for alias in early} == {
        alias.bidder: alias for alias in aliasing.given(tuple(sorted(order[:first])), {}, key)
    }
    late = aliasing.given(tuple(order), {alias.bidder: alias for alias in early}, b"another")
    letters = [alias.letters for alias in (*early, *late)]
    assert letters == [*(chr(65 + number) for number in range(26)), "AA", "AB", "AC", "AD"]
    assert {alias.bidder for alias in (*early, *late)} == set(MANY)


def test_every_order_of_letters_comes_about() -> None:
    """Over many tenders each of the six orders of three bidders is about as frequent."""
    seen: dict[str, int] = {}
    for number in range(1200):
        found = aliasing.given(MANY[:3], {}, number.to_bytes(4))
        order = "".join(alias.bidder for alias in found)
        seen[order] = seen.get(order, 0) + 1
    assert len(seen) == 6
    assert all(140 < times < 260 for times in seen.values())


def test_aliases_are_given_when_scoring_begins(tmp_path: Path) -> None:
    """In the entry of that step; the lead's own screen calls bidders by them too."""
    desk = a_hidden_desk(tmp_path)
    now = desk.now()
    assert {alias.letters for alias in now.aliases.values()} == {"A", "B"}
    assert bidder_names(now) == {key: alias.name for key, alias in now.aliases.items()}
    with desk.session() as session:
        assert aliasing.assign(session) == now.aliases
    kinds = [entry.kind for entry in desk.entries()]
    assert "aliases given" not in kinds


def test_a_tender_begun_before_aliases_were_kept_gets_them_with_its_first_pack(
    tmp_path: Path,
) -> None:
    """The tender's own key decides their order."""
    desk = a_hidden_desk(tmp_path)
    desk.sql("DELETE FROM alias")
    assert bidder_names(desk.now()) == {ALDER: "Bidder A", BIRCH: "Bidder B"}
    with leading(desk) as session:
        key = aliasing.order_key(session)
        assert aliasing.assign(session) == {
            alias.bidder: alias for alias in aliasing.given((ALDER, BIRCH), {}, key)
        }


def test_where_names_are_shown_nobody_gets_an_alias(tmp_path: Path) -> None:
    """And there is nothing to reveal."""
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        assert aliasing.assign(session) == {}
        with pytest.raises(NotAllowedNow):
            aliasing.reveal_names(session, "Why not?")
    assert bidder_names(desk.now()) == {ALDER: "Alder Ltd", BIRCH: "Birch Ltd"}


def test_before_publishing_there_is_nothing_to_reveal(tmp_path: Path) -> None:
    """The method itself can still be changed."""
    desk = Desk(tmp_path)
    hiding = (*TENDER, ("Hide bidder names", "yes"))
    assert desk.new({**SET_UP, "Tender": hiding}).status == 0
    with desk.session() as session, pytest.raises(NotAllowedNow, match="not published"):
        aliasing.reveal_names(session, "Why not?")


def test_names_are_revealed_once_with_a_reason(tmp_path: Path) -> None:
    """Aliases stay on record, so that returns of earlier packs still find their bidders."""
    desk = a_hidden_desk(tmp_path)
    with desk.session() as session:
        with pytest.raises(ReasonNeeded):
            aliasing.reveal_names(session, "  ")
        aliasing.reveal_names(session, "Site visits are next.")
        with pytest.raises(NotAllowedNow):
            aliasing.reveal_names(session, "Once more.")
        with session.reading() as reader:
            now, reason = situation(reader), reader.names_revealed()
    assert (now.names_hidden, now.names_revealed, reason) == (False, True, "Site visits are next.")
    assert len(now.aliases) == 2
    assert bidder_names(now)[ALDER] == "Alder Ltd"


def test_codes_of_a_pack_name_themselves() -> None:
    """In a working file, where no alias is on record, a bidder keeps the letters of its code."""
    alias = Alias(ALDER, "C")
    found = aliases([Bidder(alias.code, alias.name), Bidder(BIRCH, "Birch Ltd")])
    assert found == {alias.code: "Bidder C", BIRCH: "Bidder A"}
