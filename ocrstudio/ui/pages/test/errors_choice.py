"""Which model is looked at, on which lines, and by which second opinion."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.services.error_workbench import LabelledChoice, Offer
from ocrstudio.ui.model_names import model_name
from ocrstudio.ui.pages.test.errors_words import set_words
from ocrstudio.ui.pages.test.progress_line import ProgressLine
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, LongChoice, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDEST_PX = 320
OTHER = "other"


class ErrorChoice(TranslatedWidget):
    """The choosers and the button that starts."""

    measure_requested = pyqtSignal()
    second_chosen = pyqtSignal(str)  # model; "" for none
    report_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = Offer((), ())
        self._lists: list[LabelledChoice] = []
        self._model, self._second = BUNDLED, ""
        self.models, self.sets, self.seconds = _combo("errorModel"), _combo("errorSet"), _combo("errorSecond")
        self.measure = button("measureErrors", "fa5s.search", "primary")
        self.report = button("reportErrors", "fa5s.file-export")
        self.progress = ProgressLine("errors")
        self._build()
        self.models.activated.connect(self._on_models_activated)
        self.sets.activated.connect(self._on_sets_activated)
        self.seconds.activated.connect(self._on_seconds_activated)
        self.measure.clicked.connect(self.measure_requested)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.report.clicked.connect(self.report_requested)
        self.show_running(False)
        self.report.setEnabled(False)
        self.seconds.setEnabled(False)

    def _build(self) -> None:
        flow = FlowWidget(gap=GRID)
        words = [label("muted"), label("muted"), label("muted")]
        self.say(words[0].setText, lambda: self.tr("Errors of"))
        self.say(words[1].setText, lambda: self.tr("on"))
        self.say(words[2].setText, lambda: self.tr("Check the labels with"))
        self.say(self.models.setAccessibleName, lambda: self.tr("Model whose errors are looked for"))
        self.say(self.sets.setAccessibleName, lambda: self.tr("Lines whose text is known"))
        self.say(self.seconds.setAccessibleName, lambda: self.tr("Second model, to check the labels with"))
        self.say(
            self.seconds.setToolTip,
            lambda: self.tr("Where both models are sure of the same other text, the label is probably wrong."),
        )
        self.say(self.measure.setText, lambda: self.tr("Find errors"))
        self.say(self.report.setText, lambda: self.tr("Save a report…"))
        for word, combo in zip(words, (self.models, self.sets, self.seconds), strict=True):
            word.setBuddy(combo)
            flow.flow.addWidget(_pair(word, combo))
            if combo is self.sets:
                flow.flow.addWidget(self.measure)
        flow.flow.addWidget(self.report)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(flow)
        column.addWidget(self.progress)

    @property
    def model(self) -> str:
        """The chosen model."""
        return self._model

    @property
    def labelled(self) -> LabelledChoice | None:
        """The chosen set; None if there is none."""
        found = self.sets.currentData()
        return found if isinstance(found, LabelledChoice) else None

    def show_offer(self, offer: Offer) -> None:
        """Offers these models and sets; what was chosen stays so if it is among them."""
        self._offer = offer
        if all(info.model != self._model for info in offer.models):
            self._model = offer.models[0].model if offer.models else BUNDLED
        self._fill()

    def choose(self, model: str, labelled: LabelledChoice) -> None:
        """Chooses a model and a set, without announcing it."""
        if any(info.model == model for info in self._offer.models):
            self._model = model
        if labelled.kind == "list" and labelled not in self._lists:
            self._lists.insert(0, labelled)
        self._fill()
        place = self.sets.findData(labelled)
        if place >= 0:
            self.sets.setCurrentIndex(place)

    def add_list(self, file: Path) -> None:
        """Offers a list of the user's own, and chooses it."""
        self.choose(self._model, LabelledChoice("list", str(file)))

    def show_running(self, running: bool, done: int = 0, total: int = 0) -> None:
        """Shows how far the reading is."""
        had_focus = self.progress.cancel.hasFocus()
        if running:
            told = self.tr("{done} of {total} lines") if total else self.tr("Getting the model ready…")
            self.progress.tell(told.format(done=done, total=total), done, total)
        for combo in (self.models, self.sets):
            combo.setEnabled(not running)
        self.measure.setEnabled(not running and self.labelled is not None)
        if not running:
            if had_focus:  # otherwise it goes to whatever comes next
                self.measure.setFocus()
            self.progress.hide()

    def show_result(self, analysis: ErrorAnalysis | None) -> None:
        """Whether there is something to report, and errors that may be the labels'."""
        self.report.setEnabled(analysis is not None)
        self.seconds.setEnabled(analysis is not None and len(analysis.worst) > 0 and self.seconds.count() > 1)

    def drop_second(self) -> None:
        """Goes back to no second opinion, without announcing it."""
        self._second = ""
        self.seconds.setCurrentIndex(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        chosen = self.labelled
        for combo in (self.models, self.sets, self.seconds):
            combo.clear()
        for info in self._offer.models:
            self.models.addItem(model_name(info), info.model)
        self.seconds.addItem(self.tr("no second model"), "")
        for info in self._offer.models:
            if info.model != self._model:
                self.seconds.addItem(model_name(info), info.model)
        for choice in (*self._offer.sets, *self._lists):
            self.sets.addItem(set_words(choice), choice)
            self.sets.setItemData(self.sets.count() - 1, choice.place, int(Qt.ItemDataRole.ToolTipRole))
        self.sets.addItem(self.tr("Another list…"), OTHER)
        self.models.setCurrentIndex(self.models.findData(self._model))
        self.seconds.setCurrentIndex(max(0, self.seconds.findData(self._second)))
        self.sets.setCurrentIndex(max(0, self.sets.findData(chosen)) if self.sets.count() > 1 else -1)
        self.measure.setEnabled(self.labelled is not None and self.progress.isHidden())

    @pyqtSlot(int)
    def _on_models_activated(self, index: int) -> None:
        self._model = str(self.models.itemData(index))
        self._second = ""
        self._fill()

    @pyqtSlot(int)
    def _on_seconds_activated(self, index: int) -> None:
        model = str(self.seconds.itemData(index))
        if model != self._second:
            self._second = model
            self.second_chosen.emit(model)

    @pyqtSlot(int)
    def _on_sets_activated(self, index: int) -> None:
        if self.sets.itemData(index) == OTHER:
            name, _ = QFileDialog.getOpenFileName(
                self, self.tr("A list of pictures and their text"), "", self.tr("Lists (*.txt);;All files (*)")
            )
            if name:
                self.add_list(Path(name))
            else:
                self.sets.setCurrentIndex(0 if self.sets.count() > 1 else -1)
        self.measure.setEnabled(self.labelled is not None and self.progress.isHidden())


def _combo(name: str) -> QComboBox:
    made = LongChoice()
    made.setObjectName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumContentsLength(14)
    made.setMaximumWidth(WIDEST_PX)
    return made


def _pair(word: QWidget, combo: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(word, combo))
    return made
