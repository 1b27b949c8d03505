"""Every error the product raises on purpose.

TenderEvalError
├─ UserFixable            says what happened, what was kept, what to do next
│   ├─ FileProblem        NotATenderFile · DamagedFile · NewerFile · FileLocked · ReadOnlyFile
│   │                     ChangedUnderneath · DiskFull · FileExists
│   ├─ IncompleteRecord   MissingRationale · MissingAgreedScore · MissingPrice · NotDeclared
│   │                     WeightsDoNotSum · MethodIncomplete · NotReady
│   ├─ RuleRefusal        NotAllowedNow · NotOnTheScale · NotTheirs · NotSupported · WrongPin
│   │                     Undefined · UnknownReference · ReasonNeeded
│   └─ ExchangeProblem    WorkbookProblems · UnreadableWorkbook · UnreadableDocument
│                         UnreadablePack · NewerPack · WrongPassphrase · PassphraseNeeded
│                         NotForYou · BadSignature · WrongTender · StaleReturn · OtherKey
│                         KeysNeeded
└─ Bug                    ours; never caught below the outermost layer
"""

from collections.abc import Sequence
from dataclasses import dataclass


class TenderEvalError(Exception):
    """The root of the tree; catch one of its two branches instead."""


class Bug(TenderEvalError):
    """Something the product must never do; the user cannot mend it."""


class UserFixable(TenderEvalError):
    """A refusal in plain words that the person at the screen can act on.

    Args:
        happened: what was refused or went wrong, one sentence.
        kept: what is still there, one sentence; by default that nothing was changed.
        do: what to do next, one sentence.
    """

    def __init__(self, happened: str, do: str, kept: str = "Nothing was changed.") -> None:
        self.happened = happened
        self.kept = kept
        self.do = do
        super().__init__(f"{happened} {kept} {do}")


class FileProblem(UserFixable):
    """The file or its surroundings stand in the way."""


class NotATenderFile(FileProblem):
    """The bytes are those of some other kind of file."""


class DamagedFile(FileProblem):
    """A tender file whose content no longer holds together."""


class NewerFile(FileProblem):
    """Written by a newer version of the product than this one."""


class FileLocked(FileProblem):
    """Another process, here or elsewhere, has the file open."""


class ReadOnlyFile(FileProblem):
    """The file or its folder may not be written."""


class ChangedUnderneath(FileProblem):
    """The file on disk is no longer the one that was opened."""


class DiskFull(FileProblem):
    """No room for the change; the file stays as it was before it."""


class FileExists(FileProblem):
    """A file of that name is there already and is not written over."""


class IncompleteRecord(UserFixable):
    """Something that a later step needs has not been recorded yet."""


class MissingRationale(IncompleteRecord):
    """A score without the reason for it."""


class MissingAgreedScore(IncompleteRecord):
    """A scored question of an assessed bid has no agreed score."""


class MissingPrice(IncompleteRecord):
    """An assessed bid has no price for a price criterion."""


class NotDeclared(IncompleteRecord):
    """A person has not declared interests, or a declared one awaits a decision."""


class WeightsDoNotSum(IncompleteRecord):
    """The weights cannot be combined as the method says."""


class MethodIncomplete(IncompleteRecord):
    """The method lacks what it needs before it can be published or used.

    Args:
        missing: one sentence per gap, in the order of the method.
    """

    def __init__(self, missing: Sequence[str], what: str) -> None:
        self.missing = tuple(missing)
        super().__init__(f"{what}: {' '.join(self.missing)}", "Complete it in Set-up.")


class NotReady(IncompleteRecord):
    """The next stage needs something first.

    Args:
        missing: one sentence per open point, in the order to mend them.
    """

    def __init__(self, stage: str, missing: Sequence[str]) -> None:
        self.stage = stage
        self.missing = tuple(missing)
        listed = "\n".join(f"- {point}" for point in self.missing)
        super().__init__(
            f"The tender cannot move to stage {stage!r} yet:\n{listed}\n",
            "Mend these points and try again.",
        )


class RuleRefusal(UserFixable):
    """The law's, the tender's or the stage's rule does not allow it."""


class NotAllowedNow(RuleRefusal):
    """The stage of the tender does not allow this change."""


class NotOnTheScale(RuleRefusal):
    """The value is not one of the published scale."""


class NotTheirs(RuleRefusal):
    """This person does not score that, or may not."""


class WrongPin(RuleRefusal):
    """The PIN is not this person's, is none at all, or it is too early to try again."""


class NotSupported(RuleRefusal):
    """A rule that the product knows by name and refuses to compute for now."""


class Undefined(RuleRefusal):
    """The published rule has no answer for the bids received."""


class UnknownReference(RuleRefusal):
    """No criterion, bidder, lot or person of that name is in the tender."""


class ReasonNeeded(RuleRefusal):
    """A change that is only made with a reason came without one."""


class ExchangeProblem(UserFixable):
    """Something that came from outside cannot be taken in."""


class UnreadableWorkbook(ExchangeProblem):
    """The file cannot be read as a workbook at all."""


class UnreadableDocument(ExchangeProblem):
    """A bidder's document cannot be read, or is more than the product reads."""


class UnreadablePack(ExchangeProblem):
    """A pack, return, card or key file is not one, damaged, cut short or past every bound."""


class NewerPack(ExchangeProblem):
    """A newer version of the product made the file."""


class WrongPassphrase(ExchangeProblem):
    """The passphrase does not open the file."""


class PassphraseNeeded(ExchangeProblem):
    """The file opens with a passphrase and none was given."""


class NotForYou(ExchangeProblem):
    """The file is sealed for somebody else."""


class BadSignature(ExchangeProblem):
    """What was signed is not what is there: altered, or signed by nobody known."""


class WrongTender(ExchangeProblem):
    """The file belongs to another tender, or to another version of its method."""


class StaleReturn(ExchangeProblem):
    """A newer return of the same person is held already."""


class OtherKey(ExchangeProblem):
    """A person known by one signing key signed with another."""


class KeysNeeded(ExchangeProblem):
    """The keys that this needs are not at hand: the tender's, or the person's own."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing that is wrong in a workbook.

    Attributes:
        sheet: the sheet's name as the workbook writes it.
        row: 1 for the first row; None when the whole sheet is meant.
        column: the column's heading; None when the whole row or sheet is meant.
        wrong: what is wrong, one sentence.
        write: what to write instead, one sentence.
    """

    sheet: str
    row: int | None
    column: str | None
    wrong: str
    write: str

    def __str__(self) -> str:
        """Return the problem as one line of plain words."""
        row = f", row {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.sheet}{row}{column}: {self.wrong} {self.write}"


class WorkbookProblems(ExchangeProblem):
    """Everything that stands in the way of taking a workbook in, at once.

    Args:
        problems: ordered by sheet, row and column as in the workbook.
    """

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        number = len(self.problems)
        listed = "\n".join(f"- {problem}" for problem in self.problems)
        things = "one problem" if number == 1 else f"{number} problems"
        super().__init__(
            f"The workbook has {things}:\n{listed}\n", "Mend the cells named above and try again."
        )
