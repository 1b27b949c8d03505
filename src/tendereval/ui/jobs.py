"""Work off the screen's thread, with progress and cancel.

One of the two places that may catch whatever is raised.
"""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    QThreadPool,
    Signal,
    Slot,
)

from tendereval.services.progress import Cancelled, Progress

Job = Callable[[Progress], object]
_BETWEEN_SIGNALS: Final = 0.05


class _Relay(QObject):
    done = Signal(object)
    failed = Signal(object)
    stepped = Signal(int, int, str)


class _Watch:
    """Progress as a running job sees it; signals at most twenty times a second."""

    def __init__(self, relay: _Relay, stop: Event) -> None:
        self._relay, self._stop, self._last = relay, stop, 0.0

    def step(self, done: int, total: int, label: str) -> None:
        """Pass progress on, or end the job where the person asked for it."""
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if now - self._last >= _BETWEEN_SIGNALS or done >= total:
            self._last = now
            self._relay.stepped.emit(done, total, label)


class _Run(QRunnable):
    def __init__(self, job: Job, relay: _Relay, stop: Event) -> None:
        super().__init__()
        self._job, self._relay, self._stop = job, relay, stop

    def run(self) -> None:
        try:
            result = self._job(_Watch(self._relay, self._stop))
        except Exception as error:  # noqa: BLE001 - whatever a job raises goes to the screen
            self._relay.failed.emit(error)
        else:
            self._relay.done.emit(result)


class JobRunner(QObject):
    """Runs jobs one after another, so that access to the file stays serial.

    Signals:
        progressed: done, total and a label, while a job runs.
        started: a label; finished: nothing is running any more.
    """

    progressed = Signal(int, int, str)
    started = Signal(str)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stops: list[Event] = []
        self._relays: list[_Relay] = []
        self._is_ended = False

    def run(
        self,
        label: str,
        job: Job,
        on_done: Callable[[object], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Run a job; its result or its error comes back on the screen's thread.

        Args:
            label: what it does, for the corner (``Writing the award report``).
            job: takes a Progress and returns a frozen result.
            on_done: takes the result.
            on_failed: takes the error; ``Cancelled`` where the person stopped it.
        """
        if self._is_ended:
            return
        stop, relay = Event(), _Relay(self)

        @Slot(object)
        def over(outcome: object, then: Callable[[object], None]) -> None:
            self._stops.remove(stop)
            self._relays.remove(relay)
            relay.deleteLater()
            if not self._stops:
                self.finished.emit()
            then(outcome)

        relay.done.connect(lambda result: over(result, on_done))
        relay.failed.connect(lambda error: over(error, on_failed))  # type: ignore[arg-type]  # the error a job raised
        relay.stepped.connect(self.progressed)
        self._stops.append(stop)
        self._relays.append(relay)
        self.started.emit(label)
        self._pool.start(_Run(job, relay, stop))

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._stops)

    def cancel(self) -> None:
        """Ask every job to stop at its next step."""
        for stop in self._stops:
            stop.set()

    def wait(self, milliseconds: int) -> bool:
        """Wait for jobs to end, up to a limit, and say whether they have."""
        return self._pool.waitForDone(milliseconds)

    def end(self, milliseconds: int) -> None:
        """Stop every job for good, before the file is closed under it.

        What has come within the limit is passed on at once; what comes later never is, and no
        job is begun any more.
        """
        self._is_ended = True
        self.cancel()
        self.wait(milliseconds)
        for relay in tuple(self._relays):
            QCoreApplication.sendPostedEvents(relay, QEvent.Type.MetaCall)
        for relay in self._relays:
            relay.blockSignals(True)
