"""The commands of the Annotate page.

Two sets of keys: ours (`shortcut`) and PPOCRLabel's (`peer`, only where it differs). A plain key, such as a letter,
Space or Tab, acts while the canvas has the keyboard; `ocrstudio.ui.typing_guard` keeps it from those who type.
"""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

# --- what the mouse does ---------------------------------------------------------------------------------------------

SELECT = ActionSpec(
    "toolSelect", QT_TRANSLATE_NOOP("Actions", "Select and move"), "fa5s.mouse-pointer", "S", "boxes", True
)
RECT = ActionSpec("toolRect", QT_TRANSLATE_NOOP("Actions", "Draw a rectangle"), "shape.rectangle", "W", "boxes", True)
QUAD = ActionSpec(
    "toolQuad",
    QT_TRANSLATE_NOOP("Actions", "Draw four corners"),
    "shape.quad",
    "Q",
    "boxes",
    True,
    peer="Shift+Q",
)
POLYGON = ActionSpec(
    "toolPolygon",
    QT_TRANSLATE_NOOP("Actions", "Draw corner by corner"),
    "shape.polygon",
    "P",
    "boxes",
    True,
    peer="Q; Home; P",
)
ROTATED = ActionSpec(
    "toolRotated", QT_TRANSLATE_NOOP("Actions", "Draw a slanted rectangle"), "shape.slanted", "O", "boxes", True
)
LINK = ActionSpec("toolLink", QT_TRANSLATE_NOOP("Actions", "Link two boxes"), "fa5s.link", "L", "boxes", True)
DRAW_SQUARES = ActionSpec("drawSquares", QT_TRANSLATE_NOOP("Actions", "Draw squares only"), "", "", "boxes", True)
TOOLS = (SELECT, RECT, QUAD, POLYGON, ROTATED, LINK, DRAW_SQUARES)

# --- boxes: which, where, how many -----------------------------------------------------------------------------------

COPY = ActionSpec(
    "copyBoxes", QT_TRANSLATE_NOOP("Actions", "Copy boxes"), "fa5s.copy", "Ctrl+C", "edit", peer="Ctrl+Shift+C"
)
PASTE = ActionSpec(
    "pasteBoxes", QT_TRANSLATE_NOOP("Actions", "Paste boxes"), "fa5s.paste", "Ctrl+V", "edit", peer="Ctrl+Shift+V"
)
DUPLICATE = ActionSpec(
    "duplicateBoxes", QT_TRANSLATE_NOOP("Actions", "Duplicate boxes"), "fa5s.clone", "Ctrl+D", "edit", peer="Ctrl+C"
)
COPY_FROM_PREVIOUS = ActionSpec(
    "copyFromPrevious",
    QT_TRANSLATE_NOOP("Actions", "Copy the boxes of the previous page"),
    "fa5s.history",
    "Ctrl+Shift+V",
    "edit",
    peer="Ctrl+Alt+V",
)
DELETE = ActionSpec(
    "deleteBoxes",
    QT_TRANSLATE_NOOP("Actions", "Delete the selected boxes"),
    "fa5s.trash-alt",
    "Del; Backspace; Alt+Del",
    "edit",
)
SELECT_ALL = ActionSpec(
    "selectAllBoxes", QT_TRANSLATE_NOOP("Actions", "Select all boxes"), "", "Ctrl+A", "edit", peer="Ctrl+Shift+A"
)
CLIPBOARD = (COPY, PASTE, DUPLICATE, COPY_FROM_PREVIOUS, DELETE, SELECT_ALL)

NEXT_BOX = ActionSpec("nextBox", QT_TRANSLATE_NOOP("Actions", "Next box"), "", "Tab", "boxes")
PREVIOUS_BOX = ActionSpec("previousBox", QT_TRANSLATE_NOOP("Actions", "Previous box"), "", "Shift+Tab", "boxes")
LOCK = ActionSpec(
    "lockBoxes", QT_TRANSLATE_NOOP("Actions", "Repeat the boxes on the next pages"), "fa5s.lock", "Ctrl+Alt+K", "boxes"
)
UNLOCK = ActionSpec(
    "unlockBoxes", QT_TRANSLATE_NOOP("Actions", "Stop repeating boxes"), "fa5s.lock-open", "Ctrl+Alt+U", "boxes"
)
WALK = (NEXT_BOX, PREVIOUS_BOX)
LOCKS = (LOCK, UNLOCK)

