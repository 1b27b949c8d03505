"""The command line: words to commands, errors to sentences and exit status; no Qt, no rule.

Exit status: 0 done; 1 refused, the person can put it right; 2 wrong usage. What commands need is
imported once a command is wanted: the app paints its first window without it.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from tendereval import __version__
from tendereval.commands import opening
from tendereval.domain.errors import Bug, UserFixable, WorkbookProblems

if TYPE_CHECKING:
    from tendereval.commands.shell import Json, Shell


@cache
def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command; no command at all, or one file, opens the app."""
    parser = argparse.ArgumentParser(
        prog="tendereval",
        description="Evaluate public tenders offline: scores, moderation, ranking, documents.",
    )
    parser.add_argument("--version", action="version", version=f"tendereval {__version__}")
    from tendereval.commands import (  # noqa: PLC0415 - see above
        deciding,
        demo,
        looking,
        making,
        pack_parsers,
        public_value,
        writing,
    )

    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (demo, making, looking, pack_parsers, deciding, public_value, writing):
        module.add_parsers(commands)
    for name, command in commands.choices.items():
        if name not in {"demo", "template", "identity"}:
            _who(command, name)
    return parser


_EVALUATORS = frozenset({"open-pack", "declare", "score", "return", "receipt", "confirm"})
"""Commands on a working file, which one person alone works on."""


def _who(command: argparse.ArgumentParser, name: str) -> None:
    if name != "new":
        if name not in _EVALUATORS:
            command.add_argument(
                "--by", metavar="PERSON", help="who is at work (else the lead of the panel)"
            )
        command.add_argument(
            "--take-over",
            action="store_true",
            help="open a file whose lock belongs to a program that is certainly gone",
        )


def main(argv: Sequence[str] | None = None, shell: "Shell | None" = None) -> int:
    """Run one command and return its exit status.

    Args:
        argv: the words after the program's name; None takes those of the process.
        shell: where time and identities come from; None is the machine's.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    words = sys.argv[1:] if argv is None else list(argv)
    if any("\0" in word for word in words):
        _complain("A word of the command holds a NUL character, which no name or file can have.")
        return 2
    if opening.is_wanted(words):
        return opening.open_app(words)
    from tendereval.commands.shell import Shell  # noqa: PLC0415 - see above

    try:
        args = build_parser().parse_args(words)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 2
    args.run_command = main
    return _printed(partial(_run, args, shell or Shell()))


def _complain(text: str) -> None:
    from tendereval.commands.shell import complain  # noqa: PLC0415 - see above

    complain(text)


def _run(args: argparse.Namespace, shell: "Shell") -> int:
    try:
        return int(args.run(args, shell))
    except UserFixable as refusal:
        _complain(f"{refusal.happened}\n{refusal.kept}\n{refusal.do}")
        if args.json:
            from tendereval.commands.shell import say_json  # noqa: PLC0415 - see above

            say_json(
                {
                    "ok": False,
                    "refused": refusal.happened.strip(),
                    "kept": refusal.kept,
                    "do": refusal.do,
                    "problems": _problems(refusal),
                }
            )
        return 1
    except Bug as fault:
        _complain(f"A fault of tendereval: {fault}\n{_TAKEN_BACK}\nPlease report it.")
        return 1
    except KeyboardInterrupt:
        _complain(f"Stopped.\n{_TAKEN_BACK}\nStart the command again when you like.")
        return 1


_TAKEN_BACK = "What was not finished was taken back; everything before it is kept."


def _printed(run: Callable[[], int]) -> int:
    """Run a command and see its output on its way; nobody reading it is no failure."""
    try:
        status = run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still unwritten goes nowhere, so that leaving the program does not fail on it.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _complain(f"The result could not be printed: {error.strerror}.\nWhat was done is kept.")
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _problems(refusal: UserFixable) -> "Json":
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
