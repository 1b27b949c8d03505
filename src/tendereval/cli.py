"""The command line: words to commands, errors to sentences and exit status; no Qt, no rule.

Exit status: 0 done; 1 refused, the person can put it right; 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress

from tendereval import __version__
from tendereval.commands import deciding, demo, looking, making, writing
from tendereval.commands.shell import Json, Shell, complain, say_json
from tendereval.domain.errors import UserFixable, WorkbookProblems


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="tendereval",
        description="Evaluate public tenders offline: scores, moderation, ranking, documents.",
    )
    parser.add_argument("--version", action="version", version=f"tendereval {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (demo, making, looking, deciding, writing):
        module.add_parsers(commands)
    for name, command in commands.choices.items():
        if name not in {"demo", "template"}:
            _who(command, name)
    return parser


def _who(command: argparse.ArgumentParser, name: str) -> None:
    if name != "new":
        command.add_argument(
            "--by", metavar="PERSON", help="who is at work (else the lead of the panel)"
        )
        command.add_argument(
            "--take-over",
            action="store_true",
            help="open a file whose lock belongs to a program that is certainly gone",
        )


def main(argv: Sequence[str] | None = None, shell: Shell | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: the words after the program's name; None takes those of the process.
        shell: where time and identities come from; None is the machine's.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 2
    args.run_command = main
    try:
        return int(args.run(args, shell or Shell()))
    except UserFixable as refusal:
        complain(f"{refusal.happened}\n{refusal.kept}\n{refusal.do}")
        if args.json:
            say_json({"ok": False, "refused": refusal.happened, "problems": _problems(refusal)})
        return 1
    except BrokenPipeError:
        return 0


def _problems(refusal: UserFixable) -> Json:
    if not isinstance(refusal, WorkbookProblems):
        return []
    return [
        {
            "sheet": item.sheet,
            "row": item.row,
            "column": item.column,
            "wrong": item.wrong,
            "write": item.write,
        }
        for item in refusal.problems
    ]


if __name__ == "__main__":
    sys.exit(main())