# --- boxes: their shape ----------------------------------------------------------------------------------------------

TO_RECTANGLE = ActionSpec(
    "toRectangle", QT_TRANSLATE_NOOP("Actions", "Make it a rectangle"), "fa5s.border-all", "Ctrl+T", "boxes"
)
EXPAND = ActionSpec("expandBoxes", QT_TRANSLATE_NOOP("Actions", "Make it larger"), "fa5s.expand", "Ctrl+K", "boxes")
SHRINK = ActionSpec(
    "shrinkBoxes", QT_TRANSLATE_NOOP("Actions", "Make it smaller"), "fa5s.compress", "Ctrl+Shift+K", "boxes"
)
ROTATE_LEFT = ActionSpec(
    "rotateBoxLeft", QT_TRANSLATE_NOOP("Actions", "Turn the box to the left"), "fa5s.undo-alt", ",", "boxes"
)
ROTATE_RIGHT = ActionSpec(
    "rotateBoxRight", QT_TRANSLATE_NOOP("Actions", "Turn the box to the right"), "fa5s.redo-alt", ".", "boxes"
)
SPLIT = ActionSpec("splitBox", QT_TRANSLATE_NOOP("Actions", "Split the box"), "fa5s.object-ungroup", "K", "boxes")
MERGE = ActionSpec("mergeBoxes", QT_TRANSLATE_NOOP("Actions", "Join the boxes"), "fa5s.object-group", "J", "boxes")
SHAPES = (TO_RECTANGLE, EXPAND, SHRINK, ROTATE_LEFT, ROTATE_RIGHT, SPLIT, MERGE)

VERTEX_1 = ActionSpec("vertex1", QT_TRANSLATE_NOOP("Actions", "Arrow keys move corner 1"), "", "Z")
VERTEX_2 = ActionSpec("vertex2", QT_TRANSLATE_NOOP("Actions", "Arrow keys move corner 2"), "", "X")
VERTEX_3 = ActionSpec("vertex3", QT_TRANSLATE_NOOP("Actions", "Arrow keys move corner 3"), "", "C")
VERTEX_4 = ActionSpec("vertex4", QT_TRANSLATE_NOOP("Actions", "Arrow keys move corner 4"), "", "V")
VERTEX_NONE = ActionSpec("vertexNone", QT_TRANSLATE_NOOP("Actions", "Arrow keys move the whole box"), "", "B")
VERTICES = (VERTEX_1, VERTEX_2, VERTEX_3, VERTEX_4, VERTEX_NONE)

# --- boxes: what they say and how they stand -------------------------------------------------------------------------

ORIENT_AUTO = ActionSpec(
    "orientAuto", QT_TRANSLATE_NOOP("Actions", "Direction of the text: automatic"), "", "Alt+1", "direction", True
)
ORIENT_DRAWN = ActionSpec(
    "orientDrawn", QT_TRANSLATE_NOOP("Actions", "Direction of the text: as drawn"), "", "Alt+2", "direction", True
)
ORIENT_TURNED = ActionSpec(
    "orientTurned", QT_TRANSLATE_NOOP("Actions", "Direction of the text: turned"), "", "Alt+3", "direction", True
)
ORIENT_NEXT = ActionSpec(
    "orientNext", QT_TRANSLATE_NOOP("Actions", "Next direction of the text"), "fa5s.text-height", "F7", "direction"
)
ORIENTATIONS = (ORIENT_AUTO, ORIENT_DRAWN, ORIENT_TURNED, ORIENT_NEXT)

KEY_CLASS = ActionSpec(
    "keyClass", QT_TRANSLATE_NOOP("Actions", "Key of the box…"), "fa5s.tag", "E", "boxes", peer="Ctrl+X"
)
UNLINK = ActionSpec("unlinkBoxes", QT_TRANSLATE_NOOP("Actions", "Remove the links"), "fa5s.unlink", "Shift+L", "boxes")
KIE = (KEY_CLASS, UNLINK)

