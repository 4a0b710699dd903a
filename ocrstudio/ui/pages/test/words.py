"""How confidence and progress read on the screen, for people who never heard of text recognition."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, Qt

from ocrstudio.protocol.messages import FIND_ONLY
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.results import Picture, ReadState, TextLine, Trust

# Outline on the picture: a key of `Colors.boxes`. Colour-blind eyes tell them apart, and the pens differ besides.
OUTLINES = {Trust.SURE: "touched", Trust.CHECK: "auto", Trust.UNSURE: "selected", Trust.CORRECTED: "checked"}
PENS = {
    Trust.SURE: Qt.PenStyle.SolidLine,
    Trust.CHECK: Qt.PenStyle.DashLine,
    Trust.UNSURE: Qt.PenStyle.DotLine,
    Trust.CORRECTED: Qt.PenStyle.SolidLine,
}
# Field of `Colors` for the word beside the text; its background adds "_soft".
ROLES = {Trust.SURE: "good", Trust.CHECK: "warn", Trust.UNSURE: "bad", Trust.CORRECTED: "accent"}
SIGNS = {Trust.SURE: "✓", Trust.CHECK: "?", Trust.UNSURE: "!", Trust.CORRECTED: "✎"}


def outline_color(trust: Trust) -> str:
    """The colour of a box on the picture."""
    return theme.colors().boxes[OUTLINES[trust]]


def trust_word(trust: Trust) -> str:
    """The word for a confidence."""
    return {
        Trust.SURE: QCoreApplication.translate("Test", "sure"),
        Trust.CHECK: QCoreApplication.translate("Test", "check this"),
        Trust.UNSURE: QCoreApplication.translate("Test", "unsure"),
        Trust.CORRECTED: QCoreApplication.translate("Test", "corrected"),
    }[trust]


def trust_words(line: TextLine) -> str:
    """The sign, the word and the number: "✓ sure 98 %"."""
    number = "" if line.corrected else f" {percent_words(line.score)}"
    return f"{SIGNS[line.trust]} {trust_word(line.trust)}{number}"


def widest_trust_words() -> str:
    """Text that needs as much room as any `trust_words`."""
    return "M " + max((trust_word(trust) for trust in Trust), key=len) + " 99 %"


def _percent(score: float) -> int:
    # 99.6 must not read as a promise of 100.
    return 100 if score >= 1 else min(99, round(100 * score))


def percent_words(share: float | None) -> str:
    """A confidence as a number, empty if there is none: "98 %"."""
    return "" if share is None else f"{_percent(share)} %"


def state_word(picture: Picture) -> str:
    """In one word, how far a picture has come."""
    return {
        ReadState.WAITING: QCoreApplication.translate("Test", "waiting"),
        ReadState.READ: QCoreApplication.translate("Test", "read"),
        ReadState.FAILED: QCoreApplication.translate("Test", "not readable"),
        ReadState.CANCELLED: QCoreApplication.translate("Test", "not read"),
    }[picture.state]


def picture_words(picture: Picture) -> str:
    """One sentence about a picture for the list."""
    if picture.problem is not None:
        return picture.problem_text
    if picture.state is ReadState.WAITING:
        return QCoreApplication.translate("Test", "waiting…")
    if picture.state is ReadState.CANCELLED:
        return QCoreApplication.translate("Test", "not read")
    return summary_words(picture)


def summary_words(picture: Picture) -> str:
    """How much text was found and how much of it wants a look."""
    if not picture.lines:
        return QCoreApplication.translate("Test", "No text was found.")
    if len(picture.lines) == 1:
        found = QCoreApplication.translate("Test", "1 line")
    else:
        found = QCoreApplication.translate("Test", "{number} lines").format(number=len(picture.lines))
    if not picture.to_check or picture.mode == FIND_ONLY:
        return found
    return QCoreApplication.translate("Test", "{lines}, {number} to check").format(lines=found, number=picture.to_check)
