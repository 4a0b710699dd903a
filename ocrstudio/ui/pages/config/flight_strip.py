"""The line above the start button: what the flight check makes of the config, and the way to all of it."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.services.flight_check import FlightCheck
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.config.flight_words import MARKS, summary, time_note, title_of
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICON_PX = 20
BAR_WIDTH = 120
# So many of the worst checks are named.
NAMED = 3


class FlightStrip(TranslatedWidget):
    """Mark, sentence, progress and two buttons.

    Args:
        check: What it shows; it follows every change.
        parent: Owner.
    """

    shown = pyqtSignal()  # the user wants to see every check

    def __init__(self, check: FlightCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flightStrip")
        self._check = check
        self._mark = QLabel()
        self.title = label("subtitle", "flightSummary", wrap=True)
        self.names = ElidedLabel("flightNames")
        self.names.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setObjectName("flightProgress")
        self.bar.setFixedWidth(BAR_WIDTH)
        self.bar.setTextVisible(False)
        self._again = button("flightAgain", "fa5s.redo", "quiet")
        self._show = button("flightShow", "fa5s.list-ul")
        self._frame = QFrame()
        self._frame.setProperty("role", "card")
        line = QHBoxLayout(self._frame)
        line.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        line.setSpacing(GRID + 4)
        line.addWidget(self._mark)
        line.addWidget(self.title, 3)
        line.addWidget(self.names, 2)
        line.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._again)
        line.addWidget(self._show)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.say(self._again.setText, lambda: self.tr("Check again"))
        self.say(self._show.setText, lambda: self.tr("All checks…"))
        self.say(lambda _: self.refresh(), str)
        self._again.clicked.connect(check.again)
        self._show.clicked.connect(self.shown)
        check.changed.connect(self.refresh)
        check.progressed.connect(self._on_check_progressed)

    @pyqtSlot()
    def refresh(self) -> None:
        """Takes over what the check knows."""
        report, busy = self._check.report, self._check.is_busy
        self.bar.setVisible(busy)
        self._again.setVisible(not busy and (report is not None or self._check.failure is not None))
        self._show.setEnabled(report is not None)
        if busy:
            self.bar.setRange(0, 0)
        if self._check.failure is not None and not busy:
            what = in_words(self._check.failure)
            self._say("fa5s.question-circle", "muted", self.tr("The flight check broke off."), what)
        elif report is None:
            text = self.tr("Flight check: looking at config, data and machine…") if busy else ""
            self._say("fa5s.plane-departure", "muted", text, "")
        else:
            role, name = MARKS[report.worst]
            bad = [*report.of("fail"), *report.of("poor")]
            named = " · ".join(title_of(line) for line in bad[:NAMED])
            more = f" · +{len(bad) - NAMED}" if len(bad) > NAMED else ""
            time = time_note(report)
            takes = self.tr("takes about {time}").format(time=time) if time and not bad else ""
            self._say(name, role, summary(report), named + more or takes)
        self.setVisible(busy or report is not None or self._check.failure is not None)

    def _say(self, icon_name: str, role: str, title: str, names: str) -> None:
        self._mark.setPixmap(icon(icon_name, role).pixmap(ICON_PX, ICON_PX))
        self.title.setText(title)
        self.names.show_text(names)

    @pyqtSlot(str, int, int)
    def _on_check_progressed(self, _name: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            theme.repolish(self._frame)
            self.refresh()