EDIT_TEXT = ActionSpec(
    "editText",
    QT_TRANSLATE_NOOP("Actions", "Edit the text of the line"),
    "fa5s.i-cursor",
    "F2; Return; Enter",
    "edit",
    peer="Ctrl+E; F2; Return; Enter",
)
PALETTE = ActionSpec(
    "characterPalette",
    QT_TRANSLATE_NOOP("Actions", "Special characters"),
    "fa5s.keyboard",
    "Ctrl+Shift+C",
    "edit",
    True,
    peer="Ctrl+Alt+C",
)
UNREADABLE = ActionSpec(
    "markUnreadable",
    QT_TRANSLATE_NOOP("Actions", "Mark as unreadable (###)"),
    "fa5s.question-circle",
    "U; Alt+U",
    "edit",
)
FIND_LINES = ActionSpec("findLines", QT_TRANSLATE_NOOP("Actions", "Find lines"), "fa5s.search", "F3", "edit")
TEXTS = (EDIT_TEXT, UNREADABLE, PALETTE, FIND_LINES)

SORT = ActionSpec(
    "sortBoxes", QT_TRANSLATE_NOOP("Actions", "Sort lines by reading order"), "fa5s.sort-amount-down", "Ctrl+B", "boxes"
)
MOVE_UP = ActionSpec("moveLineUp", QT_TRANSLATE_NOOP("Actions", "Move the line up"), "fa5s.arrow-up", "Alt+Up", "boxes")
MOVE_DOWN = ActionSpec(
    "moveLineDown", QT_TRANSLATE_NOOP("Actions", "Move the line down"), "fa5s.arrow-down", "Alt+Down", "boxes"
)
ORDER = (SORT, MOVE_UP, MOVE_DOWN)

# --- pages -----------------------------------------------------------------------------------------------------------

PREVIOUS_PAGE = ActionSpec(
    "previousPage", QT_TRANSLATE_NOOP("Actions", "Previous page"), "fa5s.chevron-left", "A; PgUp", "page"
)
NEXT_PAGE = ActionSpec("nextPage", QT_TRANSLATE_NOOP("Actions", "Next page"), "fa5s.chevron-right", "D; PgDown", "page")
NEXT_IN_QUEUE = ActionSpec(
    "nextInQueue", QT_TRANSLATE_NOOP("Actions", "Next line of the queue"), "fa5s.fast-forward", "F4", "page"
)
PREVIOUS_IN_QUEUE = ActionSpec(
    "previousInQueue",
    QT_TRANSLATE_NOOP("Actions", "Previous line of the queue"),
    "fa5s.fast-backward",
    "Shift+F4",
    "page",
)
STEPS = (PREVIOUS_PAGE, NEXT_PAGE, NEXT_IN_QUEUE, PREVIOUS_IN_QUEUE)

CHECK_NEXT = ActionSpec(
    "checkAndNext",
    QT_TRANSLATE_NOOP("Actions", "Check and next"),
    "fa5s.check",
    "Space; Ctrl+Return; Ctrl+Enter",
    "page",
    peer="Ctrl+V; End; Space; Ctrl+Return; Ctrl+Enter",
    many=QT_TRANSLATE_NOOP("Actions", "Check {count} pages"),
)
CHECK = ActionSpec(
    "checkPage",
    QT_TRANSLATE_NOOP("Actions", "Check the page"),
    "fa5s.check-square",
    "Alt+Return; Alt+Enter",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Check {count} pages"),
)
UNCHECK = ActionSpec(
    "uncheckPage",
    QT_TRANSLATE_NOOP("Actions", "Take the check mark back"),
    "",
    "Ctrl+Shift+Return; Ctrl+Shift+Enter",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Take {count} check marks back"),
)
REJECT = ActionSpec(
    "rejectPage",
    QT_TRANSLATE_NOOP("Actions", "Leave the page out"),
    "fa5s.ban",
    "Shift+R",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Leave {count} pages out"),
)
STATES = (CHECK_NEXT, CHECK, UNCHECK, REJECT)

