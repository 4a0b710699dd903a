"""Every check of the flight check by verdict, beside what the chosen one says; repairs are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt5.QtCore import QEvent, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QProgressBar, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ocrstudio.core.checks import VERDICTS, Verdict
from ocrstudio.core.config_difference import ABSENT
from ocrstudio.services.flight_check import FlightCheck, Line, Report
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.flight_detail import FlightDetail
from ocrstudio.ui.pages.config.flight_words import MARKS, summary, title_of, verdict_word
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

SIZE = QSize(1060, 680)
ID_ROLE = int(Qt.ItemDataRole.UserRole)
# These begin closed: there is nothing to do about them.
CLOSED = ("fine",)


class FlightPanel(TranslatedWidget):
    """List of the checks, detail of one, and buttons for all.

    Args:
        check: What it shows; it follows every change.
        parent: Owner.
    """

    settings_ready = pyqtSignal(object)  # dict: config key to the value that a repair asks for, ABSENT for none
    restore_requested = pyqtSignal()  # the config from before the last repair is wanted back

    def __init__(self, check: FlightCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flightPanel")
        self._check = check
        self._report: Report | None = None
        self._chosen = ""
        self.summary = label("title", "flightPanelSummary")
        self._hint = label("muted", wrap=True)
        self.message = MessageBar()
        self.tree = self._build_tree()
        self.detail = FlightDetail()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._repair_all = button("flightRepairAll", "fa5s.magic", "primary")
        self._time = button("flightTime", "fa5s.stopwatch")
        self._again = button("flightPanelAgain", "fa5s.redo")
        self._stop = button("flightStop", "fa5s.stop")
        self.shut = button("flightClose")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(2 * GRID)
        split.addWidget(self.tree)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([420, 620])
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + 4)
        column.addWidget(self.summary)
        column.addWidget(self._hint)
        column.addWidget(self.message)
        column.addWidget(self.bar)
        column.addWidget(split, 1)
        column.addLayout(row(self._repair_all, None, self._stop, self._time, self._again, self.shut))
        self._say_texts()
        self._connect()

    def _build_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("flightTree")
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(3 * GRID)
        header = tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, header.ResizeMode.Stretch)
            header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)
        return tree

    def _say_texts(self) -> None:
        self.say(self.tree.setAccessibleName, lambda: self.tr("Checks"))
        self.say(
            self._hint.setText,
            lambda: self.tr(
                "Everything that can be said about this training before it starts. Repairs write new files beside "
                "yours and change the config; your files stay as they are."
            ),
        )
        self.say(self._repair_all.setText, lambda: self.tr("Repair everything that can be repaired"))
        self.say(self._time.setText, lambda: self.tr("Time 20 steps"))
        self.say(
            self._time.setToolTip,
            lambda: self.tr("Trains 20 steps in a folder that is deleted again, to tell how long the training takes."),
        )
        self.say(self._again.setText, lambda: self.tr("Check again"))
        self.say(self._stop.setText, lambda: self.tr("Stop"))
        self.say(self.shut.setText, lambda: self.tr("Close"))
        self.say(lambda _: self._refill(), str)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self.detail.repair_requested.connect(self._on_detail_repair_requested)
        self._repair_all.clicked.connect(self._on_repair_all_clicked)
        self._time.clicked.connect(self._check.time_steps)
        self._again.clicked.connect(self._check.again)
        self._stop.clicked.connect(self._check.cancel)
        self.message.action_requested.connect(self._on_message_action_requested)
        self._check.changed.connect(self.refresh)
        self._check.progressed.connect(self._on_check_progressed)
        self._check.repaired.connect(self._on_check_repaired)

    @pyqtSlot()
    def refresh(self) -> None:
        """Takes over what the check knows; while it is busy the last report stays."""
        busy = self._check.is_busy
        self.bar.setVisible(busy)
        if busy:
            self.bar.setRange(0, 0)
        if self._check.report is not None and self._check.report is not self._report:
            self._report = self._check.report
            self._refill()
        report = self._report
        self._repair_all.setEnabled(not busy and report is not None and bool(report.curable))
        self._time.setEnabled(not busy and report is not None and not report.fails)
        self._again.setEnabled(not busy)
        self._stop.setVisible(busy)
        self.detail.setEnabled(not busy)
        if self._check.failure is not None and not busy:
            self.message.show_error(self._check.failure)

    def choose(self, check_id: str) -> None:
        """Shows what a check says."""
        for place in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(place)
            for child in range(group.childCount() if group is not None else 0):
                item = group.child(child) if group is not None else None
                if item is not None and item.data(0, ID_ROLE) == check_id:
                    self.tree.setCurrentItem(item)
                    return

    def _refill(self) -> None:
        report, chosen = self._report, self._chosen
        # the part left of a chosen row's icon is Qt's, which paints it in the colour of chosen text
        self.tree.setStyleSheet(f"QTreeView {{ selection-background-color: {theme.colors().accent_soft}; }}")
        self.tree.clear()
        self.summary.setText(summary(report) if report is not None else "")
        if report is None:
            return
        for verdict in VERDICTS:
            lines = report.of(verdict)
            if lines:
                self._add_group(verdict, lines)
        known = {line.id for line in report.lines}
        first = next((line.id for verdict in VERDICTS for line in report.of(verdict)), "")
        self.choose(chosen if chosen in known else first)

    def _add_group(self, verdict: Verdict, lines: tuple[Line, ...]) -> None:
        role, icon_name = MARKS[verdict]
        group = QTreeWidgetItem([verdict_word(verdict), str(len(lines))])
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        group.setFont(0, font)
        group.setIcon(0, icon(icon_name, role))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setTextAlignment(1, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        for line in lines:
            rows = str(line.rows) if line.places and verdict in ("fail", "poor") else ""
            item = QTreeWidgetItem([title_of(line), rows])
            item.setIcon(0, icon(icon_name, role))
            item.setData(0, ID_ROLE, line.id)
            item.setToolTip(0, line.id)
            item.setTextAlignment(1, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            group.addChild(item)
        self.tree.addTopLevelItem(group)
        group.setExpanded(verdict not in CLOSED)

    @pyqtSlot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_tree_current_item_changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        chosen = str(item.data(0, ID_ROLE) or "") if item is not None else ""
        lines = self._report.lines if self._report is not None else ()
        line = next((one for one in lines if one.id == chosen), None)
        if line is not None:
            self._chosen = chosen
        self.detail.show_line(line)

    @pyqtSlot(str)
    def _on_detail_repair_requested(self, check_id: str) -> None:
        self.message.clear()
        self._check.repair([check_id])

    @pyqtSlot()
    def _on_repair_all_clicked(self) -> None:
        self.message.clear()
        self._check.repair(["all"])

    @pyqtSlot(str, int, int)
    def _on_check_progressed(self, _name: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    @pyqtSlot(object)
    def _on_check_repaired(self, done: Mapping[str, Any]) -> None:
        written, settings = list(done.get("written") or ()), dict(done.get("settings") or {})
        if not settings:
            self.message.show_message("warn", lambda: self.tr("There was nothing that could be repaired at once."))
            return
        values = {"changed": done.get("changed", 0), "left_out": done.get("left_out", 0), "count": len(settings)}
        files = "\n".join([*written, *(f"{key}: {value}" for key, value in settings.items())])

        def text() -> str:
            if not written:
                return self.tr("Repaired: {count} values of the config.").format(**values)
            return self.tr(
                "Repaired: {changed} lines changed, {left_out} left out, in new files that the config now names."
            ).format(**values)

        self.message.show_message("good", text, action=lambda: self.tr("Take back"), details=files)
        self.settings_ready.emit({**settings, **dict.fromkeys(done.get("removed") or (), ABSENT)})

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        self.message.clear()
        self.restore_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refill()


class FlightDialog(Dialog):
    """The panel in a window of its own, which may stay open beside the config.

    Args:
        check: See `FlightPanel`.
        parent: Owner.
    """

    def __init__(self, check: FlightCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flightDialog")
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.panel = FlightPanel(check)
        self.panel.shut.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.resize(SIZE)
        self.panel.say(self.setWindowTitle, lambda: self.tr("Flight check"))
        self.panel.refresh()
