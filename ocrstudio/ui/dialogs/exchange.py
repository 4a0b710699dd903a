"""Labels for other programs, and what this dialog shares with the one that brings labels in: plain words for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QPlainTextEdit,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.exchange import FORMATS, Exchange, Trouble
from ocrstudio.formats.exchange.registry import Exported
from ocrstudio.formats.exchange.writing import Pictures
from ocrstudio.services.exchange_run import ExportRun
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words, translated, translated_problem
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label, row

SIZE_PX = (820, 640)
# More lines than anybody reads would take seconds to lay out.
_SHOWN_PROBLEMS = 500


def title_of(form: Exchange) -> str:
    """What people call a format, in the language in use."""
    return QCoreApplication.translate("Formats", form.title)


def about(form: Exchange) -> str:
    """What a format holds, in the language in use."""
    return QCoreApplication.translate("Formats", form.about)


def problem_text(problem: Trouble) -> str:
    """Where, what, and what to do about it, in the language in use."""
    what = translated_problem(problem).removeprefix(": ")
    _, remedy = translated(StudioError(problem.template, problem.remedy, **problem.values))
    return f"{what} {remedy}".strip()


class ProblemsView(QPlainTextEdit):
    """Problems one below the other, to be read and copied; hidden while there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.hide()

    def show_problems(self, problems: Sequence[Trouble]) -> None:
        """Lists them; a long list is cut."""
        lines = [f"• {problem_text(problem)}" for problem in problems[:_SHOWN_PROBLEMS]]
        if len(problems) > _SHOWN_PROBLEMS:
            more = self.tr("… and {count} more.").format(count=len(problems) - _SHOWN_PROBLEMS)
            lines.append(more)
        self.setPlainText("\n".join(lines))
        self.setVisible(bool(problems))


class ExchangeDialog(Dialog):
    """What both dialogs share: progress, result, problems, and a button row."""

    def __init__(self, session: ProjectSession, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE_PX)
        self._session = session
        self.summary = label("", "exchangeSummary", wrap=True)
        self.problems_title = label("subtitle", "exchangeProblemsTitle")
        self.problems_title.hide()
        self.problems = ProblemsView("exchangeProblems")
        self.progress = QProgressBar()
        self.progress.setObjectName("exchangeProgress")
        self.progress.hide()
        self.go = button("exchangeGo", role="primary")
        self.go.setDefault(True)
        self.stop = button("exchangeStop")
        self.stop.setText(self.tr("Stop"))
        self.stop.hide()
        self.buttons = ButtonBox(ButtonBox.StandardButton.Close)
        close = self.buttons.button(ButtonBox.StandardButton.Close)
        if close is not None:
            close.setIcon(QIcon())  # the style's own is black in the dark theme too
            close.setAutoDefault(False)
        self.stop.setAutoDefault(False)  # Return in a field is for the primary button alone, even while it is hidden
        self.buttons.addButton(self.go, ButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.stop, ButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)
        session.project_closed.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)

    def _finish_layout(self, *after_summary: QWidget) -> None:
        for widget in (self.summary, *after_summary, self.progress, self.problems_title):
            self.column.addWidget(widget)
        self.column.addWidget(self.problems, 1)
        self.column.addStretch(0)
        self.column.addWidget(self.buttons)
        self._show_running(running=False)

    def _say(self, text: str, role: str = "") -> None:
        self.summary.setText(text)
        theme.mark(self.summary, role)

    def _show_problems(self, problems: Sequence[Trouble]) -> None:
        self.problems_title.setVisible(bool(problems))
        self.problems_title.setText(self.tr("Please note ({count})").format(count=len(problems)))
        self.problems.show_problems(problems)

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.progress.setRange(0, 0)
        self.stop.setVisible(running)
        self.go.setVisible(not running)

    @pyqtSlot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show_error(self, error: StudioError) -> None:
        self._show_running(running=False)
        self._say(in_words(error), "bad")


