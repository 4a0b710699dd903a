"""The text beside the picture, with what can be done with it."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.services.timers import single_shot
from ocrstudio.ui.pages.test.lines_view import LinesModel, LinesView
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.words import picture_words, summary_words
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

SIZE_STEP = 1.2
COPIED_MS = 3000  # so long it is said


class TextPanel(TranslatedWidget):
    """Lines of one picture, or the sentence that says why there are none."""

    line_chosen = pyqtSignal(int)  # index, -1 for none
    line_pointed = pyqtSignal(int)  # index, -1 for none
    line_corrected = pyqtSignal(int)  # index

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self.model = LinesModel(self)
        self.view = LinesView()
        self.view.setModel(self.model)
        self.say(self.view.setAccessibleName, lambda: self.tr("The text of the picture"))
        self.say(self.view.setToolTip, lambda: self.tr("Double click or F2: correct the text."))
        self._notice = label("subtitle", "textNotice", wrap=True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        self._build()
        self.model.corrected.connect(self.line_corrected)
        self.model.corrected.connect(self._on_model_corrected)
        self.view.row_pointed.connect(self.line_pointed)
        selection = self.view.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_current_changed)
        self.say(lambda _: self.refresh(), str)

    def _build(self) -> None:
        title = label("subtitle")
        self.say(title.setText, lambda: self.tr("Text"))
        self._summary = label("muted", "textSummary")
        smaller, larger = button("smallerTextButton"), button("largerTextButton")
        smaller.setText("A−")
        larger.setText("A+")
        for made, factor in ((smaller, 1 / SIZE_STEP), (larger, SIZE_STEP)):
            made.setProperty("factor", factor)
            made.clicked.connect(self._on_size_clicked)
        self.say(smaller.setToolTip, lambda: self.tr("Smaller text"))
        self.say(smaller.setAccessibleName, lambda: self.tr("Smaller text"))
        self.say(larger.setToolTip, lambda: self.tr("Larger text"))
        self.say(larger.setAccessibleName, lambda: self.tr("Larger text"))
        self.copy_all = button("copyAllButton", "fa5s.copy", "primary")
        self.say(self.copy_all.setText, lambda: self.tr("Copy all"))
        self.copy_line = button("copyLineButton", "fa5s.copy")
        self.say(self.copy_line.setText, lambda: self.tr("Copy line"))
        self._copied = label("muted", "copiedText")
        self._copied_timer = single_shot(self, COPIED_MS, self._copied.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(title, self._summary, None, smaller, larger))
        column.addWidget(self._stack, 1)
        column.addLayout(row(self.copy_all, self.copy_line, self._copied, None))

    @property
    def current(self) -> int:
        """The chosen line, -1 for none."""
        return int(self.view.currentIndex().row())

    def show_picture(self, picture: Picture | None) -> None:
        """Shows another picture's text from its beginning, or the same one's anew."""
        is_other = picture is not self._picture
        self._picture = picture
        self.model.show_picture(picture)
        if is_other:
            self.view.scrollToTop()
        self.refresh()

    def refresh(self) -> None:
        """Takes over the picture's state."""
        picture = self._picture
        has_text = picture is not None and bool(picture.lines)
        self._stack.setCurrentWidget(self.view if has_text else self._notice)
        self._notice.setText(picture_words(picture) if picture is not None else "")
        read = picture is not None and picture.state is ReadState.READ
        self._summary.setText(summary_words(picture) if picture is not None and read and has_text else "")
        self.copy_all.setEnabled(has_text)
        self.copy_line.setEnabled(self.current >= 0)

    def select(self, index: int) -> None:
        """Chooses a line and scrolls to it."""
        self.view.setCurrentIndex(self.model.index(index))
        self.view.scrollTo(self.model.index(index))

    @pyqtSlot()
    def copy_all_text(self) -> None:
        """Puts the whole text on the clipboard."""
        self._copy(self._picture.text if self._picture is not None else "")

    @pyqtSlot()
    def copy_current_line(self) -> None:
        """Puts the chosen line on the clipboard."""
        if self.current >= 0:
            self._copy(self.model.line(self.current).text)

    def _copy(self, text: str) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None and text:
            clipboard.setText(text)
            self._copied.setText("✓ " + self.tr("Copied"))
            self._copied_timer.start()

    @pyqtSlot()
    def _on_size_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.view.scale_text(float(sender.property("factor")))

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.copy_line.setEnabled(current.isValid())
        self.line_chosen.emit(current.row())

    @pyqtSlot(int)
    def _on_model_corrected(self, _index: int) -> None:
        self.refresh()
