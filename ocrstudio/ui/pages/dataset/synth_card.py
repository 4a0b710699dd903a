"""Synthetic lines for training: wishes, live examples, the run, and the sets that there are."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, QRegularExpression, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QHideEvent, QRegularExpressionValidator, QShowEvent
from PyQt5.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.formats.synthetic import SyntheticSet, synthetic_sets
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.synthesis import Synthesis, free_name, synthetic_folder
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.dataset.folder_rows import FolderRows
from ocrstudio.ui.pages.dataset.synth_form import SynthForm
from ocrstudio.ui.pages.dataset.synth_preview import SynthPreview
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

DEFAULT_NAME = "synthetic"
# A folder name that every system takes.
NAME = QRegularExpression(r"[^\\/:*?\"<>|.\s][^\\/:*?\"<>|]{0,60}")
LETTERS_SHOWN = 30


class SynthCard(TranslatedWidget):
    """Makes synthetic lines of the open project.

    Args:
        session: Says which project is open; it is saved before its labels are read.
        parent: Owner; it calls `close_work`.
        program: Replaces the command's program; for tests.
    """

    use_requested = pyqtSignal(str)  # folder of a set that shall be trained on, too

    def __init__(
        self, session: ProjectSession, parent: QWidget | None = None, program: list[str] | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._result: dict[str, Any] | None = None
        self._is_stale = True  # the examples are not what the wishes ask for
        self.synthesis = Synthesis(self, program)
        self.form = SynthForm()
        self.form.name_edit.setText(DEFAULT_NAME)
        self.form.name_edit.setValidator(QRegularExpressionValidator(NAME, self))
        self.examples = SynthPreview()
        self.message = MessageBar()
        self.write_button = button("writeSynthButton", "fa5s.magic", "primary")
        self._cancel_button = button("cancelSynthButton", "fa5s.times")
        self._more_button = button("moreExamplesButton", "fa5s.random", "quiet")
        self._hint = label("hint", "synthHint", wrap=True)
        self._progress = QProgressBar()
        self._progress.setObjectName("synthProgress")
        self._progress.setTextVisible(False)
        self._build()
        self._connect()
        self._show_running(False)

    def _build(self) -> None:
        title, about, examples_title = label("subtitle"), label("muted", wrap=True), label("muted")
        self.say(title.setText, lambda: self.tr("Synthetic lines and pages"))
        self.say(
            about.setText,
            lambda: self.tr(
                "Lines and whole pages that the program writes itself, in many fonts and on paper like yours. They are "
                "for training only and never get into validation or test."
            ),
        )
        self.say(examples_title.setText, lambda: self.tr("Examples"))
        self.say(self.write_button.setText, self._write_text)
        self.say(self._cancel_button.setText, lambda: self.tr("Cancel"))
        self.say(self._more_button.setText, lambda: self.tr("Other examples"))
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addLayout(row(examples_title, None, self._more_button))
        right.addWidget(self.examples)
        right.addWidget(self._hint)
        right.addStretch(1)
        self.sides = sides = QHBoxLayout()
        sides.setSpacing(4 * GRID)
        sides.addWidget(self.form, 1)
        sides.addLayout(right, 1)
        frame = card(title, about, self.message, spacing=GRID)
        self._sets = FolderRows()
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addSpacing(GRID)
            column.addLayout(sides)
            column.addWidget(self._progress)
            column.addLayout(row(None, self._cancel_button, self.write_button))
            column.addLayout(self._sets)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _connect(self) -> None:
        self.form.changed.connect(self.refresh)
        self.form.name_edit.textChanged.connect(self._on_name_edit_text_changed)
        self.write_button.clicked.connect(self._on_write_button_clicked)
        self._cancel_button.clicked.connect(self.synthesis.cancel)
        self._more_button.clicked.connect(self._on_more_button_clicked)
        self.message.action_requested.connect(self._on_message_action_requested)
        self.examples.exposed.connect(self._on_examples_exposed)
        self.synthesis.previewed.connect(self._on_synthesis_previewed)
        self.synthesis.preview_failed.connect(self._on_synthesis_preview_failed)
        self.synthesis.previewing_changed.connect(self.examples.set_faded)
        self.synthesis.progressed.connect(self._on_synthesis_progressed)
        self.synthesis.written.connect(self._on_synthesis_written)
        self.synthesis.failed.connect(self._on_synthesis_failed)
        self.synthesis.cancelled.connect(self._on_synthesis_cancelled)
        self._session.page_changed.connect(self._on_session_page_changed)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)

    @property
    def _project(self) -> Path | None:
        return None if self._session.folder is None else Path(self._session.folder)

    def _write_text(self) -> str:
        return self.tr("Make the pages") if self.form.makes_pages else self.tr("Make the lines")

    @pyqtSlot()
    def labels_changed(self) -> None:
        """The labels, or which of them are trained on, are not what they were."""
        self.synthesis.labels_changed()
        self.refresh()

    def write_characters(self, characters: str) -> None:
        """Asks for samples of these characters."""
        self.form.write_characters(characters)

    def close_work(self) -> None:
        """Ends the children."""
        self.synthesis.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._fill_sets()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.synthesis.drop_preview()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill_sets()

    @pyqtSlot()
    def refresh(self) -> None:
        """Renews the examples."""
        self._is_stale = True
        self.write_button.setText(self._write_text())
        self._enable()
        self.examples.update()
        if self.examples.visibleRegion().isEmpty():
            return
        self._on_examples_exposed()

    @pyqtSlot()
    def _on_examples_exposed(self) -> None:
        wishes, project = self.form.wishes, self._project
        if project is None or not self._is_stale:
            return
        self._is_stale = False
        if wishes.is_complete:
            self.synthesis.preview(wishes, project)
        else:
            self.synthesis.drop_preview()
            self.examples.show_lines([])
            self._hint.setText(self.tr("Type something to write, or choose a file."))

    def _enable(self) -> None:
        good = self.form.wishes.is_complete and self.form.name_edit.hasAcceptableInput()
        self.write_button.setEnabled(good and self._project is not None and not self.synthesis.is_writing)

    @pyqtSlot(str)
    def _on_name_edit_text_changed(self, _name: str) -> None:
        self._enable()

    @pyqtSlot(str)
    def _on_session_page_changed(self, _key: str) -> None:
        self.synthesis.labels_changed()
        self._is_stale = True

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self.synthesis.cancel()
        self.synthesis.labels_changed()
        self.message.clear()
        self.examples.show_lines([])
        self._fill_sets()
        self.refresh()

    @pyqtSlot()
    def _on_more_button_clicked(self) -> None:
        self.form.seed_box.setValue(self.form.seed_box.value() + 1)

    @pyqtSlot(object)
    def _on_synthesis_previewed(self, result: dict[str, Any]) -> None:
        pages = result.get("pages")
        if pages is None:
            self.examples.show_lines(result.get("lines", []))
            sentences = [self.tr("{count} lines will be made.").format(count=result.get("count", 0))]
        else:
            self.examples.show_pages(pages)
            sentences = [self.tr("{count} pages will be made.").format(count=result.get("count", 0))]
        if missing := result.get("no_font_for"):
            letters = " ".join(missing[:LETTERS_SHOWN])
            sentences.append(self.tr("No font at hand has {characters}; they are left out.").format(characters=letters))
        if self.form.own_box.isChecked() and pages is not None and not result.get("own_papers"):
            sentences.append(self.tr("No page of this project is checked, so the paper is made up."))
        elif self.form.own_box.isChecked() and pages is None and not result.get("own_crops"):
            sentences.append(self.tr("No line of this project shows its paper clearly, so the paper is made up."))
        sentences += self._labels_seen(result.get("labels", {}))
        self._hint.setText(" ".join(sentences))

    def _labels_seen(self, labels: dict[str, Any]) -> list[str]:
        if labels.get("dataset"):
            text = self.tr("They go by the training part of “{name}”; its {count} other pages stay unseen.")
            return [text.format(name=labels["dataset"], count=labels.get("held_out", 0))]
        if labels.get("undivided"):
            return [self.tr("There is no dataset yet, so pages that will validate or test are seen, too: split first.")]
        return []

    @pyqtSlot(object)
    def _on_synthesis_preview_failed(self, failed: object) -> None:
        self.examples.show_lines([])
        self._hint.setText(in_words(failed))  # type: ignore[arg-type]

    @pyqtSlot()
    def _on_write_button_clicked(self) -> None:
        project = self._project
        # The command reads the project from disk: what is on the screen must be there first.
        if project is None or not self._session.save():
            return
        self.message.clear()
        name = free_name(project, self.form.name_edit.text().rstrip(". "))
        self.synthesis.write(self.form.wishes, project, synthetic_folder(project) / name)
        self._show_running(True)

    @pyqtSlot(int, int)
    def _on_synthesis_progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    @pyqtSlot(object)
    def _on_synthesis_written(self, result: dict[str, Any]) -> None:
        self._show_running(False)
        self._result = result
        kind = "warn" if result["refused"] else "good"
        self.message.show_message(
            kind,  # type: ignore[arg-type]
            lambda: self._written_text(result),
            action=lambda: self.tr("Train with them, too"),
        )
        self._fill_sets()

    def _written_text(self, result: dict[str, Any]) -> str:
        if "pages" in result:
            made = self.tr("{pages} pages with {boxes} boxes are in “{name}”.")
            return made.format(pages=result["pages"], boxes=result["boxes"], name=Path(result["out"]).name)
        text = self.tr("{lines} lines in {fonts} fonts are in “{name}”.").format(
            lines=result["lines"], fonts=len(result["fonts"]), name=Path(result["out"]).name
        )
        if result["refused"]:
            left = self.tr("{count} were left out because no font has all of their characters.")
            text += " " + left.format(count=result["refused"])
        return text

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self._result is not None:
            self.use_requested.emit(str(self._result["out"]))

    @pyqtSlot(object)
    def _on_synthesis_failed(self, failed: Any) -> None:
        self._show_running(False)
        self.message.show_error(failed)

    @pyqtSlot()
    def _on_synthesis_cancelled(self) -> None:
        self._show_running(False)
        self.message.show_message(
            "warn", lambda: self.tr("Cancelled. The same wishes under the same name go on where this ended.")
        )

    def _show_running(self, running: bool) -> None:
        self._progress.setVisible(running)
        self._cancel_button.setVisible(running)
        self.form.setEnabled(not running)
        if running:
            self._progress.setRange(0, 0)
        self._enable()

    def _fill_sets(self) -> None:
        self._sets.clear()
        for made in synthetic_sets(self._project) if self._project is not None else []:
            use = button("useSynth", "fa5s.plus")
            use.setText(self.tr("Train with them, too"))
            use.clicked.connect(partial(self.use_requested.emit, str(made.folder)))
            self._sets.add(made.folder, self._about(made), "openSynthFolder", use)

    def _about(self, made: SyntheticSet) -> str:
        if made.pages:
            text = self.tr("{pages} pages with {lines} lines, seed {seed}")
            return text.format(pages=made.pages, lines=made.lines, seed=made.seed)
        return self.tr("{lines} lines, seed {seed}").format(lines=made.lines, seed=made.seed)
