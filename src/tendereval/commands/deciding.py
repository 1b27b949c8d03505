"""``award`` and ``approve``: the decision and the words on it."""

import argparse
from datetime import date
from pathlib import Path

from tendereval.commands.shell import Shell, say
from tendereval.domain.award import Approval, ApprovalOutcome
from tendereval.domain.errors import FileProblem, UnknownReference
from tendereval.domain.ids import LotId
from tendereval.services import awarding
from tendereval.services.situation import Situation, situation


def award(args: argparse.Namespace, shell: Shell) -> int:
    """Record whom the lead recommends for a lot, and why."""
    given: str | None = args.rationale
    rationale = _text_of(Path(args.rationale_file)) if given is None else given
    with shell.open(args) as session:
        with session.reading() as reader:
            now = situation(reader)
        bidders = tuple(now.bidder_named(name).id for name in args.to)
        lot = _lot(args, now)
        awarding.decide_award(session, lot, bidders, rationale)
    names = ", ".join(args.to) or "nobody"
    say(f"Recorded for lot {lot}: {names}. It is a draft until approved.")
    return 0


def _lot(args: argparse.Namespace, now: Situation) -> LotId:
    """Return the lot that is meant; the only one there is needs no naming."""
    if args.lot:
        return now.lot(args.lot)
    lots = [lot.ref for lot in now.method.lots]
    if len(lots) > 1:
        raise UnknownReference("It is not said which lot is meant.", f"Use --lot {lots[0]}.")
    return lots[0]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(
            f"{path.name} cannot be read as text.", "Save the rationale as UTF-8 text."
        ) from error


def approve(args: argparse.Namespace, shell: Shell) -> int:
    """Record one person's word on the award decision of a lot."""
    with shell.open(args) as session:
        with session.reading() as reader:
            now = situation(reader)
        person = now.person_named(args.person).person
        given_on = args.date or shell.clock().date()
        lot = _lot(args, now)
        outcome = ApprovalOutcome(args.word)
        approval = Approval(lot, 0, person, args.role, outcome, given_on, args.statement or "")
        awarding.approve(session, approval)
        say(f"Recorded: {now.name(person)}, {args.role}, {outcome} (lot {lot}).")
    return 0


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("award", help="record the award decision of a lot")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--lot")
    parser.add_argument("--to", metavar="BIDDER", nargs="*", default=[], help="in order of rank")
    reasons = parser.add_mutually_exclusive_group(required=True)
    reasons.add_argument("--rationale", metavar="TEXT")
    reasons.add_argument("--rationale-file", metavar="TEXT.md")
    parser.set_defaults(run=award, json=False)

    parser = commands.add_parser("approve", help="record an approval of the award decision")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--lot")
    parser.add_argument("--person", required=True, metavar="NAME", help="of the panel")
    parser.add_argument("--role", required=True, help="the office, for example Director")
    parser.add_argument("--word", choices=[str(one) for one in ApprovalOutcome], required=True)
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--statement", metavar="TEXT")
    parser.set_defaults(run=approve, json=False)
