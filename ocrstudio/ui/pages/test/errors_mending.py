"""What is done with lines that were read wrong: their labels, the training, synthetic lines, retention, a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QFileDialog

from ocrstudio.core.error_analysis import ErrorAnalysis, lacking_characters
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.formats.retention import add_to_retention, retention_list
from ocrstudio.services.background import Background, tried
from ocrstudio.services.error_fixes import ErrorFixes, FixReport
from ocrstudio.services.error_workbench import ErrorWorkbench
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.pages.test.errors_label_dialog import LabelDialog
from ocrstudio.ui.pages.test.errors_lines_panel import ErrorLinesPanel
from ocrstudio.ui.pages.test.errors_report import write_report

NO_PROJECT = QT_TRANSLATE_NOOP("Errors", "Retention lines belong to a project, and none is open.")
OPEN_ONE = QT_TRANSLATE_NOOP("Errors", "Open the project that is to be trained.")


@dataclass(frozen=True)
class Told:
    """What came of an action.

    Attributes:
        text: Gives the sentence.
        action: Gives the text of a button; None without one.
        values: Config keys and values that the button stands for.
    """

    text: Callable[[], str]
    action: Callable[[], str] | None = None
    values: Mapping[str, object] = field(default_factory=dict)


class ErrorMending(QObject):
    """Does what the panel's buttons ask for, with the lines that are selected.

    Args:
        session: The open project.
        workbench: Has the evaluation.
        panel: The lines.
        parent: Owner; it calls `close`.
    """

    told = pyqtSignal(object)  # Told
    failed = pyqtSignal(object)  # StudioError
    synthesis_requested = pyqtSignal(str)  # characters

    def __init__(
        self, session: ProjectSession, workbench: ErrorWorkbench, panel: ErrorLinesPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._workbench, self._panel = session, workbench, panel
        self._background = Background(self, threads=1)
        self.fixes = ErrorFixes(session, self)
        self.fixes.finished.connect(self._on_fixes_finished)
        self.fixes.failed.connect(self.failed)
        panel.fix.clicked.connect(self._on_fix_clicked)
        panel.exclude.clicked.connect(self._on_exclude_clicked)
        panel.synthesise.clicked.connect(self._on_synthesise_clicked)
        panel.retain.clicked.connect(self._on_retain_clicked)
        panel.view.opened.connect(self._on_view_opened)

    def forget(self) -> None:
        """Forgets what was done, as the lines are others."""
        self._panel.view.lines.notes.clear()

    def close(self) -> None:
        """Stops the work."""
        self.fixes.close()
        self._background.close()

    # --- labels ----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_fix_clicked(self) -> None:
        numbers = self._panel.view.selected_numbers()
        if len(numbers) == 1:
            self._on_view_opened(numbers[0])
        elif numbers:
            evaluation = self._workbench.evaluation
            texts = {number: evaluation.lines.reads[number] for number in numbers} if evaluation is not None else {}
            wanted = {number: text.strip() for number, text in texts.items() if text.strip()}
            ask(
                self._panel,
                "takeReadings",
                self.tr("Replace the labels of {count} lines by what was read?").format(count=len(wanted)),
                [(self.tr("Replace the labels"), partial(self._apply, wanted)), (self.tr("Cancel"), None)],
                explanation=self.tr("Look at them first: where the model is wrong, the label becomes wrong, too."),
                default=1,
            )

    @pyqtSlot(int)
    def _on_view_opened(self, number: int) -> None:
        evaluation = self._workbench.evaluation
        if evaluation is None:
            return
        line = evaluation.lines[number]
        image = self._panel.view.pictures.picture(Path(evaluation.data.root), line)
        dialog = LabelDialog(number, line, image if isinstance(image, QImage) else None, self._panel)
        dialog.corrected.connect(self._on_dialog_corrected)
        dialog.open()

    @pyqtSlot(int, str)
    def _on_dialog_corrected(self, number: int, text: str) -> None:
        self._apply({number: text})

    @pyqtSlot()
    def _on_exclude_clicked(self) -> None:
        self._apply(dict.fromkeys(self._panel.view.selected_numbers()))

    def _apply(self, texts: dict[int, str] | dict[int, str | None]) -> None:
        if self._workbench.evaluation is not None:
            self.fixes.apply(self._workbench.evaluation, dict(texts))

    @pyqtSlot(object)
    def _on_fixes_finished(self, report: FixReport) -> None:
        notes = self._panel.view.lines.notes
        left_out = [number for number, text in report.texts.items() if text is None]
        corrected = {number: text for number, text in report.texts.items() if text is not None}
        notes |= dict.fromkeys(left_out, self.tr("left out of training"))
        notes |= dict.fromkeys(corrected, self.tr("label corrected"))
        self.told.emit(Told(partial(self._fix_words, report, len(corrected), len(left_out))))
        if corrected:
            self._workbench.relabel(corrected)
        self._panel.view.repaint_rows()

    def _fix_words(self, report: FixReport, corrected: int, left_out: int) -> str:
        words = []
        if corrected:
            words.append(self.tr("Labels corrected: {count}.").format(count=corrected))
        if left_out:
            words.append(self.tr("Lines left out of training: {count}.").format(count=left_out))
        if report.lost:
            words.append(
                self.tr("Not found any more, because their pages were edited since: {count}.").format(count=report.lost)
            )
        if report.written is not None:
            words.append(self.tr("The corrected list is {file}; yours is unchanged.").format(file=report.written))
        elif report.texts:
            words.append(self.tr("It can be undone on the Annotate page; write the dataset again to train with it."))
        return " ".join(words)

    # --- training --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_synthesise_clicked(self) -> None:
        analysis, numbers = self._panel.view.lines.analysis, self._panel.view.selected_numbers()
        if analysis is None:
            return
        confusion = self._panel.shown.confusion
        characters = "".join(dict.fromkeys(confusion[0])).strip() if confusion is not None else ""
        self.synthesis_requested.emit(characters or lacking_characters(analysis, numbers))

    @pyqtSlot()
    def _on_retain_clicked(self) -> None:
        evaluation, folder = self._workbench.evaluation, self._session.folder
        if evaluation is None:
            return
        if folder is None:
            self.failed.emit(DatasetError(NO_PROJECT, OPEN_ONE))
            return
        numbers = self._panel.view.selected_numbers()
        lines = [evaluation.lines[number] for number in numbers]
        work = partial(add_to_retention, Path(folder), Path(evaluation.data.root), lines)
        self._background.run(partial(tried, work), partial(self._on_retained, Path(folder), numbers))

    def _on_retained(self, project: Path, numbers: list[int], result: tuple[int, int] | StudioError) -> None:
        if isinstance(result, StudioError):
            self.failed.emit(result)
            return
        total, failed = result
        self._panel.view.lines.notes |= dict.fromkeys(numbers, self.tr("in the retention list"))
        self._panel.view.repaint_rows()
        file = retention_list(project)
        values = {"Global.retention_list": [file.as_posix()], "Global.retention_dir": file.parent.as_posix()}
        words = partial(self._retention_words, total, failed)
        self.told.emit(Told(words, lambda: self.tr("Watch them in the next training"), values))

    def _retention_words(self, total: int, failed: int) -> str:
        words = self.tr("Lines in the retention list: {count}.").format(count=total)
        if failed:
            words += " " + self.tr("Lines that could not be cut out: {count}.").format(count=failed)
        return words

    # --- the report ------------------------------------------------------------------------------------------------

    def save_report(self, analysis: ErrorAnalysis) -> None:
        """Asks for a file and writes what is seen into it, as a web page or as PDF."""
        kinds = self.tr("Web page (*.html);;PDF (*.pdf)")
        name = Path(analysis.evaluation.data.place).stem or "report"
        start = str(Path.home() / f"{name}-errors.html")
        chosen, kind = QFileDialog.getSaveFileName(self._panel, self.tr("Save a report"), start, kinds)
        if not chosen:
            return
        file = Path(chosen)
        if not file.suffix:
            file = file.with_suffix(".pdf" if "pdf" in kind else ".html")
        write_report(self._background, analysis, file, partial(self._on_reported, file))

    def _on_reported(self, file: Path, error: StudioError | None) -> None:
        if error is not None:
            self.failed.emit(error)
            return
        self.told.emit(Told(lambda: self.tr("Saved as {file}.").format(file=file)))
