"""``report``: documents out."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tendereval.commands.shell import Shell, say
from tendereval.services.authority_logo import read_logo
from tendereval.services.reporting import KINDS, report_model, write_report
from tendereval.services.reporting_award import publication_remarks
from tendereval.services.reporting_documents import (
    MODERATION,
    SUMMARIES,
    export_summaries,
    write_moderation,
)
from tendereval.services.session import Session
from tendereval.services.situation import situation

_DESCRIPTION: Final = (
    "award: the award report for the file, PDF. award-publication: the same without names of "
    "people and confidential points, each omission marked. scores: the scores workbook, xlsx. "
    "public-value: what was found about public value, with its sources, PDF. commitments: the "
    "winner's complete commitments as the contract schedule, PDF or xlsx by the ending of PATH. "
    "moderation: what evaluators scored, what the panel agreed and what changed, PDF. summaries: "
    "the assessment summary of every supplier as PDF and Word, into the folder PATH, all or none."
)


def report(args: argparse.Namespace, shell: Shell) -> int:
    """Write one document from the record."""
    with shell.open(args) as session:
        logo = read_logo(Path(args.logo)) if args.logo else b""
        for path in _written(session, args, logo):
            say(f"Wrote {path}")
        if args.kind == "award-publication":
            for remark in publication_remarks(report_model(session)):
                say(f"Look at this before it is published: {remark}")
    return 0


def _written(session: Session, args: argparse.Namespace, logo: bytes) -> Iterator[Path]:
    out = Path(args.out)
    if args.kind == MODERATION:
        yield write_moderation(session, out, logo)
    elif args.kind == SUMMARIES:
        for lot in _lots(session, args):
            yield from (one.path for one in export_summaries(session, lot, out, logo=logo))
    else:
        yield write_report(session, args.kind, out, logo)


def _lots(session: Session, args: argparse.Namespace) -> list[str]:
    if args.lot:
        return [str(args.lot)]
    with session.reading() as reader:
        return [lot.ref for lot in situation(reader).method.lots]


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command of this module."""
    parser = commands.add_parser(
        "report", help="write a document from the record", description=_DESCRIPTION
    )
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("kind", choices=sorted({*KINDS, MODERATION, SUMMARIES}))
    parser.add_argument("--out", required=True, metavar="PATH")
    parser.add_argument(
        "--logo", metavar="PATH", help="another logo than the one kept in the file, PNG or SVG"
    )
    parser.add_argument("--lot", metavar="LOT", help="summaries of one lot only")
    parser.set_defaults(run=report, json=False)
