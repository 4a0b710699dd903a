"""Commands of the training page."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

SAVE_PICTURE = ActionSpec("saveCurvesPicture", QT_TRANSLATE_NOOP("Actions", "As a &picture (PNG)…"), "fa5s.image")
SAVE_TABLE = ActionSpec("saveCurvesTable", QT_TRANSLATE_NOOP("Actions", "As a &table (CSV)…"), "fa5s.table")
TRAIN_AGAIN = ActionSpec("trainAgain", QT_TRANSLATE_NOOP("Actions", "Train &again with the same settings"), "fa5s.redo")
QUEUE_RUN = ActionSpec("queueRun", QT_TRANSLATE_NOOP("Actions", "Put into the &queue"), "fa5s.list-ol")
RENAME_RUN = ActionSpec("renameRun", QT_TRANSLATE_NOOP("Actions", "&Rename…"), "fa5s.pen", "F2")
NOTE_RUN = ActionSpec("noteRun", QT_TRANSLATE_NOOP("Actions", "&Note…"), "fa5s.sticky-note")
COMPARE_RUNS = ActionSpec("compareRuns", QT_TRANSLATE_NOOP("Actions", "&Compare the chosen runs…"), "fa5s.chart-line")
OPEN_RUN_FOLDER = ActionSpec("openRunFolder", QT_TRANSLATE_NOOP("Actions", "Open the &folder"), "fa5s.folder-open")
DELETE_RUN = ActionSpec("deleteRun", QT_TRANSLATE_NOOP("Actions", "&Delete…"), "fa5s.trash", "Del")

# In the order of the menu of a run; None is a line.
RUN_MENU = (TRAIN_AGAIN, QUEUE_RUN, None, RENAME_RUN, NOTE_RUN, OPEN_RUN_FOLDER, None, COMPARE_RUNS, None, DELETE_RUN)

ACTIONS = (SAVE_PICTURE, SAVE_TABLE, *(spec for spec in RUN_MENU if spec is not None))
