"""Commands of the test page."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

CHOOSE = ActionSpec("choosePictures", QT_TRANSLATE_NOOP("Actions", "Choose &pictures…"), "fa5s.image", "Ctrl+Alt+O")
CHOOSE_FOLDER = ActionSpec(
    "choosePictureFolder", QT_TRANSLATE_NOOP("Actions", "Choose a &folder…"), "fa5s.folder-open", "Ctrl+Shift+O"
)
PASTE = ActionSpec("pastePicture", QT_TRANSLATE_NOOP("Actions", "P&aste a picture"), "fa5s.paste", "Ctrl+V")
TAKE_SCREEN = ActionSpec(
    "takeScreen", QT_TRANSLATE_NOOP("Actions", "Part of the &screen…"), "fa5s.crop-alt", "Ctrl+Shift+P"
)
TURN = ActionSpec("turnPicture", QT_TRANSLATE_NOOP("Actions", "&Turn the picture"), "fa5s.redo", "Ctrl+R")
COPY_ALL = ActionSpec("copyAllText", QT_TRANSLATE_NOOP("Actions", "&Copy all text"), "fa5s.copy", "Ctrl+Shift+C")
COPY_LINE = ActionSpec("copyLine", QT_TRANSLATE_NOOP("Actions", "Copy this &line"), "fa5s.copy", "Ctrl+C")
SAVE_RESULTS = ActionSpec("saveResults", QT_TRANSLATE_NOOP("Actions", "Sa&ve…"), "fa5s.save", "Ctrl+Shift+S")
START_OVER = ActionSpec("startOver", QT_TRANSLATE_NOOP("Actions", "Start &over"), "fa5s.broom")
NEXT_DIFFERENCE = ActionSpec(
    "nextDifference", QT_TRANSLATE_NOOP("Actions", "&Next difference"), "fa5s.arrow-down", "F4"
)
LAST_DIFFERENCE = ActionSpec(
    "previousDifference", QT_TRANSLATE_NOOP("Actions", "Pre&vious difference"), "fa5s.arrow-up", "Shift+F4"
)

# Ways for pictures to come in, in the order of the menu.
INCOMING = (CHOOSE, CHOOSE_FOLDER, PASTE, TAKE_SCREEN)
COMPARING = (NEXT_DIFFERENCE, LAST_DIFFERENCE)
ACTIONS = (*INCOMING, TURN, COPY_ALL, COPY_LINE, SAVE_RESULTS, START_OVER, *COMPARING)
