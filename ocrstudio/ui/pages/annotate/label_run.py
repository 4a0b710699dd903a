"""The strip that shows automatic labelling at work, and how it ended."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.auto_label import AutoLabeler, LabelReport
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class LabelRunBar(TranslatedWidget):
    """Progress, count, remaining time and Cancel while pages are read; afterwards what came of it."""

    def __init__(self, labeler: AutoLabeler, message: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = message
        self._state = (0, 0, -1.0)
        self._text = label("", "labelRunText")
        self._bar = QProgressBar()
        self._bar.setObjectName("labelRunProgress")
        self._bar.setTextVisible(False)
        self.cancel_button = button("cancelLabelRun", "fa5s.stop")
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
        self.say(self.cancel_button.setText, lambda: self.tr("Cancel"))
        self.cancel_button.clicked.connect(labeler.cancel)
        labeler.started.connect(self._on_labeler_started)
        labeler.progressed.connect(self._on_labeler_progressed)
        labeler.finished.connect(self._on_labeler_finished)
        labeler.box_read_failed.connect(self._on_labeler_box_read_failed)
        self.hide()

    def _sentence(self) -> str:
        done, total, seconds_left = self._state
        if done >= total:
            return ""
        reading = self.tr("Labelling page {number} of {total}").format(number=done + 1, total=total)
        if seconds_left < 0:
            return reading
        return f"{reading}  ·  {self._time_left(seconds_left)}"

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("about {count} s left").format(count=max(1, round(seconds)))
        if seconds < 5400:
            return self.tr("about {count} min left").format(count=round(seconds / 60))
        return self.tr("about {count} h left").format(count=round(seconds / 3600))

    @pyqtSlot(int)
    def _on_labeler_started(self, _total: int) -> None:
        self._message.clear()
        self.show()

    @pyqtSlot(int, int, float)
    def _on_labeler_progressed(self, done: int, total: int, seconds_left: float) -> None:
        self._state = (done, total, seconds_left)
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        self._text.setText(self._sentence())

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
        shown = ", ".join(name for name, _ in report.failures[:3])
        files = shown if len(report.failures) <= 3 else f"{shown}, …"
        return text.format(done=report.done, total=report.total, failed=len(report.failures), files=files)

    @pyqtSlot(object)
    def _on_labeler_box_read_failed(self, failed: Failed) -> None:
        self._message.show_error(failed)


def _line(name: str, failed: Failed) -> str:
    """What happened to one page; names the page even where the child's sentence does not."""
    sentence = " ".join(part for part in translated(failed) if part)
    return sentence if name in sentence else f"{name}: {sentence}"
