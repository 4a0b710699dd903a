"""A lesson under way, in plain words: what is being done, how long it will take, Cancel."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, pyqtSlot
from PyQt5.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ocrstudio.services.teaching import Step, Teaching
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

PARTS_OF_BAR = 1000


class LessonBar(TranslatedWidget):
    """Shown while a lesson is under way.

    Args:
        teaching: Does the work.
        parent: Owner.
    """

    def __init__(self, teaching: Teaching, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teaching = teaching
        self._text = label("strong", "lessonText", wrap=True)
        self._bar = QProgressBar()
        self._bar.setObjectName("lessonProgress")
        self._bar.setTextVisible(False)
        self._bar.setMaximum(PARTS_OF_BAR)
        self.cancel = button("lessonCancel", "fa5s.stop")
        line = row(self._text, self.cancel)
        line.setStretch(0, 1)
        frame = card()
        inside = frame.layout()
        if isinstance(inside, QVBoxLayout):
            inside.addLayout(line)
            inside.addWidget(self._bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GRID)
        outer.addWidget(frame)
        self.say(self._text.setText, self._sentence)
        self.say(self.cancel.setText, lambda: self.tr("Cancel"))
        self.cancel.clicked.connect(teaching.cancel)
        teaching.changed.connect(self._on_teaching_changed)
        self.hide()

    def _sentence(self) -> str:
        step = self._teaching.step
        if step is Step.STOPPING:
            return self.tr("Stopping…")
        if step is Step.COMPARING:
            return self.tr("Looking whether it reads better now…")
        return self.tr("Learning from the corrections… {time}").format(time=time_left(self._teaching.seconds_left))

    @pyqtSlot()
    def _on_teaching_changed(self) -> None:
        step = self._teaching.step
        self.setVisible(step is not Step.IDLE)
        self.cancel.setEnabled(step is not Step.STOPPING)
        self._text.setText(self._sentence())
        self._bar.setValue(round(PARTS_OF_BAR * self._teaching.share) if step is not Step.IDLE else 0)


def time_left(seconds: float) -> str:
    """Such as "about 40 s left"."""
    translate = QCoreApplication.translate
    if seconds < 90:
        return translate("Lesson", "about {count} s left").format(count=max(1, round(seconds)))
    return translate("Lesson", "about {count} min left").format(count=round(seconds / 60))


def duration(seconds: float) -> str:
    """Such as "about 1 minute"."""
    translate = QCoreApplication.translate
    minutes = max(1, round(seconds / 60))
    if minutes == 1:
        return translate("Lesson", "about 1 minute")
    return translate("Lesson", "about {count} minutes").format(count=minutes)