class ExportDialog(ExchangeDialog):
    """Writes the labels of the open project in another program's format.

    Args:
        session: The open project.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export labels"))
        self._out: Path | None = None
        self._run = ExportRun(session, self)
        self._run.progressed.connect(self._on_progressed)
        self._run.finished.connect(self._on_finished)
        self._run.failed.connect(self._on_failed)
        self._run.stopped.connect(self._on_stopped)
        self._build()
        self._show_target()

    def _build(self) -> None:
        self.forms = QTreeWidget()
        self.forms.setObjectName("exportFormats")
        self.forms.setAccessibleName(self.tr("Format"))
        self.forms.setHeaderHidden(True)
        self.forms.setRootIsDecorated(False)
        self.forms.setUniformRowHeights(True)
        self.forms.setColumnCount(2)
        for form in FORMATS.values():
            if form.can_write:
                item = QTreeWidgetItem(self.forms, [title_of(form), about(form)])
                item.setToolTip(1, about(form))
                item.setData(0, Qt.ItemDataRole.UserRole, form.id)
        self.choose("ppocrlabel")
        self.column.addWidget(self.forms, 3)
        self.forms.ensurePolished()
        self.forms.resizeColumnToContents(0)
        self.folder = ElidedLabel("exportFolder")
        self.folder_button = button("exportChoose", "fa5s.folder-open")
        self.folder_button.setText(self.tr("Folder…"))
        line = row(self.folder, self.folder_button)
        line.setStretchFactor(self.folder, 1)
        self.column.addLayout(line)
        self.copy = QCheckBox(self.tr("Copy the pictures there too"))
        self.copy.setObjectName("exportCopy")
        self.copy.setChecked(True)
        self.checked = QCheckBox(self.tr("Only pages that are checked"))
        self.checked.setObjectName("exportChecked")
        self.column.addWidget(self.copy)
        self.column.addWidget(self.checked)
        self.open_folder = button("exportOpen", role="quiet")
        self.open_folder.setText(self.tr("Show the folder"))
        self.buttons.addButton(self.open_folder, ButtonBox.ButtonRole.ActionRole)
        self.open_folder.hide()
        self.go.setText(self.tr("Export"))
        self._finish_layout()
        self.forms.currentItemChanged.connect(self._on_form_changed)
        self.folder_button.clicked.connect(self._on_folder_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.stop.clicked.connect(self._run.cancel)
        self.open_folder.clicked.connect(self._on_open_clicked)

    @property
    def form(self) -> Exchange:
        """The format that is chosen."""
        item = self.forms.currentItem()
        return FORMATS[str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else "ppocrlabel"]

    def choose(self, form: str) -> None:
        """Chooses a format by its key in `FORMATS`."""
        for index in range(self.forms.topLevelItemCount()):
            item = self.forms.topLevelItem(index)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == form:
                self.forms.setCurrentItem(item)

    @property
    def out(self) -> Path:
        """Where it goes: the folder that was chosen, else one beside the project named after the format."""
        project = self._session.folder or Path.home()
        return self._out or project.with_name(f"{project.name}-{self.form.id}")

    def set_out(self, out: Path) -> None:
        """Writes into that folder."""
        self._out = out
        self._show_target()

    @pyqtSlot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_form_changed(self, _now: QTreeWidgetItem, _before: QTreeWidgetItem) -> None:
        self._show_target()

    def _show_target(self) -> None:
        self.folder.show_text(str(self.out))
        cuts = self.form.cuts_lines
        self.copy.setEnabled(not cuts)
        self.copy.setToolTip(self.tr("This format holds a picture of each line instead.") if cuts else "")
        self.open_folder.hide()
        self._show_problems(())
        if _has_files(self.out):
            self._say(self.tr("The folder is not empty; files of the same names will be replaced."), "warn")
        else:
            self._say(self.tr("The project itself does not change."), "muted")

    @pyqtSlot()
    def _on_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the labels"), str(self.out.parent))
        if name:
            self.set_out(Path(name))

    @pyqtSlot()
    def _on_go_clicked(self) -> None:
        if self._run.is_running:
            return
        self._say(self.tr("Writing…"), "muted")
        self._show_problems(())
        self._show_running(running=True)
        pictures: Pictures = "copy" if self.copy.isChecked() else "reference"
        self._run.start(self.form.id, self.out, pictures=pictures, checked_only=self.checked.isChecked())

    @pyqtSlot(object)
    def _on_finished(self, done: Exported) -> None:
        self._show_running(running=False)
        text = self.tr("{boxes} boxes of {pages} pages were written to {folder}.")
        self._say(text.format(boxes=done.boxes, pages=done.pages, folder=self.out), "good")
        self.open_folder.show()
        self._show_problems(done.problems)
        QTimer.singleShot(0, self._show_choice)  # once the list has given way to the problems

    @pyqtSlot()
    def _show_choice(self) -> None:
        self.forms.scrollToItem(self.forms.currentItem())

    @pyqtSlot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._show_error(error)

    @pyqtSlot()
    def _on_stopped(self) -> None:
        self._show_running(running=False)
        self._say(self.tr("Stopped. The files that were written are whole, the others are missing."), "warn")

    @pyqtSlot()
    def _on_open_clicked(self) -> None:
        open_place(self.out, self)

    def done(self, result: int) -> None:
        """Ends what runs; closing, Escape and the button all come here."""
        self._run.close()
        super().done(result)


def _has_files(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return False
