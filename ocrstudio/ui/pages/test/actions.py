"""Commands of the test page."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

CHOOSE = ActionSpec("choosePictures", QT_TRANSLATE_NOOP("Actions", "Choose &pictures…"), "fa5s.image", "Ctrl+O")
CHOOSE_FOLDER = ActionSpec(
    "choosePictureFolder", QT_TRANSLATE_NOOP("Actions", "Choose a &folder…"), "fa5s.folder-open", "Ctrl+Shift+O"
)
PASTE = ActionSpec("pastePicture", QT_TRANSLATE_NOOP("Actions", "P&aste a picture"), "fa5s.paste", "Ctrl+V")
COPY_ALL = ActionSpec("copyAllText", QT_TRANSLATE_NOOP("Actions", "&Copy all text"), "fa5s.copy", "Ctrl+Shift+C")
COPY_LINE = ActionSpec("copyLine", QT_TRANSLATE_NOOP("Actions", "Copy this &line"), "fa5s.copy", "Ctrl+C")
SAVE_TEXT = ActionSpec("saveAsText", QT_TRANSLATE_NOOP("Actions", "Save as &text…"), "fa5s.file-alt", "Ctrl+Shift+S")
SAVE_JSON = ActionSpec("saveAsJson", QT_TRANSLATE_NOOP("Actions", "Save as &JSON…"), "fa5s.file-code")
START_OVER = ActionSpec("startOver", QT_TRANSLATE_NOOP("Actions", "Start &over"), "fa5s.broom")

ACTIONS = (CHOOSE, CHOOSE_FOLDER, PASTE, COPY_ALL, COPY_LINE, SAVE_TEXT, SAVE_JSON, START_OVER)
