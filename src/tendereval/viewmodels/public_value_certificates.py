"""Public value, certificates: what is independently certified, and when it is in force."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificate_check import (
    CertificateFinding,
    CertificateState,
    ClaimFinding,
    Days,
    reminders,
)
from tendereval.domain.publicvalue.certificate_flags import needs_decision
from tendereval.domain.publicvalue.certificates import Assurance
from tendereval.domain.stages import Act, may
from tendereval.services import certificates
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.public_value_found import Found
from tendereval.viewmodels.public_value_rows import (
    INFORMATION_ONLY,
    NONE,
    NOT_YET,
    UNKNOWN,
    YES,
    Action,
    BidPart,
    Cell,
    Column,
    Row,
    Sheet,
    Span,
    Task,
    Tool,
    ToolPart,
    day_text,
    listed,
    month_text,
)

_QUESTION = "Is good work on this contract certified by somebody independent?"
_KEY = (
    "A bar is the time a certificate is in force; its ends are open where no day is known. The "
    "upright lines are the tender deadline, and the contract's first and last day."
)
_ROOM = timedelta(days=92)
_CLOSED = "The tender is closed."


def certificates_part(
    reader: Reader, now: Situation, every: Found, chosen: BidderId | None
) -> ToolPart:
    """Return the tool as it stands, with the claims of the bidder that is chosen."""
    found = every.claims(reader, now)
    days = certificates.days_of(now.details)
    bid = None
    if chosen is not None and chosen in found:
        bid = _bid(now, found[chosen], chosen, days, _renewals(found[chosen], days))
    return ToolPart(
        Tool.CERTIFICATES,
        _note(found),
        _QUESTION,
        _answer(now, found),
        _bidders(now, found),
        bid,
        (INFORMATION_ONLY, _days_words(days)),
        tuple(item.sentence for item in certificates.shared_numbers(reader, now)),
    )


def _renewals(found: CertificateFinding, days: Days) -> tuple[str, ...]:
    asked = (one for item in found.claims for one in reminders(item, days))
    return tuple(one.sentence for one in sorted(asked, key=lambda one: (one.on, one.name)))


def _note(found: Mapping[BidderId, CertificateFinding]) -> str:
    waiting = sum(one.awaits_decision for item in found.values() for one in item.claims)
    if waiting:
        return f"{waiting} to decide"
    if not found:
        return "no bid yet"
    hold = sum(item.independence is Assurance.INDEPENDENT for item in found.values())
    return f"{hold} of {len(found)} independent"


def _answer(now: Situation, found: Mapping[BidderId, CertificateFinding]) -> str:
    if not found:
        return "No bidder is registered yet."
    groups: dict[str, list[str]] = {"yes": [], "less": [], "no": []}
    for bidder, item in found.items():
        best = item.independence
        sort = "yes" if best is Assurance.INDEPENDENT else "less" if best else "no"
        groups[sort].append(now.bidder_name(bidder))
    said = []
    if groups["yes"]:
        said.append(f"Yes with {listed(groups['yes'])}.")
    if groups["less"]:
        said.append(f"Only by weaker proof with {listed(groups['less'])}.")
    if groups["no"]:
        said.append(f"Not shown with {listed(groups['no'])}.")
    return " ".join(said)


def _days_words(days: Days) -> str:
    parts = (
        ("tender deadline", days.deadline),
        ("contract start", days.start),
        ("contract end", days.end),
    )
    said = ", ".join(f"{name} {day_text(day) if day else 'not recorded'}" for name, day in parts)
    return f"Held against: {said}."


def _bidders(now: Situation, found: Mapping[BidderId, CertificateFinding]) -> Sheet:
    columns = (
        Column("Bidder"),
        Column("Claims", 70, right=True),
        Column("In force", 80, right=True),
        Column("Lapse in the contract", 160, right=True),
        Column("Best current claim of good work", 420),
    )
    rows = tuple(
        _bidder_row(now, bidder.id, found[bidder.id])
        for bidder in now.bidders
        if bidder.id in found
    )
    empty = ("No bid to check yet", "Register bidders in Bids; then enter what each one claims.")
    return Sheet("Certificates by bidder", columns, rows, empty)


def _bidder_row(now: Situation, bidder: BidderId, found: CertificateFinding) -> Row:
    current = sum(item.state.is_current for item in found.claims)
    lapsing = sum(item.state is CertificateState.LAPSES_IN_TERM for item in found.claims)
    best = found.independence
    if best is Assurance.INDEPENDENT:
        answer, ink = f"{YES}  {best.in_words}", ""
    elif best is not None:
        answer, ink = f"{NOT_YET}  {best.in_words}", "attention"
    else:
        words = "nothing is claimed" if not found.claims else "no claim counts"
        answer, ink = f"{UNKNOWN}  {words}", "ink2"
    return Row(
        bidder,
        (
            Cell(now.bidder_name(bidder)),
            Cell(str(len(found.claims)) if found.claims else NONE),
            Cell(str(current) if found.claims else NONE),
            Cell(str(lapsing) if lapsing else NONE),
            Cell(answer, ink),
        ),
    )


def _bid(
    now: Situation,
    found: CertificateFinding,
    bidder: BidderId,
    days: Days,
    renewals: Sequence[str],
) -> BidPart:
    why_not = "" if may(now.stage, Act.RECORD_EVIDENCE) else _CLOSED
    return BidPart(
        now.bidder_name(bidder),
        found.sentence,
        _claims(now, found, bidder, days, why_not),
        (Action(Task.ADD_CLAIM, "Add a certificate…", why_not),),
        notes=tuple(renewals),
        key=_KEY if found.claims and _line(found.claims, days) else "",
    )


def _claims(
    now: Situation, found: CertificateFinding, bidder: BidderId, days: Days, why_not: str
) -> Sheet:
    line = _line(found.claims, days)
    title = f"{month_text(line[0])} to {month_text(line[1])}" if line else "Time line"
    columns = (
        Column("Certificate"),
        Column("Level", 90),
        Column("Who looked before it was given", 226),
        Column(title, 206),
        Column("State", 232),
        Column("To note", 78, right=True),
    )
    name = now.bidder_name(bidder)
    rows = tuple(
        _claim_row(str(at), item, name, _span(item, days, line), why_not)
        for at, item in enumerate(found.claims)
    )
    empty = (
        "No certificate is claimed",
        (
            "Enter what the bid claims: scheme, level, number and days. The list knows who looks "
            "before each badge is given; an equivalent is always possible."
        ),
    )
    return Sheet("Certificates claimed", columns, rows, empty)


def _line(claims: Sequence[ClaimFinding], days: Days) -> tuple[date, date] | None:
    """Return from when to when the picture goes; None without any day."""
    known = [day for day in (days.deadline, days.start, days.end) if day is not None]
    if not known:
        known = [item.last_day for item in claims if item.last_day is not None]
    if not known:
        return None
    try:
        return min(known) - _ROOM, max(known) + _ROOM
    except OverflowError:  # the calendar's last year
        return min(known), max(known)


def _span(item: ClaimFinding, days: Days, line: tuple[date, date] | None) -> Span | None:
    if line is None or (item.claim.issued is None and item.last_day is None):
        return None
    marks = tuple(day for day in (days.deadline, days.start, days.end) if day is not None)
    since = day_text(item.claim.issued) if item.claim.issued else "a day not given"
    until = day_text(item.last_day) if item.last_day else "a day not known"
    words = f"From {since} to {until}: {item.state}"
    return Span(
        line[0], line[1], item.claim.issued, item.last_day, marks, item.state.is_current, words
    )


def _claim_row(key: str, item: ClaimFinding, bidder: str, span: Span | None, why_not: str) -> Row:
    actions = [
        Action(Task.EDIT_CLAIM, "Change…", why_not),
        Action(Task.REMOVE_CLAIM, "Take out…", why_not),
    ]
    if needs_decision(item.claim, bidder):
        actions.insert(0, Action(Task.DECIDE_CLAIM, "Decide…", why_not))
    sign, ink = _sign(item)
    return Row(
        key,
        (
            Cell(item.name),
            Cell(item.claim.level or NONE, "ink2"),
            Cell(item.assurance_words, "" if item.assurance else "ink2"),
            Cell("no day known" if span is None else "", "ink2", span),
            Cell(f"{sign}  {item.state}", ink),
            Cell(str(len(item.flags)) if item.flags else NONE, "attention" if item.flags else ""),
        ),
        tuple(_details(item)),
        tuple(actions),
    )


def _sign(item: ClaimFinding) -> tuple[str, str]:
    if item.state is CertificateState.IN_FORCE and item.counts:
        return YES, ""
    if item.state is CertificateState.UNKNOWN:
        return UNKNOWN, "ink2"
    return (NOT_YET, "attention") if item.state is not CertificateState.CURRENT else (YES, "")


def _details(item: ClaimFinding) -> Iterator[str]:
    claim = item.claim
    said = [
        f"number {claim.number}" if claim.number else "",
        f"issued {day_text(claim.issued)}" if claim.issued else "",
        f"valid to {day_text(item.last_day)}" if item.last_day else "",
        f"scope: {claim.scope}" if claim.scope else "",
        f"evidence: {claim.evidence}" if claim.evidence else "",
        f"offered under {claim.criterion}" if claim.criterion else "",
    ]
    known = "; ".join(part for part in said if part)
    yield f"{item.name}{': ' if known else ''}{known}."
    yield from item.flags
