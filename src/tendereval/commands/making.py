"""``template``, ``new`` and ``import``: workbooks in."""

import argparse
from datetime import date
from pathlib import Path

from tendereval.commands.shell import VIA, Json, Shell, say, say_json
from tendereval.domain.errors import FileExists
from tendereval.domain.tender import VersionKind
from tendereval.exchange.template import write_template
from tendereval.services import importing
from tendereval.services.importing import ImportReport, Why
from tendereval.services.methods import Amendment
from tendereval.services.situation import Situation, situation


def template(args: argparse.Namespace, _shell: Shell) -> int:
    """Write an empty set-up workbook."""
    path = Path(args.out)
    if path.exists():
        raise FileExists(f"{path.name} is there already.", "Choose another name.")
    write_template(path)
    say(f"Wrote {path}. Fill it in, then: tendereval new NAME.tender --from {path}")
    return 0


def new(args: argparse.Namespace, shell: Shell) -> int:
    """Make a tender file from a workbook, or only say what would be made."""
    path, workbook = Path(args.file), Path(args.source)
    if args.dry_run:
        tried = importing.try_new_tender(path, workbook, person=args.by or "", clock=shell.clock)
        _report(args, tried, f"Nothing was made. {path.name}")
        return 0
    session, report = importing.new_tender(
        path,
        workbook,
        person=args.by or "",
        clock=shell.clock,
        tender_id=shell.new_id(),
        via=VIA,
    )
    with session:
        _report(args, report, f"Made {path}. It")
    return 0


def import_(args: argparse.Namespace, shell: Shell) -> int:
    """Add to or correct a tender from a workbook."""
    with shell.open(args) as session:
        with session.reading() as reader:
            now = situation(reader)
        report = importing.import_workbook(
            session, Path(args.source), dry_run=args.dry_run, why=_why(args, now)
        )
        done = "Nothing was changed. The tender" if args.dry_run else "The tender"
        _report(args, report, done)
    return 0


def _why(args: argparse.Namespace, now: Situation) -> Why:
    reason = args.reason or ""
    approver = now.person_named(args.approver).person if args.approver else None
    if args.amend is None:
        return Why(reason=reason, approver=approver)
    amendment = Amendment(VersionKind(args.amend), reason, args.republished, approver)
    return Why(amendment, reason)


def _report(args: argparse.Namespace, report: ImportReport, beginning: str) -> None:
    if args.json:
        brought: dict[str, Json] = dict(report.brought)
        say_json(
            {
                "ok": True,
                "dry_run": args.dry_run,
                "stage": str(report.stage),
                "brought": brought,
                "notes": list(report.notes),
            }
        )
        return
    verb = "would be" if args.dry_run else "is"
    say(f"{beginning} {verb} at stage {str(report.stage)!r}.")
    for name, number in report.brought.items():
        say(f"  {number} {name}")
    for note in report.notes:
        say(f"Note: {note}")


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("template", help="write an empty set-up workbook")
    parser.add_argument("out", metavar="OUT.xlsx")
    parser.set_defaults(run=template, json=False)

    parser = commands.add_parser("new", help="make a tender file from a workbook")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--from", dest="source", metavar="BOOK.xlsx", required=True)
    parser.add_argument("--by", metavar="NAME", help="who makes it (else the workbook's lead)")
    _flags(parser)
    parser.set_defaults(run=new)

    parser = commands.add_parser("import", help="add to or correct a tender from a workbook")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--from", dest="source", metavar="BOOK.xlsx", required=True)
    parser.add_argument(
        "--amend",
        choices=["amendment", "refinement", "modification", "transcription correction"],
        help="publish the workbook's method as a new version",
    )
    parser.add_argument("--reason", help="why something that stands is changed")
    parser.add_argument("--republished", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument(
        "--approver",
        metavar="PERSON",
        help="second person of a correction, or who reopens agreed scores at stage price",
    )
    _flags(parser)
    parser.set_defaults(run=import_)


def _flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would happen")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
