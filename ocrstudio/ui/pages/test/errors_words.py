"""How errors are told."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.confusions import NOTHING, Confusion, are_alike
from ocrstudio.core.error_groups import ErrorGroup
from ocrstudio.services.error_workbench import LabelledChoice
from ocrstudio.ui.widgets.reading_paint import VISIBLE_SPACE

# In the matrix, where a word has no room.
NOTHING_SIGN = "∅"


def percent(share: float, digits: int = 1) -> str:
    """A share of 1 in per cent."""
    return f"{100 * share:.{digits}f} %"


def shown(piece: str) -> str:
    """A piece of text so that it is seen: a space as a sign, nothing as a word."""
    if piece == NOTHING:
        return QCoreApplication.translate("TestErrors", "nothing")
    return piece.replace(" ", VISIBLE_SPACE)


def confusion_words(confusion: Confusion) -> str:
    """ "0 read as O", or what was left out or added."""
    truth, read = both_shown(confusion)
    if confusion[0] == NOTHING:
        return QCoreApplication.translate("TestErrors", "{read} added").format(read=read)
    if confusion[1] == NOTHING:
        return QCoreApplication.translate("TestErrors", "{truth} left out").format(truth=truth)
    return QCoreApplication.translate("TestErrors", "{truth} read as {read}").format(truth=truth, read=read)


def both_shown(confusion: Confusion) -> tuple[str, str]:
    """Both sides as `shown`; where they look alike, with the number of what is not ASCII."""
    truth, read = shown(confusion[0]), shown(confusion[1])
    if not are_alike(confusion):
        return truth, read
    return _numbered(truth, confusion[0]), _numbered(read, confusion[1])


def _numbered(words: str, piece: str) -> str:
    return words if piece.isascii() or len(piece) != 1 else f"{words} U+{ord(piece):04X}"


def set_words(choice: LabelledChoice) -> str:
    """The name of a labelled set."""
    if choice.kind == "project":
        return QCoreApplication.translate("TestErrors", "Checked pages of this project")
    if choice.kind == "list":
        return choice.name
    part = {
        "test": QCoreApplication.translate("TestErrors", "{dataset}: test"),
        "val": QCoreApplication.translate("TestErrors", "{dataset}: validation"),
        "train": QCoreApplication.translate("TestErrors", "{dataset}: training"),
    }[choice.part]
    return part.format(dataset=choice.name)


def group_words(name: str) -> str:
    """The title of a chart."""
    return {
        "length": QCoreApplication.translate("TestErrors", "Length (characters)"),
        "height": QCoreApplication.translate("TestErrors", "Type size (pixels)"),
        "blur": QCoreApplication.translate("TestErrors", "Sharpness"),
        "confidence": QCoreApplication.translate("TestErrors", "Confidence (%)"),
        "across": QCoreApplication.translate("TestErrors", "Left to right (%)"),
        "down": QCoreApplication.translate("TestErrors", "Top to bottom (%)"),
    }[name]


def bar_words(group: ErrorGroup, bar: int) -> str:
    """What a bar stands for: "16–19", "96+", "90–95 %"."""
    start = group.edges[bar]
    end = group.edges[bar + 1] if bar + 1 < len(group.edges) else None
    if group.name in ("confidence", "across", "down"):
        return f"{100 * start:.0f}–{100 * (1.0 if end is None else end):.0f} %"
    if end is None:
        return f"{start:.0f}+"
    last = end - 1
    return f"{start:.0f}" if last == start else f"{start:.0f}–{last:.0f}"


def bar_sentence(group: ErrorGroup, bar: int) -> str:
    """How many lines of a bar are wrong."""
    return QCoreApplication.translate("TestErrors", "{range}: {wrong} of {all} lines wrong ({share})").format(
        range=bar_words(group, bar),
        wrong=group.wrong[bar],
        all=group.lines[bar],
        share=percent(group.share(bar), 0),
    )
