"""The figures of an evaluation, and what shall not count as an error."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from ocrstudio.core.confusions import Ignoring
from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.ui.model_names import day_words
from ocrstudio.ui.pages.test.errors_words import percent
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, label

NAMES = ("cer", "acc", "norm_edit_dis", "wrong", "lines_per_s")


class ErrorFigures(FlowWidget):
    """Tiles with numbers, and switches."""

    ignoring_changed = pyqtSignal(object)  # Ignoring

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(GRID, parent)
        self.values = {name: label("subtitle", f"errorFigure-{name}") for name in NAMES}
        titles = {
            "cer": lambda: self.tr("characters wrong"),
            "acc": lambda: self.tr("lines right"),
            "norm_edit_dis": lambda: self.tr("similarity"),
            "wrong": lambda: self.tr("lines wrong, of all"),
            "lines_per_s": lambda: self.tr("lines a second"),
        }
        tips = {
            "cer": lambda: self.tr("Character error rate (CER): all errors divided by all characters."),
            "acc": lambda: self.tr("Share of lines without any error (acc)."),
            "norm_edit_dis": lambda: self.tr("Mean similarity of text and reading (norm_edit_dis); 1 is perfect."),
        }
        for name, value in self.values.items():
            title = label("hint")
            self.say(title.setText, titles[name])
            tile = QFrame()
            column = QVBoxLayout(tile)
            column.setContentsMargins(0, 0, GRID, 0)
            column.setSpacing(0)
            column.addWidget(value)
            column.addWidget(title)
            if name in tips:
                self.say(tile.setToolTip, tips[name])
            self.flow.addWidget(tile)
        words = label("muted")
        self.say(words.setText, lambda: self.tr("Do not count:"))
        self.flow.addWidget(words)
        self.switches = {name: QCheckBox() for name in ("case", "width", "spaces", "punctuation")}
        switch_words = {
            "case": lambda: self.tr("case"),
            "width": lambda: self.tr("full width"),
            "spaces": lambda: self.tr("spaces"),
            "punctuation": lambda: self.tr("punctuation"),
        }
        for name, switch in self.switches.items():
            switch.setObjectName(f"ignore-{name}")
            self.say(switch.setText, switch_words[name])
            switch.toggled.connect(self._on_switch_toggled)
            self.flow.addWidget(switch)
        self._when = label("hint", "errorMeasured")
        self.flow.addWidget(self._when)

    def show_analysis(self, analysis: ErrorAnalysis | None) -> None:
        """Shows other figures."""
        if analysis is None:
            for value in self.values.values():
                value.setText("–")
            self._when.clear()
            return
        figures, evaluation = analysis.figures, analysis.evaluation
        self.values["cer"].setText(percent(figures["cer"], 2))
        self.values["acc"].setText(percent(figures["acc"]))
        self.values["norm_edit_dis"].setText(f"{figures['norm_edit_dis']:.4f}")
        self.values["wrong"].setText(f"{len(analysis.worst):,} / {len(evaluation.lines):,}")
        self._when.setText(self.tr("measured {date}").format(date=day_words(evaluation.created)))
        self.values["lines_per_s"].setText(f"{evaluation.figures.get('lines_per_s', 0.0):.0f}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_height()

    @pyqtSlot()
    def _on_switch_toggled(self) -> None:
        self.ignoring_changed.emit(Ignoring(**{name: switch.isChecked() for name, switch in self.switches.items()}))
