"""Questions that do not stop the program: the answer comes through a callback."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QPushButton, QWidget


def ask(
    parent: QWidget,
    name: str,
    question: str,
    answers: Sequence[tuple[str, Callable[[], object] | None]],
    *,
    explanation: str = "",
    default: int = 0,
) -> QMessageBox:
    """Shows a question over a window.

    Args:
        parent: The window.
        name: Object name of the box; the buttons are called `answer0`, `answer1`, …
        question: One sentence.
        answers: (text of the button, what to do); the last one is taken on Escape.
        explanation: A second, quieter sentence.
        default: Index of the answer that Return takes.

    Returns:
        The open box; it deletes itself.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", question, QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName(name)
    box.setWindowTitle(parent.windowTitle())
    box.setInformativeText(explanation)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    buttons = []
    for number, (text, _) in enumerate(answers):
        role = QMessageBox.ButtonRole.AcceptRole if number < len(answers) - 1 else QMessageBox.ButtonRole.RejectRole
        made = QPushButton(text)
        made.setObjectName(f"answer{number}")
        box.addButton(made, role)
        buttons.append(made)
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])

    def on_finished() -> None:
        for made, (_, action) in zip(buttons, answers, strict=True):
            if box.clickedButton() is made and action is not None:
                action()

    box.finished.connect(on_finished)
    box.open()
    return box
