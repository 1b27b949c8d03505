"""The living wage check of a tender: what is made of it, pay schedules, a finding per bid.

For information unless the published method makes more of it; nothing here changes a mark or a
rank.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from tendereval.domain.errors import ReasonNeeded, RuleRefusal
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.living_wage import PayRow, Rates, RateYear, WageSetting, WageUse
from tendereval.domain.publicvalue.pay_lines import LineProblem, PastedPay, read_pay_lines
from tendereval.domain.publicvalue.wage_check import PayFinding, check, schedule_problems
from tendereval.domain.publicvalue.wage_use import (
    COUNCIL_RECORDS,
    NEVER_A_CONDITION,
    council_gaps,
    criterion_problems,
    is_english_council,
    is_made_a_condition,
    setting_problems,
)
from tendereval.domain.record import canonical_json, sha256_text
from tendereval.domain.stages import Act, Stage
from tendereval.exchange import public_value_data as facts
from tendereval.exchange.data_file import head
from tendereval.services import certificates, data_packs
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.public_value import DataPack
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change, before_and_after

_RATES = "living_wage_rates"
_BINDING = {WageUse.REQUIREMENT, WageUse.DISQUALIFYING, WageUse.SCORED}


def rates_of(reader: Reader) -> Rates:
    """Return the rates that count in this tender: the newest of the product's and imported ones."""
    return facts.rates(data_packs.text_of(reader, _RATES))


def day_of(now: Situation, setting: WageSetting) -> date | None:
    """Return the day whose rate counts: the chosen one, else that of the tender deadline."""
    if setting.check_on is not None:
        return setting.check_on
    return certificates.days_of(now.details).deadline


def why_no_finding(reader: Reader, now: Situation) -> str:
    """Return why there is no finding for any bid; empty where there is one."""
    setting = public_value.wage_setting(reader)
    if setting.use is WageUse.OFF:
        return f"The living wage check is off: {setting.reason}"
    if day_of(now, setting) is None:
        return "There is no day to check on: record the tender deadline or choose a day."
    return ""


def finding_for(
    reader: Reader, now: Situation, bidder: BidderId, *, accredited: bool = False
) -> PayFinding | None:
    """Return what the check says of one bid; None where ``why_no_finding`` says why.

    Args:
        reader: of the same moment as ``now``.
        now: the situation.
        bidder: whose.
        accredited: whether it holds a current Living Wage accreditation.
    """
    now.bidder(bidder)
    return findings(reader, now, (bidder,) if accredited else ()).get(bidder)


def findings(
    reader: Reader, now: Situation, accredited: Collection[BidderId] = ()
) -> Mapping[BidderId, PayFinding]:
    """Return what the check says of every bid; empty where ``why_no_finding`` says why."""
    setting = public_value.wage_setting(reader)
    on = day_of(now, setting)
    if setting.use is WageUse.OFF or on is None:
        return {}
    rates, schedules = rates_of(reader), public_value.pay_schedules(reader)
    return {
        bidder.id: check(
            schedules.get(bidder.id, ()),
            rates,
            on,
            accredited=bidder.id in accredited,
            contract_end=now.details.contract_end,
        )
        for bidder in now.bidders
    }


