"""The lines, what is shown of them, and the buttons that mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.core.confusions import Confusion
from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.ui.pages.test.errors_lines import ErrorLines
from ocrstudio.ui.pages.test.errors_words import bar_words, confusion_words, group_words
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


@dataclass(frozen=True)
class Shown:
    """Which lines are shown.

    Attributes:
        what: wrong, doubtful, confusion or bar.
        confusion: Of "confusion".
        group, bar: Of "bar".
    """

    what: str = "wrong"
    confusion: Confusion | None = None
    group: str = ""
    bar: int = -1


class ErrorLinesPanel(TranslatedWidget):
    """Worst lines first; filters come from outside, from the switches above and from the chip."""

    shown_changed = pyqtSignal(object)  # Shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis: ErrorAnalysis | None = None
        self._has_second = False
        self.shown = Shown()
        self.view = ErrorLines()
        self.wrong, self.doubtful = button("wrongLines"), button("doubtfulLines")
        self.chip = button("errorFilter", "fa5s.times", "quiet")
        self.fix = button("fixLabel", "fa5s.pen", "primary")
        self.exclude = button("excludeLines", "fa5s.ban")
        self.synthesise = button("synthesiseLines", "fa5s.magic")
        self.retain = button("retainLines", "fa5s.thumbtack")
        self._notice: QLabel = label("muted", "errorLinesNotice", wrap=True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self.wrong.clicked.connect(self._on_wrong_clicked)
        self.doubtful.clicked.connect(self._on_doubtful_clicked)
        self.chip.clicked.connect(self._on_wrong_clicked)
        self.view.lines_chosen.connect(self._on_view_lines_chosen)
        self.show_analysis(None)

    def _build(self) -> None:
        for made in (self.wrong, self.doubtful):
            made.setCheckable(True)
        self.say(self.view.setAccessibleName, lambda: self.tr("Lines read wrong, the worst first"))
        self.say(
            self.doubtful.setToolTip,
            lambda: self.tr("Lines in which two models are sure of the same text, and it is not the label's."),
        )
        self.say(self.fix.setText, lambda: self.tr("Correct the label…"))
        self.say(self.fix.setToolTip, lambda: self.tr("One line: type its text. Several: take what was read."))
        self.say(self.exclude.setText, lambda: self.tr("Leave out of training"))
        self.say(self.synthesise.setText, lambda: self.tr("Make more like it…"))
        self.say(
            self.synthesise.setToolTip,
            lambda: self.tr("Synthetic lines with the characters that were read wrong in these lines."),
        )
        self.say(self._notice.setText, lambda: self.tr("The two models agree with every label, or are not sure."))
        self.say(self.retain.setText, lambda: self.tr("Add to retention"))
        self.say(
            self.retain.setToolTip,
            lambda: self.tr("Every training shall be measured on these lines, too: so that none of them is forgotten."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        buttons = FlowWidget(gap=GRID)
        for made in (self.fix, self.exclude, self.synthesise, self.retain):
            buttons.flow.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(self.wrong, self.doubtful, None, self.chip))
        column.addWidget(self._stack, 1)
        column.addWidget(buttons)
        self.say(lambda _: self._name(), lambda: "")

    def show_analysis(self, analysis: ErrorAnalysis | None, *, has_second: bool = False, anew: bool = True) -> None:
        """Shows the lines of an analysis.

        Args:
            analysis: It.
            has_second: Whether labels were checked by a second model.
            anew: Of another evaluation, so that all wrong lines are shown; otherwise the filter stays.
        """
        found_second = has_second and not self._has_second
        self._analysis, self._has_second = analysis, has_second
        if found_second:
            self.show_only(Shown("doubtful"))
        elif anew or not self._numbers():
            self.show_only(Shown())
        else:
            self.show_only(self.shown)

    def show_only(self, shown: Shown) -> None:
        """Shows some of the lines."""
        self.shown = shown
        self.view.show_lines(self._analysis, self._numbers())
        self._name()
        self.shown_changed.emit(shown)

    def _numbers(self) -> Sequence[int]:
        analysis, shown = self._analysis, self.shown
        if analysis is None:
            return ()
        if shown.what == "doubtful":
            return analysis.doubtful
        if shown.what == "confusion" and shown.confusion is not None:
            return analysis.with_confusion(*shown.confusion)
        if shown.what == "bar":
            return analysis.in_bar(shown.group, shown.bar)
        return analysis.worst

    def _name(self) -> None:
        analysis, shown = self._analysis, self.shown
        wrong = len(analysis.worst) if analysis is not None else 0
        doubtful = len(analysis.doubtful) if analysis is not None else 0
        self.wrong.setText(self.tr("Wrong lines: {count}").format(count=f"{wrong:,}"))
        self.doubtful.setText(self.tr("Labels to check: {count}").format(count=f"{doubtful:,}"))
        self.wrong.setChecked(shown.what == "wrong")
        self.doubtful.setChecked(shown.what == "doubtful")
        self.doubtful.setVisible(self._has_second)
        self.chip.setVisible(shown.what in ("confusion", "bar"))
        count = self.view.lines.total
        if shown.confusion is not None:
            self.chip.setText(f"{confusion_words(shown.confusion)} ({count:,})")
        elif shown.what == "bar" and analysis is not None:
            group = next(one for one in analysis.groups if one.name == shown.group)
            self.chip.setText(f"{group_words(shown.group)}: {bar_words(group, shown.bar)} ({count:,})")
        self.chip.setToolTip(self.tr("Show all wrong lines again"))
        self._stack.setCurrentWidget(self.view if count else self._notice)

    @pyqtSlot()
    def _on_wrong_clicked(self) -> None:
        self.show_only(Shown())

    @pyqtSlot()
    def _on_doubtful_clicked(self) -> None:
        self.show_only(Shown("doubtful"))

    @pyqtSlot(object)
    def _on_view_lines_chosen(self, numbers: list[int]) -> None:
        for made in (self.fix, self.exclude, self.synthesise, self.retain):
            made.setEnabled(bool(numbers))
