"""What every known dictionary knows of the labels, and the ways to more: try, write samples, build, extend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QHideEvent, QShowEvent
from PyQt5.QtWidgets import QAbstractItemView, QComboBox, QFileDialog, QTableView, QVBoxLayout, QWidget

from ocrstudio.core.dictionary_rules import KnownDictionary, coverage, in_ranges, surprising, too_few
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.free_place import free_place
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.dictionaries import DICTIONARIES_DIR, MODELS_DIR, Dictionaries
from ocrstudio.services.known_characters import KnownCharacters
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.project_statistics import ProjectStatistics
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.pages.dataset.dictionary_editor import DictionaryEditor, editor_dialog
from ocrstudio.ui.pages.dataset.dictionary_table import FIXED, CoverageModel
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, card, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

REFRESH_MS = 300
ROWS_SHOWN = 9
LETTERS_SHOWN = 80


class DictionaryCard(TranslatedWidget):
    """Coverage of the open project's labels.

    Args:
        session: Says which project is open.
        statistics: Counts the characters.
        parent: Owner; it calls `close_work`.
        program: Replaces the commands' program; for tests.
    """

    lines_requested = pyqtSignal(str)  # character whose lines the user wants to see
    try_requested = pyqtSignal(str)  # model that the Test page shall read with
    synthesis_requested = pyqtSignal(str)  # characters that samples are wanted of
    values_requested = pyqtSignal(object)  # dict of config keys: train from an extended model

    def __init__(
        self,
        session: ProjectSession,
        statistics: ProjectStatistics,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._statistics = session, statistics
        self.known = KnownCharacters(None, self, program)
        self.dictionaries = Dictionaries(self.known, self, program)
        self._all: list[KnownDictionary] = []
        self._report: dict[str, Any] | None = None
        self._chosen = BUNDLED  # model that the user chose last
        self.base_box, self.filter_box = QComboBox(), QComboBox()
        self.base_box.setObjectName("dictionaryBase")
        self.filter_box.setObjectName("dictionaryFilter")
        self.model = CoverageModel(self)
        self.table = QTableView()
        self.table.setObjectName("coverageTable")
        self.summary = label(name="coverageSummary", wrap=True)
        self.advice = label("hint", "coverageAdvice", wrap=True)
        self.message = MessageBar()
        self._buttons = {
            "try": button("tryModel", "fa5s.vial", "primary"),
            "synth": button("writeSamples", "fa5s.magic"),
            "extend": button("extendModel", "fa5s.plus-circle"),
            "edit": button("editDictionary", "fa5s.pen", "quiet"),
            "add": button("addDictionary", "fa5s.file-import", "quiet"),
        }
        self._timer = single_shot(self, REFRESH_MS, self.refresh)
        self._build()
        self._connect()

    def _build(self) -> None:
        title, base_caption = label("subtitle"), label("muted")
        self.say(title.setText, lambda: self.tr("Characters and dictionaries"))
        self.say(base_caption.setText, lambda: self.tr("Model to train from"))
        self.say(self.filter_box.setAccessibleName, lambda: self.tr("Which characters are shown"))
        self.say(self.table.setAccessibleName, lambda: self.tr("Characters and dictionaries"))
        base_caption.setBuddy(self.base_box)
        texts: dict[str, Callable[[], str]] = {
            "try": lambda: self.tr("Try this model first"),
            "synth": lambda: self.tr("Write samples of the rare ones"),
            "extend": lambda: self.tr("Teach it the new ones…"),
            "edit": lambda: self.tr("Build or edit a dictionary…"),
            "add": lambda: self.tr("Compare with a file…"),
        }
        for name, shown in self._buttons.items():
            self.say(shown.setText, texts[name])
        self.say(self._fill_filter, lambda: self.tr("All characters, new ones, rare ones"))
        self.table.setModel(self.model)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        top, side = self.table.horizontalHeader(), self.table.verticalHeader()
        if top is not None:
            top.setResizeContentsPrecision(0)  # columns are as wide as the rows in sight ask for, not a thousand
        if side is not None:
            side.hide()
            side.setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.table.setFixedHeight((ROWS_SHOWN + 2) * (self.fontMetrics().height() + GRID))
        for box in (self.base_box, self.filter_box):  # whose texts change
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        frame = card(title, self.message, self.summary, self.advice)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addWidget(flowing(base_caption, self.base_box, self.filter_box))
            column.addWidget(self.table)
            column.addWidget(flowing(self._buttons["edit"], self._buttons["add"]))
            column.addWidget(flowing(None, self._buttons["extend"], self._buttons["synth"], self._buttons["try"]))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _connect(self) -> None:
        self._statistics.changed.connect(self._on_statistics_changed)
        self.dictionaries.found.connect(self._on_dictionaries_found)
        self.dictionaries.failed.connect(self._on_dictionaries_failed)
        self.dictionaries.extended.connect(self._on_dictionaries_extended)
        self.dictionaries.extending_changed.connect(self._show_extending)
        self.base_box.activated.connect(self._on_base_box_activated)
        self.filter_box.currentIndexChanged.connect(self.refresh)
        self.table.activated.connect(self._on_table_activated)
        self.message.action_requested.connect(self._on_message_action_requested)
        actions: dict[str, Callable[[], None]] = {
            "try": lambda: self.try_requested.emit(self.base.model if self.base else ""),
            "synth": self._on_synth_button_clicked,
            "extend": self._on_extend_button_clicked,
            "edit": self._on_edit_button_clicked,
            "add": self._on_add_button_clicked,
        }
        for name, action in actions.items():
            self._buttons[name].clicked.connect(action)

    @property
    def base(self) -> KnownDictionary | None:
        """The model that is compared with first."""
        wanted = self.base_box.currentData()
        return next((one for one in self._all if one.model and one.model == wanted), None)

    @property
    def _project(self) -> Path | None:
        return None if self._session.folder is None else Path(self._session.folder)

    def close_work(self) -> None:
        """Ends the children and threads."""
        self._timer.stop()
        self.dictionaries.close()
        self.known.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.dictionaries.look(self._project)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._timer.start()

    @pyqtSlot()
    def _on_statistics_changed(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    @pyqtSlot(object)
    def _on_dictionaries_found(self, found: list[KnownDictionary]) -> None:
        self._all = found
        self.base_box.blockSignals(True)
        self.base_box.clear()
        for one in found:
            if one.model:
                self.base_box.addItem(one.name, one.model)
        self.base_box.setCurrentIndex(max(0, self.base_box.findData(self._chosen)))
        self.base_box.blockSignals(False)
        self.refresh()

    @pyqtSlot(int)
    def _on_base_box_activated(self, _place: int) -> None:
        self._chosen = str(self.base_box.currentData())
        self.refresh()

    def _fill_filter(self, _text: str = "") -> None:
        self.filter_box.blockSignals(True)
        chosen = max(0, self.filter_box.currentIndex())
        self.filter_box.clear()
        self.filter_box.addItems(
            [
                self.tr("All characters of the labels"),
                self.tr("New to this model"),
                self.tr("Fewer than {count} samples").format(count=ENOUGH),
            ]
        )
        self.filter_box.setCurrentIndex(chosen)
        self.filter_box.blockSignals(False)

    @pyqtSlot()
    def refresh(self) -> None:
        """Shows the labels as they are counted now."""
        counts, base = self._statistics.totals().characters, self.base
        new = set(coverage(counts, base).new) if base is not None else set()
        letters = sorted(
            (letter for letter in counts if not letter.isspace()), key=lambda one: (one not in new, counts[one], one)
        )
        if self.filter_box.currentIndex() == 1:
            letters = [letter for letter in letters if letter in new]
        elif self.filter_box.currentIndex() == 2:
            rare = set(too_few(counts))
            letters = [letter for letter in letters if letter in rare]
        others = [one for one in self._all if one is not base]
        self.model.show_letters(letters, counts, [*([base] if base else []), *others])
        self.table.resizeColumnsToContents()
        for column in range(FIXED):
            self.table.setColumnWidth(column, max(self.table.columnWidth(column), 10 * GRID))
        self._show_words(counts, base)

    def _show_words(self, counts: Counter[str], base: KnownDictionary | None) -> None:
        self._show_extending(self.dictionaries.is_extending)
        if not counts:
            self.summary.setText(self.tr("No line of this project has a text yet."))
            self.advice.setText("")
            return
        rare = too_few(counts)
        sentences = []
        if base is not None:
            found = coverage(counts, base)
            text = self.tr("{name} knows {known} of {all} characters, {share} % of all that is written.")
            share = f"{100 * found.share:.2f}".rstrip("0").rstrip(".")
            known = found.characters - len(found.new)
            sentences.append(text.format(name=base.name, known=known, all=found.characters, share=share))
            if found.new:
                shown = in_ranges(found.new)[:LETTERS_SHOWN]
                sentences.append(self.tr("New to it: {characters}.").format(characters=shown))
        sentences.append(
            self.tr("{count} characters have fewer than {enough} samples.").format(count=len(rare), enough=ENOUGH)
        )
        self.summary.setText(" ".join(sentences))
        self.advice.setText(self._advice(counts, base))

    def _advice(self, counts: Counter[str], base: KnownDictionary | None) -> str:
        """What may make a training unnecessary."""
        if base is None:
            return ""
        best = max((one for one in self._all if one.model), key=lambda one: coverage(counts, one).share, default=base)
        new = coverage(counts, base).new
        if set(coverage(counts, best).new) < set(new):
            gained = in_ranges(letter for letter in new if letter in best.known)[:LETTERS_SHOWN]
            text = self.tr("{name} already knows {characters}: choose it below and try it before training.")
            return text.format(name=best.name, characters=gained)
        signs = in_ranges(surprising(counts, base.known))[:LETTERS_SHOWN]
        return (
            self.tr("This model already knows {characters}: try it before training.").format(characters=signs)
            if signs
            else ""
        )

    @pyqtSlot(bool)
    def _show_extending(self, extending: bool) -> None:
        counts, base = self._statistics.totals().characters, self.base
        self._buttons["extend"].setEnabled(base is not None and not extending and bool(coverage(counts, base).new))
        self._buttons["synth"].setEnabled(bool(too_few(counts)))
        # a base model is turned into what the recogniser reads when it is used for the first time
        named = base is not None and (base.model == BUNDLED or base_model(base.model, "rec") is not None)
        can_read = named or (base is not None and Path(base.model).is_dir())
        self._buttons["try"].setEnabled(can_read)
        self._buttons["try"].setToolTip("" if can_read else self.tr("The folder of this model is gone."))

    @pyqtSlot(QModelIndex)
    def _on_table_activated(self, index: QModelIndex) -> None:
        self.lines_requested.emit(self.model.letters[index.row()])

    @pyqtSlot()
    def _on_synth_button_clicked(self) -> None:
        chosen = self.table.selectionModel()
        rows = sorted({index.row() for index in chosen.selectedRows()}) if chosen is not None else []
        counts = self._statistics.totals().characters
        letters = [self.model.letters[place] for place in rows] or too_few(counts)
        self.synthesis_requested.emit("".join(letters))

    @pyqtSlot()
    def _on_extend_button_clicked(self) -> None:
        base, project = self.base, self._project
        if base is None or project is None:
            return
        new = coverage(self._statistics.totals().characters, base).new
        out = free_place(project / STATE_DIR / MODELS_DIR / "extended", "-{}", is_folder=True)
        self.message.clear()
        self.dictionaries.extend(base.model, "".join(new), out)

    @pyqtSlot(object, str)
    def _on_dictionaries_extended(self, report: dict[str, Any], out: str) -> None:
        self._report = report
        if not report.get("needed", True):
            self.message.show_message(
                "good", lambda: self.tr("Nothing to do: the model knows all of them. Try it before training.")
            )
            return
        proof = report.get("proof", {})
        lines = [f"{key}: {value}" for key, value in report.get("config", {}).items()]
        warm = "  ".join(f"{new} ← {old}" for new, old in report.get("warm_starts", {}).items())
        details = "\n".join([warm, *lines] if warm else lines)
        self.message.show_message(
            "good",
            lambda: self.tr(
                "{added} characters added, {copied} kept: {unchanged} of {lines} lines are read as before. The model "
                "is in “{name}”."
            ).format(
                added=len(report.get("added", ())),
                copied=report.get("copied", 0),
                unchanged=proof.get("unchanged", 0),
                lines=proof.get("lines", 0),
                name=Path(out).name,
            ),
            action=lambda: self.tr("Train from it"),
            details=details,
        )

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self._report is not None:
            self.values_requested.emit(dict(self._report.get("config", {})))

    @pyqtSlot(object)
    def _on_dictionaries_failed(self, failed: Any) -> None:
        self.message.show_error(failed)

    @pyqtSlot()
    def _on_add_button_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Dictionary"), "", "*.txt;;*")
        if name:
            self.dictionaries.add_file(Path(name))

    @pyqtSlot()
    def _on_edit_button_clicked(self) -> None:
        folder = (self._project or Path()) / STATE_DIR / DICTIONARIES_DIR
        letters = sorted(letter for letter in self._statistics.totals().characters if not letter.isspace())
        editor = DictionaryEditor(letters, letters, self.base, folder)
        editor.save_requested.connect(self.dictionaries.write)
        editor.merge_requested.connect(
            lambda file: self.dictionaries.read(file, partial(self._on_merge_read, editor, file))
        )
        dialog = editor_dialog(editor, self.tr("Dictionary"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _on_merge_read(self, editor: DictionaryEditor, file: Path, read: tuple[list[str], str]) -> None:
        lines, encoding = read
        editor.merge(lines)
        if encoding != "utf-8":
            self.message.show_message(
                "warn",
                lambda: self.tr("{file} is written in {encoding}; what is saved here is UTF-8.").format(
                    file=file.name, encoding=encoding
                ),
            )