def choose_use(session: Session, setting: WageSetting, why: str = "") -> None:
    """Record what the tender makes of the check; every choice stays on record.

    Args:
        session: the open tender.
        setting: whole; that it was chosen is filled in. ``reason`` is why the check is off, or
            why a council asks about pay.
        why: why the choice changes; needed once the tender is published.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: a condition of participation, no such criterion, or one that does not fit.
        ReasonNeeded: turned off without a reason; a council without reason, relevance and
            proportionality; changed after publication without saying why.

    Source: Procurement Act 2023, ss.19(2)(a), 21, 22(1), 23(3)(a); Local Government Act 1988,
        s.17(5)(a) and (11).
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = public_value.wage_setting(reader)
    now.require(Act.CHOOSE_WAGE_USE)
    refuse_scorers(now, session.actor.person, "choose the use of the living wage check")
    chosen = _tidy(setting, now)
    if chosen == earlier:
        return
    _check_setting(chosen, now)
    if now.stage is not Stage.SET_UP and not why.strip():
        raise ReasonNeeded(
            "The tender is published: another use of the living wage check needs a reason.",
            "Say why; it is kept.",
        )
    ids = {
        "use before": str(earlier.use),
        "use": str(chosen.use),
        "criterion": chosen.criterion,
        "check on": "" if chosen.check_on is None else chosen.check_on.isoformat(),
    }
    texts = before_and_after("relevance", earlier.relevance, chosen.relevance)
    texts |= before_and_after("proportionality", earlier.proportionality, chosen.proportionality)
    with session.change("living wage use chosen", ids, texts, why.strip() or chosen.reason) as one:
        public_value.set_wage_setting(one, chosen)


def _tidy(setting: WageSetting, now: Situation) -> WageSetting:
    """Return a setting as it is kept: chosen, trimmed, its criterion spelt as in the method."""
    named = "" if setting.use is WageUse.OFF else setting.criterion.strip()
    row = now.method.criterion(named)
    return replace(
        setting,
        chosen=True,
        criterion=named if row is None else row.ref,
        reason=setting.reason.strip(),
        relevance=setting.relevance.strip(),
        proportionality=setting.proportionality.strip(),
    )


def _check_setting(setting: WageSetting, now: Situation) -> None:
    if setting.use is WageUse.OFF and not setting.reason:
        raise ReasonNeeded("Turning the living wage check off needs a reason.", "Say why.")
    wrong = criterion_problems(setting, now.method)
    if wrong:
        raise RuleRefusal(
            " ".join(wrong),
            "Make it a requirement of the contract, a criterion whose failure disqualifies, a "
            "scored question, or information.",
        )
    problems = setting_problems(setting, now.details, now.method)
    if problems:
        raise ReasonNeeded(" ".join(problems), "Write what is missing; it is kept.")


def set_schedule(
    session: Session, bidder: BidderId, rows: Sequence[PayRow], reason: str = ""
) -> None:
    """Record a bidder's pay schedule in place of the one before, which is kept.

    Args:
        session: the open tender.
        bidder: whose.
        rows: all of it; none takes the schedule back.
        reason: why another one takes the place of one that stands, once scoring has begun.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: a role that cannot be, each named.
        ReasonNeeded: replaced after scoring has begun without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        earlier = public_value.pay_schedules(reader).get(bidder, ())
    now.require(Act.RECORD_EVIDENCE)
    refuse_scorers(now, session.actor.person, "record pay schedules")
    check_schedule(now, bidder, rows)
    if tuple(rows) == earlier:
        return
    replaces = bool(earlier) and now.stage.position >= Stage.SCORING.position
    if replaces and not reason.strip():
        raise ReasonNeeded(
            f"The pay schedule of {now.bidder_name(bidder)} stands; another one needs a reason.",
            "Say why; it is kept.",
        )
    ids = {"bidder": bidder, "roles": str(len(rows))}
    texts = before_and_after("schedule", _text(earlier) if earlier else None, _text(rows))
    with session.change("pay schedule recorded", ids, texts, reason.strip()) as change:
        put_schedule(change, bidder, rows)


def check_schedule(now: Situation, bidder: BidderId, rows: Sequence[PayRow]) -> None:
    """Refuse a schedule that cannot be, or of somebody who does not bid."""
    now.bidder(bidder)
    problems = schedule_problems(rows)
    if problems:
        raise RuleRefusal("\n".join(problems), "Mend these roles.")


def put_schedule(change: Change, bidder: BidderId, rows: Sequence[PayRow]) -> None:
    """Record a checked schedule within the caller's transaction."""
    public_value.set_pay_schedule(change, bidder, rows)


def _text(rows: Sequence[PayRow]) -> str:
    return canonical_json([{key: str(value) for key, value in asdict(row).items()} for row in rows])


