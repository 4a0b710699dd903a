"""A subcommand of the command line, run beside the window: the same work as in a terminal, with progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.protocol.messages import Done, Failed, Message, Stage
from ocrstudio.services.engine_process import EngineProcess, Outcome

CANCEL_GRACE_MS = 3000


class CommandJob(QObject):
    """Runs `ocrstudio <subcommand> --protocol <arguments>` once and tells how it goes.

    Exactly one of `done`, `failed` and `cancelled` follows each `start`.

    Args:
        arguments: The subcommand and its arguments, such as `["split", folder, "--out", out]`.
        parent: Owner; it calls `close`.
        program: Replaces `python -m ocrstudio` (tests).
    """

    progressed = pyqtSignal(str, int, int)  # name of the step, done, total (0: unknown)
    done = pyqtSignal(object)  # dict: what the subcommand prints with --json
    failed = pyqtSignal(object)  # protocol Failed
    cancelled = pyqtSignal()
    log_received = pyqtSignal(str)  # one line

    def __init__(self, arguments: list[str], parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._name = arguments[0] if arguments else ""
        self._answer: Done | Failed | None = None
        self._cancelling = False
        self._process = EngineProcess([*arguments[:1], "--protocol", *arguments[1:]], self, program)
        self._process.message_received.connect(self._on_process_message_received)
        self._process.log_received.connect(self.log_received)
        self._process.ended.connect(self._on_process_ended)

    @property
    def is_running(self) -> bool:
        """True from `start` until one of the closing signals."""
        return self._process.is_running

    def start(self) -> None:
        """Starts the subcommand; failures come through `failed`."""
        self._answer, self._cancelling = None, False
        self._process.start()

    def cancel(self) -> None:
        """Stops the subcommand; `cancelled` follows once it is gone."""
        if self._process.is_running:
            self._cancelling = True
            self._process.stop(CANCEL_GRACE_MS)

    def close(self) -> None:
        """Ends the child, if any, and waits for it. No signal follows."""
        self.blockSignals(True)
        self._process.close()

    @pyqtSlot(object)
    def _on_process_message_received(self, message: Message) -> None:
        if isinstance(message, Stage):
            self.progressed.emit(message.name, message.done, message.total)
        elif isinstance(message, Done | Failed):
            self._answer = message

    @pyqtSlot(object)
    def _on_process_ended(self, outcome: Outcome) -> None:
        if isinstance(self._answer, Done):
            result: dict[str, Any] = self._answer.result
            self.done.emit(result)
        elif self._cancelling:
            self.cancelled.emit()
        elif self._answer is not None:
            self.failed.emit(self._answer)
        else:
            self.failed.emit(unexplained_end(self._name, outcome))


class OneJob(QObject):
    """Runs subcommands, one at a time.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces `python -m ocrstudio` (tests).
    """

    changed = pyqtSignal()  # one begins, or ends
    progressed = pyqtSignal(str, int, int)  # see `CommandJob`

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._job: CommandJob | None = None

    @property
    def is_running(self) -> bool:
        """Whether a subcommand is under way."""
        return self._job is not None

    def start(
        self,
        arguments: list[str],
        on_done: Callable[[dict[str, Any]], object],
        on_failed: Callable[[Failed], object],
        on_cancelled: Callable[[], object] = lambda: None,
    ) -> bool:
        """Starts a subcommand; whether none was running.

        Args:
            arguments: See `CommandJob`.
            on_done: Gets what it prints with --json.
            on_failed: Gets why it came to nothing.
            on_cancelled: Called instead of both after `cancel`, once it is gone.
        """
        if self._job is not None:
            return False
        job = CommandJob(arguments, self, self._program)

        def end(tell: Callable[[], object]) -> None:
            self._job = None
            job.deleteLater()
            self.changed.emit()
            tell()

        job.progressed.connect(self.progressed)
        job.done.connect(lambda result: end(lambda: on_done(result)))
        job.failed.connect(lambda failed: end(lambda: on_failed(failed)))
        job.cancelled.connect(lambda: end(on_cancelled))
        self._job = job
        self.changed.emit()
        job.start()
        return True

    def cancel(self) -> None:
        """Ends what is under way."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Ends what is under way and waits for it. No signal follows; another may begin."""
        if self._job is not None:
            self._job.close()
            self._job.deleteLater()
            self._job = None


def unexplained_end(name: str, outcome: Outcome) -> Failed:
    """What to tell about a child that ended without saying why.

    Args:
        name: The subcommand or child, as the user may find it in the log.
        outcome: How it ended.
    """
    if outcome.kind == "not_started":
        what = QT_TRANSLATE_NOOP("Errors", "The helper program ({name}) could not be started.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Install OCR Studio again; the Setup page shows what is missing.")
    elif outcome.kind == "killed":
        what = QT_TRANSLATE_NOOP("Errors", "The helper program ({name}) was ended by the system.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Most often memory ran out: close other programs and try again.")
    else:
        what = QT_TRANSLATE_NOOP("Errors", "The helper program ({name}) ended unexpectedly (code {code}).")
        remedy = QT_TRANSLATE_NOOP("Errors", "Try again; if it happens again, the details tell why.")
    values = {"name": name, "code": outcome.exit_code}
    return Failed(what=what, remedy=remedy, values=values, details=outcome.last_error_text)
