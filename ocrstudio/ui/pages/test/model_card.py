"""The card of a model: what it reads, what it learnt from, how good it is, and where it lies."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, Qt, pyqtSlot
from PyQt5.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from ocrstudio.formats.model_card import ModelCard
from ocrstudio.ui.model_names import card_rows, model_name
from ocrstudio.ui.widgets.opener import open_place
from ocrstudio.ui.widgets.parts import GRID, button, label, row

WIDTH_PX = 460
TOP_LEFT = Qt.Alignment() | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ModelCardPopup(QFrame):
    """Shown below the button that asks for it, until something else is clicked.

    Args:
        card: What is told.
        parent: The button's window.
    """

    def __init__(self, card: ModelCard, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("modelCard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH_PX)
        self._place = card.place
        title = label("subtitle")
        title.setText(model_name(card.info))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.setLabelAlignment(TOP_LEFT)
        for name, value in card_rows(card):
            form.addRow(_part(name, "muted"), _part(value))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(title)
        column.addLayout(form)
        if card.place is not None:
            folder = button("openModelFolder", "fa5s.folder-open", "quiet")
            folder.setText(self.tr("Open the folder"))
            folder.clicked.connect(self._on_folder_clicked)
            column.addLayout(row(folder, None))

    @pyqtSlot()
    def _on_folder_clicked(self) -> None:
        if self._place is not None:
            open_place(self._place, self.parentWidget())

    def show_below(self, widget: QWidget) -> None:
        """Opens with its right edge under the right edge of a widget, within the screen."""
        layout = self.layout()
        if layout is not None:
            # the hint reckons with labels that do not wrap
            self.setFixedHeight(layout.totalHeightForWidth(WIDTH_PX))
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + GRID // 2))
        screen = widget.screen()
        if screen is not None:
            room = screen.availableGeometry()
            corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
            corner.setY(max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.move(corner)
        self.show()


def _part(text: str, role: str = "") -> QLabel:
    made = label(role)
    made.setWordWrap(True)
    made.setText(text)
    made.setAlignment(TOP_LEFT)
    made.setTextInteractionFlags(Qt.TextInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
