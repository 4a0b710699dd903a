"""What a model reads wrong, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QShowEvent
from PyQt5.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ocrstudio.core.confusions import Ignoring
from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.error_groups import ErrorGroup
from ocrstudio.services.error_workbench import ErrorWorkbench, LabelledChoice, Offer
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.i18n import SaysWhat
from ocrstudio.ui.pages.test.errors_charts import ErrorCharts
from ocrstudio.ui.pages.test.errors_choice import ErrorChoice
from ocrstudio.ui.pages.test.errors_confusions import ConfusionList
from ocrstudio.ui.pages.test.errors_empty import NoErrors, NothingMeasured
from ocrstudio.ui.pages.test.errors_figures import ErrorFigures
from ocrstudio.ui.pages.test.errors_lines_panel import ErrorLinesPanel, Shown
from ocrstudio.ui.pages.test.errors_matrix import ConfusionMatrix
from ocrstudio.ui.pages.test.errors_mending import ErrorMending, Told
from ocrstudio.ui.pages.test.errors_words import NOTHING_SIGN
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, label, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

LINES, PRAISE = range(2)  # what stands below the figures


class ErrorsTab(TranslatedWidget):
    """Choosers and figures above; characters and charts at the left, the lines at the right.

    Args:
        session: The open project.
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    synthesis_requested = pyqtSignal(str)  # characters that synthetic lines shall be made of
    values_requested = pyqtSignal(object)  # dict of config keys and values
    read_requested = pyqtSignal(str)  # model that the user wants to read other pictures with
    open_requested = pyqtSignal()  # the user wants to open a folder
    page_requested = pyqtSignal(str)  # key of another page of the window

    def __init__(
        self, session: ProjectSession, parent: QWidget | None = None, program: list[str] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("errorsTab")
        self._session = session
        self._analysis: ErrorAnalysis | None = None
        self._message_action: Callable[[], object] | None = None
        self.workbench = ErrorWorkbench(self, program)
        self.choice, self.figures = ErrorChoice(), ErrorFigures()
        self.message = MessageBar()
        self.matrix, self.confusions, self.charts = ConfusionMatrix(), ConfusionList(), ErrorCharts()
        self.panel = ErrorLinesPanel()
        self.empty, self.no_errors = NothingMeasured(), NoErrors()
        self.mending = ErrorMending(session, self.workbench, self.panel, self)
        self._build()
        self._connect()
        self._show_nothing()

    def _build(self) -> None:
        characters = QWidget()
        column = QVBoxLayout(characters)
        column.setContentsMargins(0, GRID, GRID, 0)
        column.setSpacing(GRID)
        hint = label("hint", wrap=True)
        self.say(
            hint.setText,
            lambda: self.tr(
                "Down: what stands there. Across: what was read; {sign} is nothing. Click a number."
            ).format(sign=NOTHING_SIGN),
        )
        self.say(self.matrix.setAccessibleName, lambda: self.tr("Matrix of characters that were taken for others"))
        self.say(self.confusions.setAccessibleName, lambda: self.tr("Characters that were taken for others"))
        for widget in (self.matrix, hint):
            column.addWidget(widget)
        column.addWidget(self.confusions, 1)
        self._sides = QTabWidget()
        self._sides.setObjectName("errorSides")
        self._sides.setDocumentMode(True)
        self._sides.addTab(scrolled(characters), "")
        self._sides.addTab(scrolled(self.charts), "")
        self.say(partial(self._sides.setTabText, 0), lambda: self.tr("Characters"))
        self.say(partial(self._sides.setTabText, 1), lambda: self.tr("Where"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("errorSplit")
        split.addWidget(self._sides)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([420, 640])
        split.setChildrenCollapsible(False)
        self._result = QWidget()
        inner = QVBoxLayout(self._result)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        inner.addWidget(self.figures)
        self._outcome = QStackedWidget()
        self._outcome.addWidget(split)
        self._outcome.addWidget(self.no_errors)
        inner.addWidget(self._outcome, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._result)
        for stack in (self._outcome, self._stack):
            HeightOfShown(stack)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        page.setSpacing(GRID)
        page.addWidget(self.choice)
        page.addWidget(self.message)
        page.addWidget(self._stack, 1)

    def _connect(self) -> None:
        workbench, choice = self.workbench, self.choice
        workbench.offered.connect(self._on_workbench_offered)
        workbench.started.connect(self._on_workbench_started)
        workbench.progressed.connect(self._on_workbench_progressed)
        workbench.analysed.connect(self._on_workbench_analysed)
        workbench.failed.connect(self._on_failed)
        workbench.cancelled.connect(self._on_workbench_cancelled)
        choice.measure_requested.connect(self.measure)
        choice.cancel_requested.connect(workbench.cancel)
        choice.second_chosen.connect(self._on_second_chosen)
        choice.report_requested.connect(self._on_report_requested)
        self.figures.ignoring_changed.connect(self._on_ignoring_changed)
        self.matrix.chosen.connect(self.show_confusion)
        self.confusions.chosen.connect(self.show_confusion)
        self.charts.chosen.connect(self.show_bar)
        self.panel.shown_changed.connect(self._on_panel_shown_changed)
        self.message.action_requested.connect(self._on_message_action_requested)
        self.mending.synthesis_requested.connect(self.synthesis_requested)
        self.mending.told.connect(self._on_mending_told)
        self.mending.failed.connect(self._on_failed)
        self.empty.open_requested.connect(self.open_requested)
        self.empty.page_requested.connect(self.page_requested)
        self.no_errors.read_button.clicked.connect(self._on_read_clicked)
        self._session.project_opened.connect(self._on_project_changed)
        self._session.project_closed.connect(self._on_project_changed)

    # --- what others may do ----------------------------------------------------------------------------------------

    @pyqtSlot()
    def measure(self) -> None:
        """Has the chosen model read the chosen lines."""
        labelled = self.choice.labelled
        if labelled is None:
            return
        self.message.clear()
        self.choice.drop_second()
        self.workbench.drop_second()
        self.workbench.measure(self.choice.model, labelled)

    @pyqtSlot(str, str)
    def show_confusion(self, truth: str, read: str) -> None:
        """Shows the lines in which something was read as something else."""
        self.panel.show_only(Shown("confusion", confusion=(truth, read)))

    @pyqtSlot(str, int)
    def show_bar(self, group: str, bar: int) -> None:
        """Shows the wrong lines of a bar."""
        self.panel.show_only(Shown("bar", group=group, bar=bar))

    # --- the workbench ---------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_workbench_offered(self, offer: Offer) -> None:
        self.choice.show_offer(offer)
        self.choice.show_result(self._analysis)
        self.empty.show_for(self._session.store, has_datasets=any(one.kind == "dataset" for one in offer.sets))
        latest = offer.latest
        if latest is not None and self._analysis is None and not self.workbench.is_busy:
            data = latest.data
            self.choice.choose(latest.model.model, LabelledChoice(data.kind, data.place, data.part))
            self.workbench.open(latest.file)

    @pyqtSlot()
    def _on_workbench_started(self) -> None:
        self.choice.show_running(True)
        self.choice.show_result(None)

    @pyqtSlot(int, int)
    def _on_workbench_progressed(self, done: int, total: int) -> None:
        self.choice.show_running(True, done, total)

    @pyqtSlot(object)
    def _on_workbench_analysed(self, analysis: ErrorAnalysis) -> None:
        is_new = self._analysis is None or analysis.evaluation is not self._analysis.evaluation
        self._analysis = analysis
        self.choice.show_running(False)
        self.choice.show_result(analysis)
        self.figures.show_analysis(analysis)
        self.matrix.show_confusions(analysis.confusions)
        self.confusions.show_confusions(analysis.confusions)
        groups: dict[str, ErrorGroup] = {group.name: group for group in analysis.groups}
        self.charts.show_groups(groups)
        if is_new:
            self.mending.forget()
            self.panel.view.pictures.forget()
        self.panel.show_analysis(analysis, has_second=self.workbench.second is not None, anew=is_new)
        if not analysis.worst:
            self.no_errors.show_analysis(analysis)
        self._outcome.setCurrentIndex(LINES if analysis.worst else PRAISE)
        self._stack.setCurrentWidget(self._result)
        unread = analysis.evaluation.unread
        if is_new and unread:
            self.message.show_message(
                "warn",
                lambda: self.tr("Pictures that could not be read: {count}.").format(count=len(unread)),
                details="\n".join(f"{picture}: {reason}" for picture, reason in unread.items()),
            )

    @pyqtSlot()
    def _on_workbench_cancelled(self) -> None:
        self.choice.show_running(False)
        self.choice.show_result(self._analysis)

    @pyqtSlot(object)
    def _on_failed(self, error: SaysWhat) -> None:
        self.choice.show_running(False)
        self.choice.show_result(self._analysis)
        self._message_action = None
        self.message.show_error(error)

    @pyqtSlot(str)
    def _on_second_chosen(self, model: str) -> None:
        labelled = self.choice.labelled
        if not model:
            self.workbench.drop_second()
        elif labelled is not None:
            self.workbench.measure(model, labelled, second=True)

    @pyqtSlot(object)
    def _on_ignoring_changed(self, ignoring: Ignoring) -> None:
        self.workbench.ignore(ignoring)

    # --- the lines -------------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_panel_shown_changed(self, shown: Shown) -> None:
        self.matrix.select(shown.confusion)
        self.confusions.select(shown.confusion)
        self.charts.select(shown.group, shown.bar)

    @pyqtSlot(object)
    def _on_mending_told(self, told: Told) -> None:
        self._message_action = partial(self.values_requested.emit, dict(told.values)) if told.values else None
        self.message.show_message("good", told.text, action=told.action)

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        action, self._message_action = self._message_action, None
        self.message.clear()
        if action is not None:
            action()

    @pyqtSlot()
    def _on_report_requested(self) -> None:
        if self._analysis is not None:
            self.mending.save_report(self._analysis)

    @pyqtSlot()
    def _on_read_clicked(self) -> None:
        if self._analysis is not None:
            self.read_requested.emit(self._analysis.evaluation.model.model)

    # --- life ------------------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_project_changed(self, _folder: str = "") -> None:
        self.workbench.forget()
        self._show_nothing()
        if self.isVisible():
            self._look()

    def _show_nothing(self) -> None:
        self._analysis = None
        self.message.clear()
        self.choice.show_running(False)
        self.choice.show_result(None)
        self.choice.drop_second()
        self.figures.show_analysis(None)
        self.matrix.show_confusions(None)
        self.confusions.show_confusions(None)
        self.charts.show_groups({})
        self.mending.forget()
        self.panel.view.pictures.forget()
        self.panel.show_analysis(None)
        self._stack.setCurrentWidget(self.empty)

    def _look(self) -> None:
        folder = self._session.folder
        self.workbench.look(Path(folder) if folder is not None else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.workbench.close()
        self.mending.close()
        self.panel.view.pictures.close()
        super().closeEvent(event)