def paste_schedule(text: str, bidder: str = "") -> PastedPay:
    """Read a pay schedule copied from a spreadsheet; records nothing.

    Args:
        text: lines separated by tabs or commas, a heading being optional.
        bidder: the name of the bidder it is for; lines that name another are a problem.
    """
    found = read_pay_lines(text)
    named = found.bidder.casefold()
    if bidder and named and named != " ".join(bidder.split()).casefold():
        other = LineProblem(1, "Bidder", f"The lines are those of {found.bidder}, not {bidder}.")
        return replace(found, problems=(other, *found.problems))
    return found


def enter_rates(session: Session, year: RateYear) -> str:
    """Enter the rates of one year by hand, as read in the source that is named.

    Returns:
        The version of the rates that count from now on; it says that some were entered.

    Raises:
        NotAllowedNow: the tender is closed.
        ReasonNeeded: no source.
        ExchangeProblem: the rates or their dates cannot be.
    """
    with session.reading() as reader:
        now = situation(reader)
        text = data_packs.text_of(reader, _RATES) or facts.bundled(_RATES)
    now.require(Act.IMPORT_DATA)
    refuse_scorers(now, session.actor.person, "enter rates")
    if not year.source.strip():
        raise ReasonNeeded("Rates need the source they were read in.", "Name it; it is shown.")
    seen = replace(
        year,
        source=f"entered by hand: {year.source.strip()}",
        rates_verified=year.uk is not None and year.london is not None,
        dates_verified=year.announced is not None and year.deadline is not None,
    )
    day = head(text).version[:10]
    version = f"{day}, entered by hand {session.clock():%Y-%m-%d %H:%M:%S} ({year.year})"
    entered = facts.with_rates_of(text, seen, version)
    pack = DataPack(_RATES, version, sha256_text(entered), entered)
    data_packs.put_pack(session, pack, "rates entered", {"year": year.year})
    return version


def must_be_mended(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what may not be published about pay, one sentence each.

    Pay as a condition of participation, and a council that binds bidders to it without its
    record; both are refused when chosen and arise from later changes of the set-up only.
    """
    return tuple(_must_be_mended(public_value.wage_setting(reader), now))


def _must_be_mended(setting: WageSetting, now: Situation) -> Iterator[str]:
    if setting.use is WageUse.OFF:
        return
    if is_made_a_condition(setting, now.method):
        yield (
            f"The living wage check belongs to {setting.criterion}, a condition of participation. "
            f"{NEVER_A_CONDITION}"
        )
    missing = council_gaps(setting, now.details)
    if setting.use in _BINDING and missing:
        yield f"Living wage: {COUNCIL_RECORDS} Missing: {', '.join(missing)}."


def to_be_chosen(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what the lead is asked about the check before publishing; none of it blocks."""
    return tuple(_to_be_chosen(public_value.wage_setting(reader), now))


def _to_be_chosen(setting: WageSetting, now: Situation) -> Iterator[str]:
    if setting.use is WageUse.OFF:
        return
    if not setting.chosen:
        yield (
            "The living wage check is on, as information. Choose what the tender makes of it: "
            "requirement of the contract, criterion whose failure disqualifies, scored question, "
            "or information."
        )
    if not is_made_a_condition(setting, now.method):
        yield from (f"Living wage: {text}" for text in criterion_problems(setting, now.method))
    missing = council_gaps(setting, now.details)
    if missing and setting.use not in _BINDING:
        yield f"Living wage: {COUNCIL_RECORDS} Missing: {', '.join(missing)}."
    if is_english_council(now.details) is None:
        yield (
            "Living wage: the kind of buyer is not recorded, so that it is not known whether "
            "reason, relevance and proportionality have to be recorded (Local Government Act "
            "1988, s.17)."
        )


def without_schedule(reader: Reader, now: Situation) -> tuple[BidderId, ...]:
    """Return whose pay is unknown for want of a schedule; empty where the check is off."""
    if public_value.wage_setting(reader).use is WageUse.OFF:
        return ()
    given = public_value.pay_schedules(reader)
    assessed = dict.fromkeys(bid.bidder for bid in now.bids if bid.is_assessed)
    return tuple(bidder for bidder in assessed if not given.get(bidder))
