"""The commands of the Annotate page."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

SELECT = ActionSpec("toolSelect", QT_TRANSLATE_NOOP("Actions", "Select and move"), "fa5s.mouse-pointer", "V", "", True)
RECT = ActionSpec("toolRect", QT_TRANSLATE_NOOP("Actions", "Draw a rectangle"), "fa5.square", "W", "", True)
POLYGON = ActionSpec(
    "toolPolygon", QT_TRANSLATE_NOOP("Actions", "Draw corner by corner"), "fa5s.draw-polygon", "Q", "", True
)
DELETE = ActionSpec(
    "deleteBoxes", QT_TRANSLATE_NOOP("Actions", "Delete the selected boxes"), "fa5s.trash-alt", "Del; Backspace"
)
SELECT_ALL = ActionSpec("selectAllBoxes", QT_TRANSLATE_NOOP("Actions", "Select all boxes"), "", "Ctrl+A")
EDIT_TEXT = ActionSpec("editText", QT_TRANSLATE_NOOP("Actions", "Edit the text of the line"), "fa5s.i-cursor", "F2")
REREAD = ActionSpec(
    "rereadBoxes", QT_TRANSLATE_NOOP("Actions", "Read the selected boxes again"), "fa5s.sync-alt", "Ctrl+R"
)
PREVIOUS_PAGE = ActionSpec("previousPage", QT_TRANSLATE_NOOP("Actions", "Previous page"), "fa5s.chevron-left", "A")
NEXT_PAGE = ActionSpec("nextPage", QT_TRANSLATE_NOOP("Actions", "Next page"), "fa5s.chevron-right", "D")
CHECK_NEXT = ActionSpec(
    "checkAndNext", QT_TRANSLATE_NOOP("Actions", "Check and next"), "fa5s.check", "Ctrl+Return; Ctrl+Enter"
)
UNCHECK = ActionSpec("uncheckPage", QT_TRANSLATE_NOOP("Actions", "Take the check mark back"), "", "Ctrl+Shift+Return")
AUTO_LABEL = ActionSpec("autoLabelPage", QT_TRANSLATE_NOOP("Actions", "Label this page"), "fa5s.magic", "Ctrl+L")
AUTO_LABEL_ALL = ActionSpec(
    "autoLabelAll", QT_TRANSLATE_NOOP("Actions", "Label all pages without labels"), "fa5s.magic", "Ctrl+Shift+L"
)
READ_NEW = ActionSpec(
    "readNewBoxes", QT_TRANSLATE_NOOP("Actions", "Read each box as soon as it is drawn"), "", "", "", True
)
ZOOM_IN = ActionSpec("zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom in"), "fa5s.search-plus", "Ctrl++; Ctrl+=")
ZOOM_OUT = ActionSpec("zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom out"), "fa5s.search-minus", "Ctrl+-")
FIT = ActionSpec("zoomFit", QT_TRANSLATE_NOOP("Actions", "Fit the page"), "fa5s.expand", "Ctrl+F")
ACTUAL_SIZE = ActionSpec("zoomActual", QT_TRANSLATE_NOOP("Actions", "Actual size"), "", "Ctrl+0")
SHOW_TEXTS = ActionSpec("showTexts", QT_TRANSLATE_NOOP("Actions", "Show texts above boxes"), "fa5s.font", "T", "", True)
NEXT_AREA = ActionSpec("nextArea", QT_TRANSLATE_NOOP("Actions", "Go to the next part of the page"), "", "F6")

ACTIONS = (
    SELECT,
    RECT,
    POLYGON,
    DELETE,
    SELECT_ALL,
    EDIT_TEXT,
    REREAD,
    PREVIOUS_PAGE,
    NEXT_PAGE,
    CHECK_NEXT,
    UNCHECK,
    AUTO_LABEL,
    AUTO_LABEL_ALL,
    READ_NEW,
    ZOOM_IN,
    ZOOM_OUT,
    FIT,
    ACTUAL_SIZE,
    SHOW_TEXTS,
    NEXT_AREA,
)
