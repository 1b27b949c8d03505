"""The one per cent in a tender: partners of bids, shares once prices are known, the target."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import NotAllowedNow, ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.share_finding import ShareFinding
from tendereval.domain.stages import Stage
from tendereval.services import bids, good_works
from tendereval.services.situation import situation
from tendereval.store import public_value
from tests.service.builders import ALDER, ANA, BEN, BIDDERS, BIRCH, SET_UP, Desk, Rows, a_desk

ORCHARD = Partner(
    "Orchard Works",
    Category.SUPPORTED_EMPLOYMENT,
    direct=False,
    amount=Fraction(16),
    purpose=True,
    tests=(Workforce(Route.ORGANISATION, 10, 3),),
    evidence="Accounts of 2026, page 7",
)
BEFORE_PRICE = ("set-up", "published", "scoring", "scored", "moderation", "agreed")


def finding(desk: Desk, bidder: BidderId = ALDER) -> ShareFinding:
    with desk.looking() as session, session.reading() as reader:
        return good_works.finding_for(reader, situation(reader), bidder)


def name(desk: Desk, partners: Sequence[Partner], reason: str = "", by: str = "") -> None:
    with desk.session(by) as session:
        good_works.set_partners(session, ALDER, partners, reason)


def kept(desk: Desk) -> Mapping[BidderId, tuple[Partner, ...]]:
    with desk.looking() as session, session.reading() as reader:
        return public_value.partners(reader)


def aim(desk: Desk, share: str, reason: str = "The authority's strategy of 2026.") -> None:
    with desk.session() as session:
        good_works.set_target(session, Fraction(share), reason)


def with_bidders(folder: Path, stage: str) -> Desk:
    desk = a_desk(folder, stage)
    if stage == "set-up":
        desk.take_in({"Bidders": BIDDERS})
    return desk


def test_share_committed_evidenced_and_gap_from_stage_price_on(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    promised = replace(ORCHARD, name="Elm CIC", amount=None, share=Fraction("0.005"), evidence="")
    name(desk, [replace(ORCHARD, amount=Fraction(4)), promised])
    found = finding(desk)
    assert [found.price, found.committed, found.evidenced, found.gap] == [1600, 12, 4, 4]
    assert [found.share, found.evidenced_share] == [Fraction(12, 1600), Fraction(4, 1600)]
    assert finding(desk, BIRCH).sentence == "The bid names no Good Works organisation."


@pytest.mark.parametrize("stage", BEFORE_PRICE)
def test_before_stage_price_nothing_is_derived_from_prices(stage: str, tmp_path: Path) -> None:
    desk = with_bidders(tmp_path, stage)
    if stage != "set-up":
        assert desk.take_in({"Prices": (("Bidder", "Price"), ("Alder Ltd", 7654321))}).status == 0
    both = replace(ORCHARD, share=Fraction("0.01"))
    only_share = replace(both, name="Elm CIC", amount=None)
    name(desk, [both, only_share])
    found = finding(desk)
    assert [found.price, found.share, found.gap, found.committed] == [None, None, None, 16]
    assert found.partners[0].partner.share is None
    assert [item.amount for item in found.partners] == [16, None]
    assert "prices are out of sight until stage 'price'" in found.sentence
    assert "7654321" not in repr(found)
    with desk.looking() as session, session.reading() as reader:
        over = good_works.portfolio_of(reader, situation(reader))
    assert [over.share, over.price, over.counted, over.left_out] == [None, 0, 0, 2]


def test_a_stated_share_beside_an_amount_comes_back_with_the_prices(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    name(desk, [replace(ORCHARD, share=Fraction("0.02"))])
    [line] = finding(desk).partners
    assert line.against_price.startswith("Amount and share disagree: 2.00% of the price is £32.00")


def test_the_portfolio_over_all_bids_and_over_those_that_won(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    name(desk, [ORCHARD])
    with desk.looking() as session, session.reading() as reader:
        now = situation(reader)
        over = good_works.portfolio_of(reader, now)
        won = good_works.portfolio_of(reader, now, {ALDER})
    assert [over.price, over.committed, over.counted] == [3100, 16, 2]
    assert [over.share, won.share] == [Fraction(16, 3100), Fraction(1, 100)]


def test_pounds_are_held_against_prices_in_pounds_only(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    name(desk, [ORCHARD])
    desk.sql("UPDATE tender_details SET data = json_set(data, '$.currency', 'EUR')")
    found = finding(desk)
    assert (found.share, found.committed) == (None, Fraction(16))
    assert found.sentence == (
        "£16.00 is committed to Good Works organisations; what that is of the price cannot be "
        "told: prices are in EUR, amounts in pounds."
    )


def test_a_bid_that_is_not_assessed_and_a_missing_price_have_no_share(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "price")
    assert finding(desk).why_no_share == "a price is missing"
    with desk.session() as session:
        withdrawn = Bid(ALDER, LotId("1"), BidStatus.WITHDRAWN, "A letter.")
        bids.set_status(session, withdrawn)
    assert finding(desk).why_no_share == "no bid of this bidder is assessed"


def of_two_lots(folder: Path) -> Desk:
    """Alder bids £600 for North and £400 for South, Birch £500 for South alone."""
    desk = Desk(folder)
    done = desk.new(
        {
            **SET_UP,
            "Lots": (("Lot",), ("North",), ("South",)),
            "Criteria": (
                ("Ref", "Title", "Kind", "Weight", "Formula"),
                ("PRICE", "Price", "price", 60, "lowest over price"),
                ("EXTRA", "Extra", "price", 40, "lowest over price"),
            ),
            "Sub-criteria": (("Ref", "Sub-ref", "Text"),),
            "Bidders": (("Bidder", "Lots"), ("Alder Ltd", ""), ("Birch Ltd", "South")),
            "Prices": (
                ("Bidder", "Price", "Ref", "Lot"),
                ("Alder Ltd", 500, "PRICE", "North"),
                ("Alder Ltd", 300, "PRICE", "South"),
                ("Alder Ltd", 100, "EXTRA", ""),
                ("Birch Ltd", 400, "PRICE", ""),
                ("Birch Ltd", 100, "EXTRA", ""),
            ),
        }
    )
    assert (done.status, done.err) == (0, "")
    return desk


def test_prices_of_several_lots_stand_together(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    name(desk, [replace(ORCHARD, amount=Fraction(10))])
    found = finding(desk)
    assert [found.price, found.share] == [1000, Fraction(1, 100)]
    assert found.flags == ("The price is that of lots North and South together.",)
    assert finding(desk, BIRCH).price == 500
    assert finding(desk, BIRCH).flags == ()


def test_every_line_that_cannot_be_is_named_and_nothing_is_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    wrong = [replace(ORCHARD, amount=Fraction(0)), replace(ORCHARD, name="alder ltd"), ORCHARD]
    with pytest.raises(RuleRefusal) as caught:
        name(desk, wrong)
    assert caught.value.happened.splitlines() == [
        "Orchard Works: The amount is not above zero. Write an amount above 0, or delete the row.",
        (
            "alder ltd: The partner is the bidder itself. Write yes under Direct where the bidder "
            "does the work itself, else another name."
        ),
        (
            "Orchard Works: Orchard Works is named twice. Keep one row for each partner and add "
            "its amounts up."
        ),
    ]
    assert kept(desk) == {}


@pytest.mark.parametrize("stage", ["set-up", "published", "scoring", "agreed", "priced", "award"])
def test_partners_are_recorded_until_the_tender_is_closed(stage: str, tmp_path: Path) -> None:
    desk = with_bidders(tmp_path, stage)
    name(desk, [ORCHARD])
    assert kept(desk) == {ALDER: (ORCHARD,)}
    entry = desk.entries()[-1]
    assert (entry.kind, entry.ids["bidder"], entry.ids["partners"]) == (
        "partners recorded",
        ALDER,
        "1",
    )


def test_a_closed_tender_takes_neither_partners_nor_a_target(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with pytest.raises(NotAllowedNow, match="record what a bid shows of public value"):
        name(desk, [ORCHARD])
    with pytest.raises(NotAllowedNow, match="set goals"):
        aim(desk, "0.02")


def test_once_scoring_has_begun_a_replacement_needs_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    name(desk, [ORCHARD])
    name(desk, [replace(ORCHARD, amount=Fraction(17))])
    desk = a_desk(tmp_path, "scoring")
    name(desk, [ORCHARD])
    with pytest.raises(ReasonNeeded, match="The partners of Alder Ltd stand"):
        name(desk, [])
    name(desk, [], "Clarified on 4 March: the line belongs to another tender.")
    assert kept(desk) == {ALDER: ()}
    assert desk.entries()[-1].reason.startswith("Clarified on 4 March")


def test_the_same_lines_again_change_no_byte(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    name(desk, [ORCHARD])
    entries = desk.entries()
    name(desk, [ORCHARD])
    assert desk.entries() == entries


def test_who_scores_records_neither_partners_nor_a_target(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        scorer = session.acting_as(BEN)
        with pytest.raises(RuleRefusal, match="Ben Bell does not record partners"):
            good_works.set_partners(scorer, ALDER, [ORCHARD])
        with pytest.raises(RuleRefusal, match="Ben Bell does not set the share aimed at"):
            good_works.set_target(scorer, Fraction(1, 50), "More.")
        lead = session.acting_as(ANA)
        good_works.set_partners(lead, ALDER, [ORCHARD])


def test_a_bidder_that_does_not_exist(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with pytest.raises(UnknownReference, match="There is no bidder"):
        finding(desk, BidderId("b-9"))
    with desk.session() as session, pytest.raises(UnknownReference, match="There is no bidder"):
        good_works.set_partners(session, BidderId("b-9"), [ORCHARD])


def test_another_target_needs_a_reason_and_is_kept_with_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    name(desk, [ORCHARD])
    assert (finding(desk).target, finding(desk).gap) == (Fraction(1, 100), Fraction(0))
    with pytest.raises(ReasonNeeded, match="Another share to aim at needs a reason"):
        aim(desk, "0.03", " ")
    aim(desk, "0.03")
    assert [finding(desk).target, finding(desk).gap] == [Fraction(3, 100), 32]
    entry = desk.entries()[-1]
    assert (entry.kind, entry.reason) == ("share aimed at set", "The authority's strategy of 2026.")
    assert (entry.ids["share before"], entry.ids["share"]) == ("1/100", "3/100")


@pytest.mark.parametrize("share", ["0", "-0.01", "1.01", "1/3"])
def test_a_target_that_cannot_be(share: str, tmp_path: Path) -> None:
    with pytest.raises(RuleRefusal, match="cannot be aimed at"):
        aim(a_desk(tmp_path, "published"), share)


def test_the_target_that_counts_already_needs_no_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    entries = desk.entries()
    aim(desk, "0.01", "")
    assert desk.entries() == entries


def test_vat_and_years_are_held_against_the_details_of_the_tender(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    details: Rows = (
        ("Item", "Value"),
        ("Reference", "T-1"),
        ("Prices include VAT", "no"),
        ("Contract start", "1 April 2027"),
        ("Contract end", "31 March 2028"),
    )
    assert desk.take_in({"Tender": details}).status == 0
    with pytest.raises(RuleRefusal) as caught:
        name(desk, [replace(ORCHARD, includes_vat=True, years=4)])
    assert "The amount is with VAT, prices are without VAT." in caught.value.happened
    assert "The amount is for 4 years, the contract runs 1 year." in caught.value.happened


def test_nothing_of_it_changes_a_mark_or_a_rank(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    before = desk.rank()
    name(desk, [replace(ORCHARD, amount=Fraction(1600))])
    aim(desk, "0.5")
    assert desk.rank() == before


# Lots.

NORTH, SOUTH = LotId("North"), LotId("South")


def test_each_lot_of_a_bid_has_a_share_of_its_own(tmp_path: Path) -> None:
    """£6 of £600 is one per cent exactly, £3 of £400 is 0.75; of the whole it is 9 of 1,000."""
    desk = of_two_lots(tmp_path)
    name(
        desk,
        [
            replace(ORCHARD, amount=Fraction(6), lot=NORTH),
            replace(ORCHARD, amount=Fraction(3), lot=SOUTH, evidence=""),
        ],
    )
    found = finding(desk)
    assert [found.share, found.evidenced_share] == [Fraction(9, 1000), Fraction(6, 1000)]
    assert [(one.lot, one.finding.share, one.finding.gap) for one in found.by_lot] == [
        (NORTH, Fraction(1, 100), Fraction(0)),
        (SOUTH, Fraction(3, 400), Fraction(1)),
    ]
    assert [one.sentence for one in found.by_lot] == [
        (
            "Lot North: 1.00% of its price is committed to Good Works organisations, which "
            "reaches the target of 1.00%; 1.00% is evidenced."
        ),
        (
            "Lot South: 0.75% of its price is committed to Good Works organisations, which misses "
            "the target of 1.00%; 0.00% is evidenced."
        ),
    ]


def test_a_share_of_all_lots_counts_in_each_and_pounds_are_not_divided(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    half = replace(ORCHARD, name="Elm", identifier="", amount=None, share=Fraction("0.005"))
    name(desk, [half])
    found = finding(desk)
    assert [one.finding.share for one in found.by_lot] == [Fraction("0.005")] * 2
    name(desk, [half, replace(ORCHARD, amount=Fraction(2))], "A letter.")
    first = finding(desk).by_lot[0]
    assert (first.finding.share, first.undivided) == (Fraction("0.005"), Fraction(2))
    assert first.sentence == (
        "Lot North: at least 0.50% of its price is committed to Good Works organisations; £2.00 "
        "is given for all lots together and not divided, so that it is not known whether the "
        "target of 1.00% is reached; at least 0.50% is evidenced."
    )


def test_a_share_of_one_lot_is_of_that_lots_price(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    name(desk, [replace(ORCHARD, amount=None, share=Fraction("0.02"), lot=SOUTH)])
    found = finding(desk)
    assert [found.committed, found.share] == [8, Fraction(8, 1000)]
    assert [one.finding.committed for one in found.by_lot] == [0, 8]
    assert found.by_lot[0].sentence.startswith("Lot North: 0.00% of its price")


def test_a_line_of_a_lot_that_is_no_longer_assessed_does_not_count(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    name(desk, [replace(ORCHARD, amount=Fraction(6), lot=NORTH)])
    with desk.session() as session:
        bids.set_status(session, Bid(ALDER, NORTH, BidStatus.WITHDRAWN, "A letter."))
    found = finding(desk)
    assert [found.price, found.committed, found.by_lot] == [400, 0, ()]
    assert "The bid for lot North is not assessed: not counted." in found.partners[0].flags


def test_a_partner_of_a_lot_that_the_bidder_does_not_bid_for_is_refused(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    with desk.session() as session, pytest.raises(RuleRefusal) as caught:
        good_works.set_partners(session, BIRCH, [replace(ORCHARD, lot=NORTH)])
    assert "The bidder does not bid for lot North." in str(caught.value)


def test_one_partner_stands_once_in_each_lot_or_once_for_all(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    whole, north = replace(ORCHARD, lot=None), replace(ORCHARD, lot=NORTH)
    for twice in ([north, north], [whole, north], [whole, whole]):
        with pytest.raises(RuleRefusal, match="named twice"):
            name(desk, twice)
    assert kept(desk) == {}


def test_before_stage_price_no_lot_tells_a_share(tmp_path: Path) -> None:
    desk = of_two_lots(tmp_path)
    name(desk, [replace(ORCHARD, lot=NORTH)])
    with desk.looking() as session, session.reading() as reader:
        now = replace(situation(reader), stage=Stage.MODERATION)
        found = good_works.finding_for(reader, now, ALDER)
    assert [one.finding.share for one in found.by_lot] == [None, None]
    assert found.by_lot[0].sentence == (
        "Lot North: £16.00 is committed to Good Works organisations; what that is of its price "
        "cannot be told: prices are out of sight until stage 'price'."
    )
    assert found.by_lot[1].sentence == ("Lot South: no Good Works organisation is named for it.")
