"""A dictionary as text, one character a line: mended, sorted, merged, compared, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ocrstudio.core.dictionary_rules import (
    FAULTS,
    DictionaryProblem,
    KnownDictionary,
    ProblemKind,
    compared,
    in_code_order,
    in_ranges,
    mended,
    merged,
    problems_of,
)
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

# Checking follows this long after the last key.
CHECK_DELAY_MS = 200
PROBLEMS_SHOWN = 40
LETTERS_SHOWN = 300


class DictionaryEditor(TranslatedWidget):
    """The text, what is wrong with it, and what can be done.

    Args:
        lines: Where it starts.
        labels: Characters of the labels, which can be merged in.
        base: To compare with, and to merge in; None if there is none.
        parent: Owner.
    """

    save_requested = pyqtSignal(object, object)  # Path, list of lines
    merge_requested = pyqtSignal(object)  # Path of a dictionary whose lines `merge` shall get

    def __init__(
        self,
        lines: Sequence[str],
        labels: Sequence[str],
        base: KnownDictionary | None,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels, self._base, self._folder = list(labels), base, folder
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("dictionaryText")
        self.edit.setTabChangesFocus(True)
        self.problems = QPlainTextEdit()
        self.problems.setObjectName("dictionaryProblems")
        self.problems.setReadOnly(True)
        self._count = label("muted", "dictionaryCount", wrap=True)
        self._buttons = {
            "labels": button("mergeLabels", "fa5s.plus", "quiet"),
            "file": button("mergeFile", "fa5s.file-import", "quiet"),
            "base": button("mergeBase", "fa5s.layer-group", "quiet"),
            "sort": button("sortDictionary", "fa5s.sort-alpha-down", "quiet"),
            "mend": button("mendDictionary", "fa5s.wrench", "quiet"),
        }
        self.save_button = button("saveDictionary", "fa5s.save", "primary")
        self._timer = single_shot(self, CHECK_DELAY_MS, self.check)
        self._build()
        self.set_lines(lines)
        self.edit.textChanged.connect(self._timer.start)
        self.check()

    def _build(self) -> None:
        sides = QHBoxLayout()
        sides.addWidget(self.edit, 1)
        sides.addWidget(self.problems, 2)
        outer = QVBoxLayout(self)
        outer.setSpacing(GRID)
        outer.addWidget(self._count)
        outer.addLayout(sides, 1)
        outer.addLayout(row(*self._buttons.values(), None, self.save_button))
        texts: dict[str, Callable[[], str]] = {
            "labels": lambda: self.tr("Add the labels' characters"),
            "file": lambda: self.tr("Merge a file…"),
            "base": lambda: self.tr("Begin with the model's"),
            "sort": lambda: self.tr("Sort"),
            "mend": lambda: self.tr("Mend"),
        }
        actions: dict[str, Callable[[], None]] = {
            "labels": lambda: self.merge(self._labels),
            "file": self._choose_merge,
            "base": lambda: self.set_lines(merged(self._base.characters if self._base else (), self.lines)),
            "sort": lambda: self.set_lines(in_code_order(self.lines)),
            "mend": lambda: self.set_lines(mended(self.lines)),
        }
        self.say(self.edit.setAccessibleName, lambda: self.tr("The dictionary, one character a line"))
        self.say(self.problems.setAccessibleName, lambda: self.tr("What is wrong with it"))
        for name, shown in self._buttons.items():
            self.say(shown.setText, texts[name])
            shown.clicked.connect(actions[name])
        self._buttons["base"].setVisible(self._base is not None)
        self.say(self.save_button.setText, lambda: self.tr("Save as…"))
        self.say(
            self._buttons["sort"].setToolTip,
            lambda: self.tr("For a new dictionary only: a model's outputs follow the lines' order."),
        )
        self.say(
            self._buttons["mend"].setToolTip,
            lambda: self.tr("Takes out empty, repeated and invisible lines and puts accents together."),
        )
        self.save_button.clicked.connect(self._on_save_button_clicked)

    @property
    def lines(self) -> list[str]:
        """The text as lines; the last line end ends a line."""
        lines = self.edit.toPlainText().split("\n")
        return lines[:-1] if lines[-1] == "" else lines

    def set_lines(self, lines: Sequence[str]) -> None:
        """Replaces the text in one step that can be undone."""
        cursor = self.edit.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText("".join(f"{line}\n" for line in lines))

    def merge(self, lines: Sequence[str]) -> None:
        """Adds what is missing at the end."""
        self.set_lines(merged(self.lines, lines))

    @pyqtSlot()
    def check(self) -> None:
        """Says what is doubtful, and how it differs from the model's."""
        lines = self.lines
        problems = problems_of(lines)
        told = [self._sentence(problem) for problem in problems[:PROBLEMS_SHOWN]]
        if len(problems) > PROBLEMS_SHOWN:
            told.append(self.tr("… and {count} more").format(count=len(problems) - PROBLEMS_SHOWN))
        if self._base is not None:
            told += ["", *self._difference(lines)]
        self.problems.setPlainText("\n".join(told) if told else self.tr("Nothing is wrong with it."))
        faults = sum(problem.kind in FAULTS for problem in problems)
        self._count.setText(
            self.tr("{count} characters, {faults} faults, {doubts} doubtful lines").format(
                count=len(set(lines) - {""}), faults=faults, doubts=len(problems) - faults
            )
        )
        self.save_button.setEnabled(bool(lines) and not faults)

    def _difference(self, lines: Sequence[str]) -> list[str]:
        if self._base is None:
            return []
        found = compared(self._base.characters, lines)
        texts = [
            self.tr("Compared with {name}: {added} added, {removed} gone.").format(
                name=self._base.name, added=len(found.added), removed=len(found.removed)
            )
        ]
        if found.added:
            texts.append("+ " + in_ranges(found.added)[:LETTERS_SHOWN])
        if found.removed:
            texts.append("− " + in_ranges(found.removed)[:LETTERS_SHOWN])
        return texts

    def _sentence(self, problem: DictionaryProblem) -> str:
        texts: dict[ProblemKind, str] = {
            "empty": self.tr("Line {line} is empty: an output that can never be read."),
            "repeated": self.tr("Line {line}: {text} is already in line {other}."),
            "several": self.tr("Line {line}: “{text}” has several characters, which are one output."),
            "space": self.tr("Line {line} is a space; use_space_char adds one anyway."),
            "invisible": self.tr("Line {line} holds something that nobody sees."),
            "decomposed": self.tr("Line {line}: the accent of {text} is a character of its own."),
            "look_alike": self.tr("Line {line}: {text} looks like line {other}; labels must use one of them only."),
            "no_text": self.tr("Line {line} holds half a character."),
        }
        return texts[problem.kind].format(line=problem.line, text=problem.text, other=problem.other)

    @pyqtSlot()
    def _choose_merge(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Dictionary to merge in"), "", "*.txt;;*")
        if name:
            self.merge_requested.emit(Path(name))

    @pyqtSlot()
    def _on_save_button_clicked(self) -> None:
        start = str(self._folder / "dict.txt")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the dictionary"), start, "*.txt")
        if name:
            self.save_requested.emit(Path(name), self.lines)


def editor_dialog(editor: DictionaryEditor, title: str, parent: QWidget) -> Dialog:
    """A window with the editor; not modal."""
    dialog = Dialog(parent)
    dialog.setWindowTitle(title)
    dialog.setObjectName("dictionaryDialog")
    outer = QVBoxLayout(dialog)
    outer.addWidget(editor)
    dialog.resize(820, 560)
    return dialog