ROTATE_PAGE_LEFT = ActionSpec(
    "rotatePageLeft",
    QT_TRANSLATE_NOOP("Actions", "Turn the page to the left"),
    "fa5s.undo",
    "Ctrl+Shift+Left",
    "page",
    peer="Ctrl+Alt+L",
    many=QT_TRANSLATE_NOOP("Actions", "Turn {count} pages to the left"),
)
ROTATE_PAGE_RIGHT = ActionSpec(
    "rotatePageRight",
    QT_TRANSLATE_NOOP("Actions", "Turn the page to the right"),
    "fa5s.redo",
    "Ctrl+Shift+Right",
    "page",
    peer="Ctrl+Alt+R",
    many=QT_TRANSLATE_NOOP("Actions", "Turn {count} pages to the right"),
)
TURN_AROUND = ActionSpec(
    "turnPageAround",
    QT_TRANSLATE_NOOP("Actions", "Turn the page upside down"),
    "fa5s.sync",
    "Ctrl+Shift+Down",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Turn {count} pages upside down"),
)
NOTE = ActionSpec("pageNote", QT_TRANSLATE_NOOP("Actions", "Note on the page"), "fa5s.sticky-note", "N; Alt+N", "page")
DELETE_IMAGE = ActionSpec(
    "deleteImage",
    QT_TRANSLATE_NOOP("Actions", "Delete the image…"),
    "fa5s.trash",
    "Ctrl+Shift+D",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Delete {count} images…"),
)
PAGE = (ROTATE_PAGE_LEFT, ROTATE_PAGE_RIGHT, TURN_AROUND, NOTE, DELETE_IMAGE)

SELECT_PAGES = ActionSpec(
    "selectAllPages", QT_TRANSLATE_NOOP("Actions", "Select all pages"), "", "Ctrl+Shift+A", "edit", peer="Ctrl+Alt+A"
)
COPY_NAMES = ActionSpec(
    "copyFileNames",
    QT_TRANSLATE_NOOP("Actions", "Copy the file's name"),
    many=QT_TRANSLATE_NOOP("Actions", "Copy {count} file names"),
)
COPY_PATHS = ActionSpec(
    "copyFilePaths",
    QT_TRANSLATE_NOOP("Actions", "Copy the file's path"),
    many=QT_TRANSLATE_NOOP("Actions", "Copy {count} paths"),
)
SHOW_FOLDER = ActionSpec("showFolder", QT_TRANSLATE_NOOP("Actions", "Show its folder"))
FILES = (SELECT_PAGES, COPY_NAMES, COPY_PATHS, SHOW_FOLDER)

AUTO_LABEL = ActionSpec(
    "autoLabelPage",
    QT_TRANSLATE_NOOP("Actions", "Label this page"),
    "fa5s.magic",
    "Ctrl+L",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Label {count} pages"),
)
AUTO_LABEL_ALL = ActionSpec(
    "autoLabelAll",
    QT_TRANSLATE_NOOP("Actions", "Label all pages without labels"),
    "fa5s.magic",
    "Ctrl+Shift+L",
    "page",
)
REREAD = ActionSpec(
    "rereadBoxes", QT_TRANSLATE_NOOP("Actions", "Read the selected boxes again"), "fa5s.sync-alt", "Ctrl+R", "page"
)
REREAD_PAGE = ActionSpec(
    "rereadPage",
    QT_TRANSLATE_NOOP("Actions", "Read all boxes of the page again"),
    "fa5s.sync",
    "Ctrl+Shift+R",
    "page",
    many=QT_TRANSLATE_NOOP("Actions", "Read the boxes of {count} pages again"),
)
REREAD_UNTOUCHED = ActionSpec(
    "rereadUntouched", QT_TRANSLATE_NOOP("Actions", "Read all untouched boxes again"), "", "", "page"
)
READ_NEW = ActionSpec(
    "readNewBoxes", QT_TRANSLATE_NOOP("Actions", "Read each box as soon as it is drawn"), "", "", "page", True
)
COMPARE = ActionSpec(
    "compareWithModel",
    QT_TRANSLATE_NOOP("Actions", "Compare the labels with the model"),
    "fa5s.balance-scale",
    "",
    "page",
)
TEACH = ActionSpec(
    "teachModel", QT_TRANSLATE_NOOP("Actions", "Teach the model what is checked"), "fa5s.graduation-cap", "", "page"
)
CHOOSE_MODEL = ActionSpec("chooseModel", QT_TRANSLATE_NOOP("Actions", "Choose the model"), "", "Ctrl+M", "page")
AUTOMATIC = (AUTO_LABEL, AUTO_LABEL_ALL, REREAD, REREAD_PAGE, REREAD_UNTOUCHED, READ_NEW, COMPARE, TEACH, CHOOSE_MODEL)

