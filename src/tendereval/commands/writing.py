"""``report``: documents out."""

import argparse
from pathlib import Path
from typing import Final

from tendereval.commands.shell import Shell, say
from tendereval.services.reporting import KINDS, write_report

_DESCRIPTION: Final = (
    "award: the award report, PDF. scores: the scores workbook, xlsx. public-value: what was "
    "found about public value, with its sources, PDF. commitments: the winner's complete "
    "commitments as the contract schedule, PDF or xlsx by the ending of PATH."
)


def report(args: argparse.Namespace, shell: Shell) -> int:
    """Write one document from the record."""
    with shell.open(args) as session:
        path = write_report(session, args.kind, Path(args.out))
    say(f"Wrote {path}")
    return 0


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command of this module."""
    parser = commands.add_parser(
        "report", help="write a document from the record", description=_DESCRIPTION
    )
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--out", required=True, metavar="PATH")
    parser.set_defaults(run=report, json=False)
