"""``public-value``: what pay, certificates, commitments and spending come to, bid by bid.

For information: nothing of it changes a mark or a rank unless it was a published criterion.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from tendereval.commands.shell import Json, Shell, say, say_json
from tendereval.domain.bidding import Bidder
from tendereval.domain.exact import exact_text
from tendereval.domain.publicvalue.wage_check import PayFinding
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.exchange.public_value_file import read_public_value
from tendereval.services import (
    certificates,
    commitments,
    goals,
    good_works,
    living_wage,
    public_value_entries,
)
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value as kept
from tendereval.store.repository import Reader

_INFORMATION = (
    "For information: nothing here changes a mark or a rank unless it was a published criterion."
)


def public_value(args: argparse.Namespace, shell: Shell) -> int:
    """Say what the tools of public value found, or record what a file holds."""
    if args.source is not None:
        return _record(args, shell)
    with shell.look(args) as session, session.reading() as reader:
        now = situation(reader)
        wage = kept.wage_setting(reader)
        off = living_wage.why_no_finding(reader, now)
        bids = [_bid(reader, now, bidder) for bidder in now.bidders]
        aims: list[Json] = [item.goal.outcome for item in goals.in_use(reader)]
    if args.json:
        found: dict[str, Json] = {
            "ok": True,
            "stage": str(now.stage),
            "living_wage": {"use": str(wage.use), "chosen": wage.chosen, "no_finding": off},
            "goals": aims,
            "bids": list(bids),
        }
        say_json(found)
        return 0
    say(_INFORMATION)
    for line in dict.fromkeys(line for line in (use_in_words(wage), off) if line):
        say(line)
    for number, aim in enumerate(aims, start=1):
        say(f"Goal {number}: {aim}")
    for bid in bids:
        _say(bid)
    return 0


def _say(bid: Mapping[str, Json]) -> None:
    say()
    say(str(bid["bidder"]))
    for name in ("pay", "badge", "certificates", "commitments", "good works", "good works by lot"):
        told = bid[name]
        for line in told if isinstance(told, list) else [told]:
            if line:
                say(f"  {name}: {line}")


def _pay_found(pay: PayFinding) -> Json:
    """Return the working of the living wage check; exact figures as text, unknown as null."""
    warnings: list[Json] = list(pay.warnings)
    below: list[Json] = [row.row.role for row in pay.failing]
    return {
        "on": pay.on.isoformat(),
        "rates": pay.version,
        "coverage": None if pay.coverage is None else exact_text(pay.coverage),
        "gap_a_year": None if pay.cost is None else exact_text(pay.cost),
        "below": below,
        "warnings": warnings,
    }


def _bid(reader: Reader, now: Situation, bidder: Bidder) -> dict[str, Json]:
    claimed = certificates.finding_for(reader, now, bidder.id)
    pay = living_wage.finding_for(reader, now, bidder.id, accredited=claimed.holds_living_wage)
    promised = commitments.for_bid(reader, now, bidder.id)
    share = good_works.finding_for(reader, now, bidder.id)
    by_lot: list[Json] = [one.sentence for one in share.by_lot]
    listed: list[Json] = [
        {
            "id": item.commitment.id,
            "question": item.commitment.place.criterion,
            "what": commitments.title(item.commitment),
            "standing": item.word,
            "missing": list(item.missing),
            "flags": list(item.flags),
            "promised_again_in": list(item.twins),
        }
        for item in promised.findings
    ]
    return {
        "bidder": bidder.name,
        "pay": "" if pay is None else pay.sentence,
        "pay_found": None if pay is None else _pay_found(pay),
        "certificates": claimed.sentence,
        "commitments": promised.sentence,
        "badge": "" if pay is None else pay.badge,
        "good works": share.sentence,
        "good works by lot": by_lot,
        "listed": listed,
    }


def _record(args: argparse.Namespace, shell: Shell) -> int:
    found = read_public_value(Path(args.source))
    with shell.open(args) as session:
        done = public_value_entries.record_all(session, found, args.reason or "")
    if args.json:
        recorded: dict[str, Json] = dict(done)
        say_json({"ok": True, "recorded": recorded})
        return 0
    for name, number in done.items():
        say(f"  {number} {name}")
    if not done:
        say("Everything in the file was there already.")
    return 0


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command of this module."""
    parser = commands.add_parser(
        "public-value", help="what pay, certificates, commitments and spending come to"
    )
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="DECISIONS.toml",
        help="record goals, the use of the living wage check, commitments and terms",
    )
    parser.add_argument("--reason", help="why something that stands is changed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=public_value)
