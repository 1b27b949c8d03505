"""Public value, the one per cent: what each bid gives to Good Works organisations."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from tendereval.domain.exact import money
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.share_check import thirty_percent_test
from tendereval.domain.publicvalue.share_finding import (
    PartnerFinding,
    ShareFinding,
    TestState,
    percent,
)
from tendereval.domain.stages import Act, may
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.store.repository import Reader
from tendereval.viewmodels.public_value_entry import show_percent
from tendereval.viewmodels.public_value_found import Found
from tendereval.viewmodels.public_value_rows import (
    INFORMATION_ONLY,
    NONE,
    NOT_YET,
    UNKNOWN,
    YES,
    Action,
    Bar,
    BidPart,
    Cell,
    Column,
    Row,
    Sheet,
    Task,
    Tool,
    ToolPart,
    listed,
)

_KEY = (
    "The whole length is the same share for every bid: full is evidenced, hatched is committed "
    "without evidence, the upright line is the target."
)
_ROOM = Fraction(13, 10)
_CLOSED = "The tender is closed."


def share_part(reader: Reader, now: Situation, every: Found, chosen: BidderId | None) -> ToolPart:
    """Return the tool as it stands, with the partners of the bidder that is chosen."""
    found = every.shares(reader, now)
    target = public_value.share_target(reader)
    closed = not may(now.stage, Act.SET_GOALS)
    reason = f" ({target.reason.rstrip('.')})" if target.reason else ""
    return ToolPart(
        Tool.SHARE,
        _note(found),
        f"Does {show_percent(target.share)} of the contract go to organisations that give work to "
        "people kept out of it?",
        _answer(now, found),
        _bidders(now, found),
        _bid(now, found, chosen),
        (INFORMATION_ONLY, f"The target is {show_percent(target.share)} of the price{reason}."),
        (),
        (Action(Task.TARGET, "Target…", _CLOSED if closed else ""),),
        _KEY if any(item.share is not None and item.partners for item in found.values()) else "",
    )


def _note(found: Mapping[BidderId, ShareFinding]) -> str:
    if not found:
        return "no bid yet"
    most = max((item.committed for item in found.values()), default=Fraction(0))
    if most:
        return f"up to {money(most)}"
    return "nothing counts yet" if any(item.partners for item in found.values()) else "none named"


def _answer(now: Situation, found: Mapping[BidderId, ShareFinding]) -> str:
    if not found:
        return "No bidder is registered yet."
    groups: dict[str, list[str]] = {YES: [], NOT_YET: [], UNKNOWN: [], NONE: []}
    for bidder, item in found.items():
        groups[_sign(item)].append(now.bidder_name(bidder))
    said = []
    if groups[YES]:
        said.append(f"Yes with {listed(groups[YES])}.")
    if groups[NOT_YET]:
        said.append(f"Not with {listed(groups[NOT_YET])}.")
    if groups[UNKNOWN]:
        said.append(f"It cannot be told with {listed(groups[UNKNOWN])}.")
    if groups[NONE]:
        verb = "names" if len(groups[NONE]) == 1 else "name"
        said.append(f"{listed(groups[NONE])} {verb} no such organisation.")
    return " ".join(said)


def _sign(found: ShareFinding) -> str:
    if not found.partners:
        return NONE
    if found.share is None:
        return UNKNOWN
    return YES if found.share >= found.target else NOT_YET


def _bidders(now: Situation, found: Mapping[BidderId, ShareFinding]) -> Sheet:
    whole = _whole(found.values())
    columns = (
        Column("Bidder"),
        Column("Share of the price, and the target", 230),
        Column("Committed", 108, right=True),
        Column("Evidenced", 108, right=True),
        Column("Missing", 104, right=True),
        Column("Answer", 210),
    )
    rows = tuple(
        _bidder_row(now, bidder.id, found[bidder.id], whole)
        for bidder in now.bidders
        if bidder.id in found
    )
    empty = ("No bid to check yet", "Register bidders in Bids; then enter the partners each names.")
    return Sheet("The one per cent by bidder", columns, rows, empty)


def _whole(found: Iterable[ShareFinding]) -> Fraction:
    """Return which share the whole length of a bar is."""
    shares = [one for item in found for one in (item.target, item.share or Fraction(0))]
    return max(shares, default=Fraction(1)) * _ROOM


def _bar(found: ShareFinding, whole: Fraction) -> Bar | None:
    if found.share is None or not found.partners:
        return None
    proved = found.evidenced_share or Fraction(0)
    words = (
        f"{percent(found.share, beside=found.target)} committed, "
        f"{percent(proved, beside=found.target)} evidenced, target {show_percent(found.target)}"
    )
    return Bar(proved / whole, words, (found.share - proved) / whole, found.target / whole)


def _bidder_row(now: Situation, bidder: BidderId, found: ShareFinding, whole: Fraction) -> Row:
    sign, bar = _sign(found), _bar(found, whole)
    ink = {NOT_YET: "attention", UNKNOWN: "ink2", NONE: "ink2"}.get(sign, "")
    why = "" if bar is not None or not found.partners else "no share to show"
    return Row(
        bidder,
        (
            Cell(now.bidder_name(bidder)),
            Cell(why, "ink2", bar),
            Cell(money(found.committed) if found.partners else NONE),
            Cell(money(found.evidenced) if found.partners else NONE),
            Cell(money(found.gap) if found.gap and found.partners else NONE),
            Cell(f"{sign}  {_short(found)}", ink),
        ),
    )


def _short(found: ShareFinding) -> str:
    if not found.partners:
        return "No partner is named"
    if found.share is None:
        return "Cannot tell yet"
    said = percent(found.share, beside=found.target)
    return f"{'Yes' if found.share >= found.target else 'Not yet'}: {said} of the price"


def _bid(
    now: Situation, found: Mapping[BidderId, ShareFinding], chosen: BidderId | None
) -> BidPart | None:
    mine = found.get(chosen) if chosen is not None else None
    if mine is None or chosen is None:
        return None
    why_not = "" if may(now.stage, Act.RECORD_EVIDENCE) else _CLOSED
    columns = (
        Column("Partner"),
        Column("Why it counts", 216),
        Column("Amount", 120, right=True),
        Column("30% test of s.32(4)", 280),
        Column("Evidence", 84),
        Column("Counts", 100),
    )
    rows = tuple(_partner_row(str(at), item, why_not) for at, item in enumerate(mine.partners))
    empty = (
        "No partner is named",
        (
            "Enter each organisation the bid names, the amount over the whole contract, and the "
            "figures of the 30% test by any of its three routes."
        ),
    )
    return BidPart(
        now.bidder_name(chosen),
        mine.sentence,
        Sheet("Partners", columns, rows, empty),
        (Action(Task.ADD_PARTNER, "Add a partner…", why_not),),
        notes=(*(one.sentence for one in mine.by_lot), *mine.flags),
    )


def _partner_row(key: str, item: PartnerFinding, why_not: str) -> Row:
    partner = item.partner
    amount = NONE if item.amount is None else money(item.amount)
    if item.amount is None and partner.share is not None:
        amount = f"{percent(partner.share)} of the price"
    test, ink = _test(item)
    return Row(
        key,
        (
            Cell(f"{partner.lot}: {partner.name}" if partner.lot else partner.name),
            Cell(str(partner.category), "ink2"),
            Cell(amount),
            Cell(test, ink),
            Cell(
                "given" if item.is_evidenced else f"{NOT_YET} none",
                "" if item.is_evidenced else "attention",
            ),
            Cell(
                f"{YES} counts" if item.counts else f"{NOT_YET} does not",
                "" if item.counts else "attention",
            ),
        ),
        tuple(_details(item)),
        (
            Action(Task.EDIT_PARTNER, "Change…", why_not),
            Action(Task.REMOVE_PARTNER, "Take out…", why_not),
        ),
    )


def _test(item: PartnerFinding) -> tuple[str, str]:
    if item.best is None:
        return f"{UNKNOWN}  {item.test}: no figures", "ink2"
    best = item.best
    figures = f"{best.disadvantaged} of {best.workforce} in {best.route}"
    sign = {TestState.MET: YES, TestState.NOT_MET: NOT_YET}.get(item.test, UNKNOWN)
    return f"{sign}  {item.test}: {figures}", "" if item.test is TestState.MET else "ink2"


def _details(item: PartnerFinding) -> Iterator[str]:
    where = f"Lot {item.partner.lot}, " if item.partner.lot else ""
    yield f"{where}{item.partner.name}: {item.test_words}"
    if len(item.partner.tests) > 1:
        each = (
            f"{one.route}: {one.disadvantaged} of {one.workforce}, {thirty_percent_test(one)}"
            for one in item.partner.tests
        )
        yield f"Every route: {'; '.join(each)}."
    if item.is_evidenced:
        yield f"Evidence: {item.partner.evidence.rstrip('.')}."
    yield from item.flags