# --- what is seen ----------------------------------------------------------------------------------------------------

HIDE = ActionSpec("hideBoxes", QT_TRANSLATE_NOOP("Actions", "Hide all boxes"), "fa5s.eye-slash", "Ctrl+H", "view")
SHOW = ActionSpec(
    "showBoxes", QT_TRANSLATE_NOOP("Actions", "Show all boxes"), "fa5s.eye", "Ctrl+Shift+H", "view", peer="Ctrl+A"
)
HIDE_SELECTED = ActionSpec("hideSelected", QT_TRANSLATE_NOOP("Actions", "Hide the selected boxes"), "", "H", "view")
SHOW_TEXTS = ActionSpec(
    "showTexts",
    QT_TRANSLATE_NOOP("Actions", "Show texts above boxes"),
    "fa5s.font",
    "T",
    "view",
    True,
    peer="Ctrl+Shift+P; T",
)
SHOW_NUMBERS = ActionSpec(
    "showNumbers", QT_TRANSLATE_NOOP("Actions", "Show numbers above boxes"), "fa5s.list-ol", "Shift+T", "view", True
)
SHOW_LINKS = ActionSpec(
    "showLinks", QT_TRANSLATE_NOOP("Actions", "Show links"), "fa5s.project-diagram", "", "view", True
)
SHOWN = (HIDE, SHOW, HIDE_SELECTED, SHOW_TEXTS, SHOW_NUMBERS, SHOW_LINKS)

ZOOM_IN = ActionSpec(
    "zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom in"), "fa5s.search-plus", "Ctrl++; Ctrl+=", "view", peer="Ctrl++"
)
ZOOM_OUT = ActionSpec("zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom out"), "fa5s.search-minus", "Ctrl+-", "view")
FIT = ActionSpec("zoomFit", QT_TRANSLATE_NOOP("Actions", "Fit the page"), "fa5s.expand", "Ctrl+F", "view")
FIT_WIDTH = ActionSpec(
    "zoomWidth", QT_TRANSLATE_NOOP("Actions", "Fit the width"), "fa5s.arrows-alt-h", "Ctrl+Shift+F", "view"
)
ACTUAL_SIZE = ActionSpec(
    "zoomActual", QT_TRANSLATE_NOOP("Actions", "Actual size"), "", "Ctrl+0", "view", peer="Ctrl+=; Ctrl+0"
)
FOCUS_BOX = ActionSpec(
    "focusBox", QT_TRANSLATE_NOOP("Actions", "Zoom to the selected box"), "fa5s.crosshairs", "Ctrl+G", "view"
)
ZOOMS = (ZOOM_IN, ZOOM_OUT, FIT, FIT_WIDTH, ACTUAL_SIZE, FOCUS_BOX)

REVIEW = ActionSpec(
    "reviewMode", QT_TRANSLATE_NOOP("Actions", "Review by keyboard"), "fa5s.check-double", "F9", "view", True
)
KIE_MODE = ActionSpec(
    "kieMode", QT_TRANSLATE_NOOP("Actions", "Keys and values (KIE)"), "fa5s.tags", "Shift+E", "view", True
)
NEXT_AREA = ActionSpec("nextArea", QT_TRANSLATE_NOOP("Actions", "Go to the next part of the page"), "", "F6")
MODES = (REVIEW, KIE_MODE, NEXT_AREA)

# In the order of the menus; a line parts the groups.
GROUPS = (
    CLIPBOARD,
    TEXTS,
    TOOLS,
    WALK,
    SHAPES,
    VERTICES,
    ORIENTATIONS,
    KIE,
    ORDER,
    LOCKS,
    STEPS,
    STATES,
    AUTOMATIC,
    PAGE,
    FILES,
    SHOWN,
    ZOOMS,
    MODES,
)
ACTIONS = tuple(spec for group in GROUPS for spec in group)
