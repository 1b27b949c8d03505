"""Days after the award on the Award screen, standstill and retention, figures to copy."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from tendereval.domain.award_dates import AwardDates
from tendereval.domain.errors import UserFixable
from tendereval.domain.tender import Regime
from tendereval.services import dates
from tendereval.services.dates import DateFindings
from tendereval.viewmodels.award_reading import LotReading
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.form_fields import Shape, read_day, show_day
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    reason_field,
    typed_field,
)

_NOTICE, _ENTERED, _NOT, _ELECTRONIC = "notice", "entered", "not awarded", "electronic"
_LABELS: Final = {
    _NOTICE: "Award notice published on",
    _ENTERED: "Contract entered into on",
    _NOT: "Notice that no award is made published on",
}
_NOT_RECORDED: Final = "not recorded"


class DatesPart:
    """What the part shows and does."""

    def __init__(self, state: AwardState) -> None:
        self._state = state

    @property
    def found(self) -> LotReading | None:
        """The lot in sight as it was read last."""
        return self._state.found

    @property
    def _findings(self) -> DateFindings | None:
        return self.found.findings if self.found is not None else None

    @property
    def why_not(self) -> str:
        """Why no day can be recorded now; empty where one can."""
        if not self._state.is_open:
            return "Days of the award are recorded from stage award on."
        return self.found.dates_refusal if self.found is not None else "Reading the dates…"

    @property
    def is_done(self) -> bool:
        """Whether the contract was entered into, or the notice of no award is dated."""
        known = self._findings.dates if self._findings is not None else None
        return known is not None and bool(known.entered_on or known.not_awarded_on)

    @property
    def sentence(self) -> str:
        """The head of the part."""
        findings = self._findings
        if not self._state.is_open:
            return "The days after the award come here"
        if findings is None:
            return "Reading the dates…" if self.found is None else "The days cannot be counted"
        if findings.dates.not_awarded_on is not None:
            return f"No award was made: noticed on {show_day(findings.dates.not_awarded_on)}"
        if findings.dates.entered_on is not None:
            return f"The contract was entered into on {show_day(findings.dates.entered_on)}"
        if findings.standstill is None:
            return "Record when the award notice was published"
        last = findings.standstill.last
        if last is None:
            return "The end of the standstill is not counted here"
        verb = "ended" if findings.is_over else "ends"
        return f"The standstill {verb} at midnight at the end of {show_day(last)}"

    @property
    def under(self) -> str:
        """What stands under the head."""
        return self.why_not or "Worked out from the days you record; no advice."

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The recorded days, what each is and when."""
        findings = self._findings
        return tuple(_facts(findings, self._is_scottish)) if findings is not None else ()

    @property
    def _is_scottish(self) -> bool:
        return self._state.desk.now.details.regime is Regime.SCOTLAND

    @property
    def standstill(self) -> tuple[str, tuple[str, ...], str]:
        """The outcome, how it was counted line by line, and the rule."""
        findings = self._findings
        if findings is None or findings.standstill is None:
            return "Its end is counted once the day of the award notice is recorded.", (), ""
        found = findings.standstill
        return found.sentence, found.working, found.source

    @property
    def retention(self) -> tuple[str, str]:
        """Until when the record is kept, and the rule."""
        findings = self._findings
        return ("", "") if findings is None else (findings.retention.sentence, _rule(findings))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the days say of the order in which things had to happen."""
        return self._findings.warnings if self._findings is not None else ()

    @property
    def holidays(self) -> str:
        """Which bank holidays count, in words."""
        if self._findings is None:
            return ""
        version, verified = self._findings.holidays
        checked = "checked at their source" if verified else "not checked at their source: do so"
        return f"Bank holidays of {version}, {checked}."

    def import_holidays(self, path: Path) -> str:
        """Bring newer bank holidays in; returns what was refused, in words."""
        try:
            dates.import_holidays(self._state.desk.session, path)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        return ""

    def entry(self) -> Entry | None:
        """Return the page that records the days; None while none can be."""
        findings = self._findings
        if findings is None or self.why_not:
            return None
        known, earlier = findings.dates, findings.dates
        shown = {
            _NOTICE: show_day(known.notice_on) if known.notice_on else "",
            _ENTERED: show_day(known.entered_on) if known.entered_on else "",
            _NOT: show_day(known.not_awarded_on) if known.not_awarded_on else "",
            _ELECTRONIC: "yes" if known.electronic else "no",
        }
        fields = [
            typed_field(name, label, _readable, width=24, optional=True)
            for name, label in _LABELS.items()
        ]
        if self._is_scottish:
            words = "Every bidder was told electronically"
            fields.append(typed_field(_ELECTRONIC, words, shape=Shape.TICK))
        if any((known.notice_on, known.entered_on, known.not_awarded_on)):
            hint = "Needed where a day that was recorded changes; both are kept."
            fields.append(reason_field(optional=True, hint=hint))
        lot = findings.lot

        def record(typed: Typed) -> object:
            changed = _read(earlier, typed)
            session = self._state.desk.session
            return dates.record_dates(session, lot, changed, typed.get(REASON, ""))

        return Entry(
            title="Days after the award",
            under="Write a day once it has happened.",
            fields=tuple(fields),
            shown=shown,
            verb="Record the days",
            record=record,
            teaches=lambda _typed: (
                (
                    "The standstill is counted from the day of the notice, the time for which the "
                    "record is kept from the day of the contract."
                ),
            ),
        )

    @property
    def figures_because(self) -> str:
        """Which figures the notice asks for, and why."""
        found = self.found
        if found is None or found.figures is None or not self._state.is_open:
            return "The figures follow the award decision."
        final = "" if found.figures.is_final else " No award stands yet: the figures may change."
        return f"{found.figures.because}{final}"

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """What the contract award notice takes from the evaluation: heading and figure."""
        found = self.found
        if found is None or found.figures is None or not self._state.is_open:
            return ()
        return found.figures.lines

    @property
    def figures_text(self) -> str:
        """All figures, one line each, to paste."""
        return "\n".join(f"{what}: {figure}" for what, figure in self.figures)


def _rule(findings: DateFindings) -> str:
    return findings.retention.source


def _facts(findings: DateFindings, is_scottish: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001
    known = findings.dates
    days = {_NOTICE: known.notice_on, _ENTERED: known.entered_on, _NOT: known.not_awarded_on}
    approved = findings.awarded_on
    yield "Award approved on", show_day(approved) if approved else "not approved"
    for name, label in _LABELS.items():
        day = days[name]
        if day is not None or name != _NOT:
            yield label, show_day(day) if day is not None else _NOT_RECORDED
    if is_scottish:
        yield "Every bidder was told electronically", "yes" if known.electronic else "no"


def _read(earlier: AwardDates, typed: Typed) -> AwardDates:
    return replace(
        earlier,
        notice_on=read_day(typed.get(_NOTICE, "")),
        entered_on=read_day(typed.get(_ENTERED, "")),
        not_awarded_on=read_day(typed.get(_NOT, "")),
        electronic=typed.get(_ELECTRONIC, "yes") != "no",
    )


def _readable(text: str) -> str:
    read_day(text)
    return text
