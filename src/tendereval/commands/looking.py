"""``info``, ``check``, ``stage`` and ``rank``: what is in a file and how it stands."""

import argparse
from typing import TYPE_CHECKING

from tendereval.commands import pack_parsers
from tendereval.commands.rank_json import ranking_object
from tendereval.commands.shell import Json, Shell, say, say_json, table
from tendereval.domain.exact import money, rounded_text, to_text
from tendereval.domain.method_text import short
from tendereval.domain.packs import ReturnSource
from tendereval.domain.ranking import RankedBid, Ranking
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method
from tendereval.services import checking, ranking, staging
from tendereval.services.situation import situation
from tendereval.store import schema
from tendereval.store.tender_file import identify

if TYPE_CHECKING:
    from tendereval.exchange.identity_file import Identity


def info(args: argparse.Namespace, shell: Shell) -> int:
    """Say what is in a file."""
    with shell.look(args) as session, session.reading() as reader:
        now, head = situation(reader), reader.head()
        counts: dict[str, Json] = {
            "lots": len(now.method.lots),
            "criteria": len(now.method.criteria),
            "bidders": len(now.bidders),
            "panel": sum(not member.left for member in now.panel),
            "answers": len(reader.responses()),
            "documents": len(reader.documents()),
            "scores": len(reader.scores()),
            "agreed_scores": len(reader.agreed_points()),
        }
        version = now.versions[-1] if now.versions else None
        found: dict[str, Json] = {
            "tender": now.details.reference,
            "title": now.details.title,
            "authority": now.details.authority,
            "stage": str(now.stage),
            "counts": counts,
            "method_version": version.number if version else None,
            "fingerprint": version.fingerprint if version else None,
            "file_version": schema.in_words(identify(session.file.path)),
            "record": {"entries": head.seq, "head": head.hash},
            "tender_id": reader.tender_id(),
        }
    if args.json:
        say_json(found)
        return 0
    say(f"{found['tender']}  {found['title']}".strip() or "A tender without a title")
    say(f"Stage: {found['stage']}")
    say("  ".join(f"{name.replace('_', ' ')}: {number}" for name, number in counts.items()))
    if version:
        say(f"Method: version {version.number}, fingerprint {short(version.fingerprint)}")
    else:
        say("Method: a draft, not published")
    say(f"File version {found['file_version']}; record of {head.seq} entries, {short(head.hash)}")
    return 0


def check(args: argparse.Namespace, shell: Shell) -> int:
    """Verify a file; exit 1 when something in it is wrong."""
    with shell.look(args) as session:
        report = checking.check_tender(session)
        with session.reading() as reader:
            heads = len(reader.signed_heads())
            signed = [item for item in reader.collected() if item.source is ReturnSource.SIGNED]
    if args.json:
        say_json(
            {
                "ok": not report.faults,
                "stage": str(report.stage),
                "faults": list(report.faults),
                "open_points": list(report.open_points),
                "record": {"entries": report.entries, "head": report.head},
                "totals_recomputed": report.totals,
                "signed_heads": heads,
                "signed_returns": len(signed),
            }
        )
    else:
        _say_check(report)
        if not report.faults and (heads or signed):
            say(f"Genuine signatures: {heads} heads of the record, {len(signed)} returns.")
    return 1 if report.faults else 0


def _say_check(report: checking.CheckReport) -> None:
    if report.faults:
        say("This file is NOT whole:")
        for fault in report.faults:
            say(f"  {fault}")
    else:
        say(f"The file is whole. Its record of {report.entries} entries is unbroken.")
        say(f"Head of the record: {report.head}")
    if report.totals:
        say(f"{report.totals} totals were worked out a second way.")
    if report.open_points:
        say("Still open before the next stage or an award:")
        for point in report.open_points:
            say(f"  {point}")


def stage(args: argparse.Namespace, shell: Shell) -> int:
    """Show the stage, or enter another."""
    if args.to is not None:
        with shell.open(args).with_identity(_own(args, shell)) as session:
            staging.change_stage(session, Stage(args.to), args.reason or "")
            report = staging.stage_report(session)
    else:
        with shell.look(args) as session:
            report = staging.stage_report(session)
    if args.json:
        following = None if report.following is None else str(report.following)
        say_json({"stage": str(report.stage), "next": following, "missing": list(report.missing)})
        return 0
    if args.to is not None:
        say(f"The tender is at stage {args.to!r}.")
        return 0
    say(f"Stage: {report.stage}")
    if report.following is not None:
        lacks = "is ready to be entered" if not report.missing else "still needs:"
        say(f"Next: {report.following} {lacks}")
        for point in report.missing:
            say(f"  {point}")
    return 0


def _own(args: argparse.Namespace, shell: Shell) -> "Identity | None":
    """Return whose keys sign the record, where they are given; reading them is slow to load."""
    if not args.identity:
        return None
    from tendereval.commands import asking  # noqa: PLC0415

    return asking.identity(args, shell)


def rank(args: argparse.Namespace, shell: Shell) -> int:
    """Print marks, totals, order, ties and warnings."""
    with shell.look(args) as session:
        with session.reading() as reader:
            now = situation(reader)
        found = ranking.rankings(session, args.lot or "")
    if args.json:
        say_json(ranking_object(now.details, now.stage, now.method, found))
        return 0
    for one in found:
        _say_ranking(one, now.method, now.details.currency, several=len(now.method.lots) > 1)
    return 0


def _say_ranking(one: Ranking, method: Method, currency: str, *, several: bool) -> None:
    if several:
        say(f"Lot {one.lot}")
    rows = [["Rank", "Bidder", "Quality", "Price", "Total", "Amount"]]
    rows += [_row(bid, method, currency) for bid in one.ranked]
    for line in table(rows, right=frozenset({2, 3, 4, 5})):
        say(line)
    say(f"Marks out of {to_text(one.available)}.")
    for out in one.not_ranked:
        say(f"Not ranked: {out.name} ({out.status}). {out.reason}".rstrip())
    for warning in one.warnings:
        say(f"Warning: {warning.text}")
    say()


def _row(bid: RankedBid, method: Method, currency: str) -> list[str]:
    places = 2 if method.round_totals_to is None else method.round_totals_to
    amount = "" if bid.price_amount is None else money(bid.price_amount, currency)
    return [
        f"{bid.rank}{'=' if bid.tied else ''}",
        bid.name,
        rounded_text(bid.quality, 2),
        rounded_text(bid.price_marks, 2),
        rounded_text(bid.total, places),
        amount,
    ]


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands of this module."""
    parser = _with_file(commands, "info", "what is in a file")
    parser.set_defaults(run=info)
    parser = _with_file(commands, "check", "verify a file, its record and its totals")
    parser.set_defaults(run=check)
    parser = _with_file(commands, "stage", "show or change the stage")
    parser.add_argument("--to", choices=[str(one) for one in Stage])
    parser.add_argument("--reason", metavar="TEXT")
    pack_parsers.add_identity(parser, "to sign the head of the record, the lead's")
    parser.set_defaults(run=stage)
    parser = _with_file(commands, "rank", "marks, totals, order, ties and warnings")
    parser.add_argument("--lot")
    parser.set_defaults(run=rank)


def _with_file(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
