"""The strips that show pages being read, and how it ended."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, pyqtSlot
from PyQt5.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.auto_label import AutoLabeler, LabelReport
from ocrstudio.services.page_run import RunReport
from ocrstudio.services.readings import Readings
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.annotate.named import first_names
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class RunBar(TranslatedWidget):
    """Progress, count, remaining time and Cancel while pages are read.

    Args:
        name: Of the parts: `<name>Text`, `<name>Progress`, `<name>Cancel`.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = (0, 0, -1.0)
        self._text = label("", f"{name}Text")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}Progress")
        self._bar.setTextVisible(False)
        self.cancel_button = button(f"{name}Cancel", "fa5s.stop")
        inside = QFrame()
        inside.setProperty("role", "card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.addLayout(row(self._text, None, self.cancel_button))
        column.addWidget(self._bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        self.say(self._text.setText, self._sentence)
        self.say(self.cancel_button.setText, lambda: QCoreApplication.translate("RunBar", "Cancel"))
        self.hide()

    def _reading(self, number: int, total: int) -> str:
        """What is being done to a page."""
        raise NotImplementedError

    def _sentence(self) -> str:
        done, total, seconds_left = self._state
        if done >= total:
            return ""
        reading = self._reading(done + 1, total)
        return reading if seconds_left < 0 else f"{reading}  ·  {_time_left(seconds_left)}"

    @pyqtSlot(int, int, float)
    def _on_progressed(self, done: int, total: int, seconds_left: float) -> None:
        self._state = (done, total, seconds_left)
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        self._text.setText(self._sentence())


def _time_left(seconds: float) -> str:
    translate = QCoreApplication.translate
    if seconds < 60:
        return translate("RunBar", "about {count} s left").format(count=max(1, round(seconds)))
    if seconds < 5400:
        return translate("RunBar", "about {count} min left").format(count=round(seconds / 60))
    return translate("RunBar", "about {count} h left").format(count=round(seconds / 3600))


class LabelRunBar(RunBar):
    """Automatic labelling at work; afterwards what came of it."""

    def __init__(
        self, labeler: AutoLabeler, recognizer: Recognizer, message: MessageBar, parent: QWidget | None = None
    ) -> None:
        super().__init__("labelRun", parent)
        self._message = message
        self.cancel_button.clicked.connect(labeler.cancel)
        labeler.started.connect(self._on_labeler_started)
        labeler.progressed.connect(self._on_progressed)
        labeler.finished.connect(self._on_labeler_finished)
        labeler.box_read_failed.connect(self._on_labeler_box_read_failed)
        recognizer.restarted.connect(self._on_recognizer_restarted)

    def _reading(self, number: int, total: int) -> str:
        return self.tr("Labelling page {number} of {total}").format(number=number, total=total)

    @pyqtSlot(int)
    def _on_labeler_started(self, _total: int) -> None:
        self._message.clear()
        self.show()

    @pyqtSlot(str)
    def _on_recognizer_restarted(self, file: str) -> None:
        self._message.show_message(
            "warn",
            lambda: self.tr("Reading stopped at {file}. It was started again and tries the page once more.").format(
                file=file
            ),
        )

    @pyqtSlot(object)
    def _on_labeler_finished(self, report: LabelReport) -> None:
        self.hide()
        if report.fatal is not None:
            self._message.show_error(report.fatal)
        elif report.failures:
            self._message.show_message(
                "warn",
                lambda: self._failure_sentence(report),
                details="\n".join(_line(*item) for item in report.failures),
            )
        elif report.cancelled:
            self._message.show_message(
                "warn",
                lambda: self.tr("Stopped. {done} of {total} pages are labelled.").format(
                    done=report.done, total=report.total
                ),
            )
        elif report.total > 1:
            self._message.show_message(
                "good",
                lambda: self.tr("{done} pages are labelled: {lines} lines. Now check them, page by page.").format(
                    done=report.done, lines=report.lines
                ),
            )
        elif report.lines == 0:
            self._message.show_message("warn", lambda: self.tr("No text was found on this page."))

    def _failure_sentence(self, report: LabelReport) -> str:
        if report.total == 1:
            return _line(*report.failures[0])
        text = self.tr("{done} of {total} pages are labelled. {failed} could not be read: {files}.")
        files = first_names([name for name, _ in report.failures])
        return text.format(done=report.done, total=report.total, failed=len(report.failures), files=files)

    @pyqtSlot(object)
    def _on_labeler_box_read_failed(self, failed: Failed) -> None:
        self._message.show_error(failed)


class PagesRunBar(RunBar):
    """Many pages being changed: marked, turned or taken out.

    Args:
        name: As of `RunBar`.
        words: What is being done: "… {number} of {total}".
    """

    def __init__(self, name: str, words: Callable[[], str], parent: QWidget | None = None) -> None:
        self._words = words
        super().__init__(name, parent)

    def _reading(self, number: int, total: int) -> str:
        return self._words().format(number=f"{number:,}", total=f"{total:,}")

    @pyqtSlot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Appears while there is something to do. A single page is done before anybody has read of it."""
        self._on_progressed(done, total, -1.0)
        self.setVisible(total > 1 and done < total)


class CompareRunBar(RunBar):
    """The model reading all labelled pages, to find the lines that it reads differently."""

    def __init__(self, readings: Readings, message: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__("compareRun", parent)
        self._message = message
        self.cancel_button.clicked.connect(readings.cancel)
        readings.started.connect(self._on_readings_started)
        readings.progressed.connect(self._on_progressed)
        readings.finished.connect(self._on_readings_finished)
        readings.failed.connect(message.show_error)

    def _reading(self, number: int, total: int) -> str:
        return self.tr("Comparing page {number} of {total} with the model").format(number=number, total=total)

    @pyqtSlot(int)
    def _on_readings_started(self, _total: int) -> None:
        self.show()

    @pyqtSlot(object)
    def _on_readings_finished(self, report: RunReport) -> None:
        self.hide()
        if report.fatal is not None:
            self._message.show_error(report.fatal)
        elif report.failures:
            self._message.show_message(
                "warn",
                lambda: self.tr("{done} of {total} pages are compared. {failed} could not be read.").format(
                    done=report.done, total=report.total, failed=len(report.failures)
                ),
                details="\n".join(_line(*item) for item in report.failures),
            )


def _line(name: str, failed: Failed) -> str:
    """What happened to one page; names the page even where the child's sentence does not."""
    sentence = in_words(failed)
    return sentence if name in sentence else f"{name}: {sentence}"
