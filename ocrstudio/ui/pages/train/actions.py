"""Commands of the training page."""

from __future__ import annotations

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.ui.actions import ActionSpec

SAVE_PICTURE = ActionSpec("saveCurvesPicture", QT_TRANSLATE_NOOP("Actions", "As a &picture (PNG)…"), "fa5s.image")
SAVE_TABLE = ActionSpec("saveCurvesTable", QT_TRANSLATE_NOOP("Actions", "As a &table (CSV)…"), "fa5s.table")

ACTIONS = (SAVE_PICTURE, SAVE_TABLE)
