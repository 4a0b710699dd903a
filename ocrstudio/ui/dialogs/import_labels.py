"""Labels and pictures from elsewhere: what will happen is said before anything changes, and what was left out after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.exchange import FORMATS
from ocrstudio.formats.exchange.import_into import ImportWishes
from ocrstudio.formats.exchange.reading import PdfWishes
from ocrstudio.formats.exchange.registry import only_pictures
from ocrstudio.formats.pdf_pages import DEFAULT_DPI, PdfPasswordError, is_pdf_name
from ocrstudio.services.import_run import Imported, ImportPreview, ImportRun
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.exchange import ExchangeDialog, about, problem_text, title_of
from ocrstudio.ui.widgets.dialog import ButtonBox
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import ElidedLabel, button, label, row

FIELD_WIDTH_PX = 220
DPI_RANGE = (72, 600)


class ImportDialog(ExchangeDialog):
    """Brings labels and pictures from other programs, PDF files and archives into the open project.

    Args:
        session: The open project.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import"))
        self._sources: list[Path] = []
        self._names: list[QLabel] = []
        self._preview: ImportPreview | None = None
        self._known_pages: frozenset[str] = frozenset()  # those before importing
        self._log: Path | None = None
        self._run = ImportRun(session, problem_text, self)
        self._run.progressed.connect(self._on_progressed)
        self._run.previewed.connect(self._on_previewed)
        self._run.finished.connect(self._on_finished)
        self._run.failed.connect(self._on_failed)
        self._run.stopped.connect(self._on_stopped)
        self._build_source()
        self._build_options()
        self._build_pdf()
        self._build_end()
        self._align()
        choose = self.tr("Choose labels, pictures, a PDF or a zip, or the folder that holds them.")
        safe = self.tr("Nothing changes before you press Import, and each page can be undone.")
        self._say(f"{choose} {safe}", "muted")

    # --- building --------------------------------------------------------------------------------------------------

    def _build_source(self) -> None:
        self.source = ElidedLabel("importSource")
        self.source.show_text(self.tr("Nothing is chosen yet"))
        self.file_button = button("importFile", "fa5s.file-import")
        self.file_button.setText(self.tr("File…"))
        self.folder_button = button("importFolder", "fa5s.folder-open")
        self.folder_button.setText(self.tr("Folder…"))
        for each in (self.file_button, self.folder_button):
            each.setAutoDefault(False)  # Return in the password would press it
        line = row(self.source, self.file_button, self.folder_button)
        line.setStretchFactor(self.source, 1)
        self.column.addLayout(line)
        self.file_button.clicked.connect(self._on_file_clicked)
        self.folder_button.clicked.connect(self._on_folder_clicked)

    def _build_options(self) -> None:
        self.form = QComboBox()
        self.form.setObjectName("importFormat")
        self.form.addItem(self.tr("Recognise the format"), None)
        for form in FORMATS.values():
            if form.can_read:
                self.form.addItem(title_of(form), form.id)
        self.form_about = label("hint", "importFormatAbout", wrap=True)
        self._add_field(self.tr("Format"), self.form)
        self.column.addWidget(self.form_about)
        self.form_about.hide()
        self.existing = QComboBox()
        self.existing.setObjectName("importExisting")
        for text, value in (
            (self.tr("Replace boxes that nobody touched"), "untouched"),
            (self.tr("Leave such pages as they are"), "keep"),
            (self.tr("Add the new boxes to them"), "add"),
            (self.tr("Replace all boxes of such pages"), "replace"),
        ):
            self.existing.addItem(text, value)
        self._add_field(self.tr("Pages that have labels already"), self.existing)
        self.form.activated.connect(self._on_option_activated)
        self.existing.activated.connect(self._on_option_activated)

    def _build_pdf(self) -> None:
        self.dpi = QSpinBox()
        self.dpi.setObjectName("importDpi")
        self.dpi.setRange(*DPI_RANGE)
        self.dpi.setSingleStep(50)
        self.dpi.setValue(DEFAULT_DPI)
        self.dpi.setKeyboardTracking(False)
        self.dpi.setToolTip(self.tr("A page that is one scan keeps the scanner's own picture."))
        self.pdf_text = QCheckBox(self.tr("Take the text that lies in the PDF as boxes"))
        self.pdf_text.setObjectName("importPdfText")
        self.pdf_text.setChecked(True)
        self._pdf_row = self._add_field(self.tr("Pixels per inch of PDF pages"), self.dpi, self.pdf_text)
        self.password = QLineEdit()
        self.password.setObjectName("importPassword")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password_row = self._add_field(self.tr("Password of the PDF"), self.password)
        self._show_row(self._pdf_row, shown=False)
        self._show_row(self._password_row, shown=False)
        self.dpi.valueChanged.connect(self._on_option_activated)
        self.pdf_text.toggled.connect(self._on_pdf_text_toggled)
        self.password.returnPressed.connect(self._look)

    def _build_end(self) -> None:
        self.pictures = QComboBox()
        self.pictures.setObjectName("importPictures")
        self._pictures_row = self._add_field(self.tr("Pictures that the project lacks"), self.pictures)
        self._show_row(self._pictures_row, shown=False)
        self.show_log = button("importLog", "fa5s.file-alt", role="quiet")
        self.show_log.setText(self.tr("Open the list"))
        self.buttons.addButton(self.show_log, ButtonBox.ButtonRole.ActionRole)
        self.show_log.setAutoDefault(False)
        self.show_log.hide()
        self.go.setText(self.tr("Import"))
        self.go.setEnabled(False)
        self._finish_layout()
        self.pictures.currentIndexChanged.connect(self._on_pictures_changed)
        self.show_log.clicked.connect(self._on_log_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.stop.clicked.connect(self._run.cancel)

    def _add_field(self, title: str, field: QWidget, *more: QWidget) -> list[QWidget]:
        name = label("muted")
        name.setText(title)
        name.setBuddy(field)
        self._names.append(name)
        line = row(name, field, *more)
        line.setStretchFactor(more[-1] if more else field, 1)
        self.column.addLayout(line)
        return [name, field, *more]

    def _align(self) -> None:
        """Puts all fields below each other, beside the longest of their names."""
        width = max(FIELD_WIDTH_PX, *(name.sizeHint().width() for name in self._names))
        for name in self._names:
            name.setMinimumWidth(width)

    def _show_row(self, widgets: Sequence[QWidget], *, shown: bool) -> None:
        for widget in widgets:
            widget.setVisible(shown)

    # --- reading ---------------------------------------------------------------------------------------------------

    def set_source(self, *sources: Path) -> None:
        """Reads what is there and shows what importing it would do; several are files. Not while something runs."""
        if self._run.is_running:
            return
        self._sources = list(sources)
        shown = str(sources[0])
        if len(sources) > 1:
            shown = self.tr("{count} files in {folder}").format(count=len(sources), folder=sources[0].parent)
        self.source.show_text(shown)
        self.password.clear()
        self._show_row(self._password_row, shown=False)
        self._show_row(self._pdf_row, shown=any(is_pdf_name(source.name) for source in sources))
        self._look()

    def _show_running(self, *, running: bool) -> None:
        super()._show_running(running=running)
        for widget in (self.file_button, self.folder_button, self.form, self.existing, self.dpi, self.pdf_text):
            widget.setEnabled(not running)

    @pyqtSlot()
    def _look(self) -> None:
        if not self._sources or self._run.is_running:
            return
        self._preview = None
        self._update_go()
        self.show_log.hide()
        self._show_row(self._pictures_row, shown=False)
        self._show_problems(())
        self._say(self.tr("Reading…"), "muted")
        self._show_running(running=True)
        pdf = PdfWishes(self.dpi.value(), self.pdf_text.isChecked(), self.password.text())
        self._run.look(self._sources, ImportWishes(self.form.currentData(), self.existing.currentData(), pdf))

    @pyqtSlot()
    def _on_file_clicked(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("What to import"), str(self._session.folder or ""))
        if names:
            self.set_source(*map(Path, names))

    @pyqtSlot()
    def _on_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("What to import"), str(self._session.folder or ""))
        if name:
            self.set_source(Path(name))

    @pyqtSlot(int)
    def _on_option_activated(self, _value: int) -> None:
        self._look()

    @pyqtSlot(bool)
    def _on_pdf_text_toggled(self, _checked: bool) -> None:
        self._look()

    @pyqtSlot(object)
    def _on_previewed(self, preview: ImportPreview) -> None:
        self._show_running(running=False)
        self._preview = preview
        form = FORMATS[preview.form]
        self.form_about.setText(f"{title_of(form)}: {about(form)}")
        self.form_about.show()
        if preview.form == "pdf":
            self._show_row(self._pdf_row, shown=True)
        self._say(" ".join(self._found(preview)), "" if preview.changed or preview.copyable else "warn")
        self._offer_pictures(preview)
        self._show_problems(preview.problems)
        self._update_go()

    def _found(self, preview: ImportPreview) -> list[str]:
        """What was found, in sentences."""
        parts = []
        if preview.pages or not preview.missing:
            text = self.tr("{boxes} boxes for {pages} pages of the project were found; {changed} pages will change.")
            parts.append(text.format(boxes=preview.boxes, pages=preview.pages, changed=preview.changed))
        if preview.conflicts:
            parts.append(self.tr("{count} of these pages have labels already.").format(count=preview.conflicts))
        if only_pictures(preview.form) and preview.copyable:
            text = self.tr("{count} pictures become new pages, with {boxes} boxes.")
            parts.append(text.format(count=preview.copyable, boxes=preview.new_boxes))
        elif preview.missing:
            text = self.tr("{count} labelled pictures are not in the project; {known} of them lie with the labels.")
            parts.append(text.format(count=preview.missing, known=preview.copyable))
        return parts

    def _offer_pictures(self, preview: ImportPreview) -> None:
        """The ways in which missing pictures can come in; those that are all there is to import come in any case."""
        ways: list[tuple[str, str | None]] = [(self.tr("Copy {count} into the project's folder"), "copy")]
        if preview.linkable:
            ways.append((self.tr("Link to {count} where they lie, without a copy"), "link"))
        if not only_pictures(preview.form):
            ways.insert(0, (self.tr("Leave out {count} and their labels"), None))
        self.pictures.blockSignals(True)
        self.pictures.clear()
        for text, value in ways:
            self.pictures.addItem(text.format(count=preview.copyable), value)
        if not preview.pages:  # there is nothing else to bring in
            self.pictures.setCurrentIndex(self.pictures.findData("copy"))
        self.pictures.blockSignals(False)
        self.pictures.setToolTip(
            self.tr("A link takes no room. On another disk it works only as long as the picture stays where it is.")
        )
        self._show_row(self._pictures_row, shown=bool(preview.copyable) and len(ways) > 1)

    # --- importing -------------------------------------------------------------------------------------------------

    def _update_go(self) -> None:
        preview = self._preview
        brings = preview is not None and bool(preview.copyable) and self.pictures.currentData() is not None
        self.go.setEnabled(preview is not None and (bool(preview.changed) or brings))
        if self.go.isEnabled() and isinstance(self.focusWidget(), QPushButton):
            self.go.setFocus()  # while the file was looked at, the focus could only go to what closes

    @pyqtSlot(int)
    def _on_pictures_changed(self, _index: int) -> None:
        self._update_go()

    @pyqtSlot()
    def _on_go_clicked(self) -> None:
        if self._run.is_running or self._preview is None:
            return
        self._known_pages = frozenset(self._session.keys)
        self._say(self.tr("Importing…"), "muted")
        self._show_running(running=True)
        self._run.apply(self.pictures.currentData() if self._preview.copyable else None)

    @pyqtSlot(object)
    def _on_finished(self, done: Imported) -> None:
        self._show_running(running=False)
        self._preview = None
        self._update_go()
        self._show_row(self._pictures_row, shown=False)
        parts = []
        if done.changed or not done.brought:
            parts.append(self.tr("{count} pages have new labels.").format(count=done.changed))
        if done.brought:
            parts.append(self.tr("{count} pictures came into the project.").format(count=done.brought))
        self._log = done.log
        if done.log is not None and self._session.folder is not None:
            file = done.log.relative_to(self._session.folder)
            parts.append(self.tr("What was left out or needs a look is kept in {file}.").format(file=file))
        self.show_log.setVisible(done.log is not None)
        # What came in is shown behind the dialog.
        for first in [key for key in self._session.keys if key not in self._known_pages][:1]:
            self._session.open_page(first)
        self._say(" ".join(parts), "good")
        self._show_problems(done.problems)

    @pyqtSlot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._show_error(error)
        if isinstance(error, PdfPasswordError):
            self._show_row(self._password_row, shown=True)
            self.password.setFocus()

    @pyqtSlot()
    def _on_stopped(self) -> None:
        self._show_running(running=False)
        self._preview = None
        self._update_go()
        self._say(self.tr("Stopped. What came in already stays; undo takes labels back."), "warn")

    @pyqtSlot()
    def _on_log_clicked(self) -> None:
        if self._log is not None:
            open_place(self._log, self)

    def done(self, result: int) -> None:
        """Ends what runs; closing, Escape and the button all come here."""
        self._run.close()
        super().done(result)
