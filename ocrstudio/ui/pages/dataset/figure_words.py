"""What distributions and oddities are called."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import PageState

TITLES = {
    "length": QT_TRANSLATE_NOOP("Figures", "Characters in a line"),
    "width": QT_TRANSLATE_NOOP("Figures", "Width of a line, pixels"),
    "height": QT_TRANSLATE_NOOP("Figures", "Height of a line, pixels"),
    "aspect": QT_TRANSLATE_NOOP("Figures", "Width divided by height"),
    "score": QT_TRANSLATE_NOOP("Figures", "Confidence of the recogniser"),
}
ODD = {
    "empty": QT_TRANSLATE_NOOP("Figures", "Boxes without a text"),
    "placeholder": QT_TRANSLATE_NOOP("Figures", "Texts that only stand for one"),
    "ignored": QT_TRANSLATE_NOOP("Figures", "Regions that training ignores"),
    "twice": QT_TRANSLATE_NOOP("Figures", "Boxes that are there twice"),
    "flat": QT_TRANSLATE_NOOP("Figures", "Boxes that enclose nothing"),
    "small": QT_TRANSLATE_NOOP("Figures", "Lines lower than 8 pixels"),
    "long": QT_TRANSLATE_NOOP("Figures", "Texts longer than 25 characters, which training cuts off"),
    "turned": QT_TRANSLATE_NOOP("Figures", "Upright lines that are turned to lie"),
    "spaces": QT_TRANSLATE_NOOP("Figures", "Spaces at the edge, or several in a row"),
    "invisible": QT_TRANSLATE_NOOP("Figures", "Characters that nobody sees"),
    "decomposed": QT_TRANSLATE_NOOP("Figures", "Accents that are characters of their own"),
    "wide": QT_TRANSLATE_NOOP("Figures", "Letters and digits in full width"),
}


STATES = {
    PageState.CHECKED: QT_TRANSLATE_NOOP("Figures", "checked"),
    PageState.EDITED: QT_TRANSLATE_NOOP("Figures", "edited, not checked"),
    PageState.AUTO: QT_TRANSLATE_NOOP("Figures", "labelled automatically"),
    PageState.NEW: QT_TRANSLATE_NOOP("Figures", "without labels"),
    PageState.REJECTED: QT_TRANSLATE_NOOP("Figures", "left out"),
}


def named_state(state: PageState) -> str:
    """A page's state in the language of the window."""
    return named(STATES[state])


def named(template: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("Figures", template)
