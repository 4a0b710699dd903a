"""What is known about the chosen model, and what can be done with it."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from ocrstudio.core.dictionary_rules import Coverage, in_ranges
from ocrstudio.services.model_shelf import ModelRow
from ocrstudio.services.settings import Settings
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.setup.model_words import FITS, MIRRORS, listed, word
from ocrstudio.ui.widgets.flow import FlowWidget
from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

LETTERS_SHOWN = 40


class ModelDetail(TranslatedWidget):
    """Hidden while no model is chosen.

    Args:
        settings: Keeps the source that is preferred.
        parent: Owner.
    """

    fetch_requested = pyqtSignal(str)  # id of a model, as in all of these
    pause_requested = pyqtSignal(str)
    call_off_requested = pyqtSignal(str)
    remove_requested = pyqtSignal(str)
    try_requested = pyqtSignal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._row: ModelRow | None = None
        self._coverage: Coverage | None = None
        self._is_compared = False
        self._checkouts: list[str] | None = None  # those that can train it; None: nothing is known of any
        self.name, self.facts = label("strong", "modelName"), label("muted", "modelFacts", wrap=True)
        self.coverage = label("", "modelCoverage", wrap=True)
        self.failure = label("bad", "modelFailure", wrap=True)
        for text in (self.name, self.facts, self.coverage, self.failure):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fetch_button = button("fetchModel", "fa5s.download", "primary")
        self.pause_button = button("pauseModel", "fa5s.pause")
        self.call_off_button = button("callOffModel", "fa5s.times")
        self.try_button = button("tryModelHere", "fa5s.vial", "primary")
        self.remove_button = button("removeModel", "fa5s.trash-alt", "danger")
        self._mirror_words = QLabel()
        self.mirror = QComboBox()
        self.mirror.setObjectName("modelMirror")
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        line = FlowWidget()
        buttons = (self.fetch_button, self.pause_button, self.call_off_button, self.try_button, self.remove_button)
        for widget in (*buttons, self._mirror_words, self.mirror):
            line.flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.name, self.facts, self.coverage, self.failure, line):
            column.addWidget(widget)
        self.say(self.pause_button.setText, lambda: self.tr("Pause"))
        self.say(self.call_off_button.setText, lambda: self.tr("Cancel"))
        self.say(self.call_off_button.setToolTip, lambda: self.tr("Stops the download; nothing of it is kept."))
        self.say(self.try_button.setText, lambda: self.tr("Try it on the Test page"))
        self.say(self.remove_button.setText, lambda: self.tr("Remove…"))
        self.say(self._mirror_words.setText, lambda: self.tr("Download from"))
        self.say(self.mirror.setAccessibleName, lambda: self.tr("Download from"))

    def _connect(self) -> None:
        for made, wish in (
            (self.fetch_button, self.fetch_requested),
            (self.pause_button, self.pause_requested),
            (self.call_off_button, self.call_off_requested),
            (self.try_button, self.try_requested),
            (self.remove_button, self.remove_requested),
        ):
            made.clicked.connect(lambda _checked, wish=wish: wish.emit(self._row.id if self._row is not None else ""))
        self.mirror.activated.connect(self._on_mirror_activated)

    def show_row(self, row: ModelRow | None) -> None:
        """Shows a model, or nothing."""
        if row is None or self._row is None or row.id != self._row.id:
            self._coverage, self._is_compared = None, False
            self._checkouts = None
        self._row = row
        self.setVisible(row is not None)
        self._fill()

    def show_coverage(self, found: Coverage | None) -> None:
        """Says how much of the labels the model knows; None if its characters are not known on this computer."""
        self._coverage, self._is_compared = found, True
        self._fill()

    def show_checkouts(self, found: list[str] | None) -> None:
        """Says which of the known checkouts can train from these weights; None if none is known."""
        self._checkouts = found
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        row = self._row
        if row is None:
            return
        self.name.setText(row.id)
        self.facts.setText("\n".join(self._facts(row)))
        self.coverage.setText(self._coverage_text())
        self.coverage.setVisible(bool(self.coverage.text()))
        failure = translated(row.failure) if row.failure is not None and row.state == "failed" else ()
        self.failure.setText("✗ " + " ".join(failure) if failure else "")
        self.failure.setVisible(bool(failure))
        is_here = row.stored is not None
        words = {"begun": self.tr("Go on"), "failed": self.tr("Try again")}
        self.fetch_button.setText(words.get(row.state, self.tr("Download")))
        self.fetch_button.setVisible(row.state in ("", "begun", "failed"))
        self.pause_button.setVisible(row.is_busy)
        self.call_off_button.setVisible(row.is_busy or row.state == "begun")
        self.try_button.setVisible(is_here and row.task in ("rec", "det") and row.form != "training")
        self.remove_button.setVisible(is_here)
        self._fill_mirrors(row)

    def _facts(self, row: ModelRow) -> list[str]:
        uses = listed(row.fits, FITS)
        lines = [self.tr("For {uses}.").format(uses=uses)] if uses else []
        known = self.tr("Licence: {licence}.").format(licence=row.licence or self.tr("unknown, ask its makers"))
        if row.model is not None and row.model.config:
            known += " " + self.tr("Config of PaddleOCR: {config}.").format(config=row.model.config)
        lines.append(known)
        if self._checkouts:
            lines.append(
                self.tr("Your checkouts that train it: {checkouts}").format(checkouts=listed(self._checkouts, {}))
            )
        elif self._checkouts is not None:
            lines.append(self.tr("None of your checkouts trains it."))
        if row.form == "training":
            lines.append(self.tr("In a config of PaddleOCR: Global.pretrained_model: {name}").format(name=row.id))
        if row.stored is not None:
            lines.append(self.tr("In {folder}").format(folder=row.stored.path))
        elif row.model is not None and row.state != "bundled":
            # whoever has no network here fetches it elsewhere
            lines.append(self.tr("Address: {url}").format(url=row.model.sources[0].files[0].url))
        return lines

    def _coverage_text(self) -> str:
        if not self._is_compared:
            return ""
        found = self._coverage
        if found is None:
            return self.tr("Whether it knows your characters shows when it is on this computer.")
        if not found.characters:
            return ""
        if not found.new:
            return self.tr("✓ It knows all {count} characters of your labels.").format(count=found.characters)
        shown = in_ranges(found.new[:LETTERS_SHOWN]) + (" …" if len(found.new) > LETTERS_SHOWN else "")
        text = self.tr("⚠ Of the {count} characters of your labels it lacks {lacking}: {characters}")
        return text.format(count=found.characters, lacking=len(found.new), characters=shown)

    def _fill_mirrors(self, row: ModelRow) -> None:
        mirrors = [source.mirror for source in row.model.sources] if row.model is not None else []
        is_wanted = len(mirrors) > 1 and row.state in ("", "begun", "failed")
        self.mirror.setVisible(is_wanted)
        self._mirror_words.setVisible(is_wanted)
        self.mirror.clear()
        self.mirror.addItem(self.tr("whichever answers"), "")
        for mirror in mirrors:
            self.mirror.addItem(word(MIRRORS.get(mirror, mirror)), mirror)
        self.mirror.setCurrentIndex(max(0, self.mirror.findData(self._settings.mirror)))

    @pyqtSlot(int)
    def _on_mirror_activated(self, _place: int) -> None:
        self._settings.mirror = str(self.mirror.currentData() or "")
