"""What a lesson brought, before anybody reads with the new model: how lines were read before and how they are now."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QPixmap
from PyQt5.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from ocrstudio.core.teaching import LEARN, TEST, Lesson, Reading, Verdict
from ocrstudio.formats.lesson import Learned
from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

EXAMPLES = 3
CROP_HEIGHT_PX, CROP_WIDTH_PX = 28, 260


class LessonResult(TranslatedWidget):
    """A sentence, a small table, some lines as examples, and the choice. Hidden while there is none.

    A model that is not better is not offered: the one that reads now stays. One that reads other texts worse can be
    had, but is not advised.
    """

    use_requested = pyqtSignal(str)  # the new model's bundle
    closed = pyqtSignal()  # the old model stays

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learned: Learned | None = None
        self._frame = QFrame()
        self._headline = label("subtitle", "lessonHeadline", wrap=True)
        self._advice = label("", "lessonAdvice", wrap=True)
        self._table, self._examples = QWidget(self._frame), QWidget(self._frame)
        self.use = button("useNewModel", "fa5s.check", "primary")
        self.keep = button("keepOldModel")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._middle = row()
        for widget in (self._headline, self._advice):
            column.addWidget(widget)
        column.addLayout(self._middle)
        column.addLayout(row(self.use, self.keep, None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.say(self.use.setText, lambda: self.tr("Use the new one"))
        self.say(lambda _text: self._fill(), str)
        self.use.clicked.connect(self._on_use_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.hide()

    def show_learned(self, learned: Learned | None) -> None:
        """Shows what came of a lesson; None takes it away."""
        self._learned = learned
        self._fill()
        self.setVisible(learned is not None)

    def _fill(self) -> None:
        if self._learned is None:
            return
        lesson = self._learned.lesson
        verdict = lesson.verdict
        is_better, is_useful = verdict is Verdict.BETTER, lesson.is_worth_using
        self._headline.setText(self._sentence(verdict))
        self._advice.setText("" if is_better else self._help(lesson))
        self._advice.setVisible(not is_better)
        self.use.setVisible(is_useful)
        self.keep.setText(self.tr("Keep the old one") if is_useful else self.tr("Close"))
        # the button that is advised is the one that stands out
        self.use.setIcon(icon("fa5s.check", "accent_text" if is_better else "text"))
        for made, is_advised in ((self.use, is_better), (self.keep, verdict is Verdict.MIXED)):
            made.setProperty("role", "primary" if is_advised else "")
            theme.repolish(made)
        self._frame.setProperty("role", "message-good" if is_better else "message-warn")
        theme.repolish(self._frame)
        for old in (self._table, self._examples):
            self._middle.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._table, self._examples = self._made_table(lesson), self._made_examples(lesson, self._learned.crops)
        self._middle.addWidget(self._table, 0, Qt.AlignmentFlag.AlignTop)
        self._middle.addWidget(self._examples, 1, Qt.AlignmentFlag.AlignTop)

    def _sentence(self, verdict: Verdict) -> str:
        if verdict is Verdict.BETTER:
            return self.tr("It reads better now.")
        if verdict is Verdict.MIXED:
            return self.tr("It reads such lines better now, but other texts a little worse.")
        if verdict is Verdict.SAME:
            return self.tr("It does not read better yet, so the old one stays.")
        return self.tr("It would read other texts worse, so the old one stays.")

    def _help(self, lesson: Lesson) -> str:
        if lesson.verdict is Verdict.MIXED:
            return self.tr("Use it for pictures like these; the old one stays in the list for others.")
        if lesson.verdict is Verdict.FORGETS:
            return self.tr("Correct more lines, of as many different pictures as you can, and let it learn again.")
        if lesson.after(LEARN).errors < lesson.before(LEARN).errors:
            return self.tr("It learned these very lines, but that helps with no others. More corrections will help.")
        return self.tr("More corrections will help: let it learn again when you have twice as many.")

    def _made_table(self, lesson: Lesson) -> QWidget:
        made = QWidget()
        made.setObjectName("lessonTable")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 2 * GRID, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        rows = [(self.tr("Lines read without error"), self.tr("before"), self.tr("now"))]
        for words, part in ((self.tr("it learned from"), LEARN), (self.tr("it had not seen"), TEST)):
            old, new = lesson.before(part), lesson.after(part)
            if old.lines:
                rows.append((words, self._of(old.right, old.lines), self._of(new.right, new.lines)))
        if lesson.kept_lines:
            count = lesson.kept_lines
            before, now = (self._of(round(share * count), count) for share in (lesson.kept_before, lesson.kept_after))
            rows.append((self.tr("of other texts"), before, now))
        for number, texts in enumerate(rows):
            for place, text in enumerate(texts):
                cell = label("muted" if number == 0 else "strong" if place == 2 else "")
                cell.setText(text)
                grid.addWidget(cell, number, place)
        return made

    def _of(self, right: int, total: int) -> str:
        return self.tr("{right} of {total}").format(right=right, total=total)

    def _made_examples(self, lesson: Lesson, crops: dict[str, Path]) -> QWidget:
        made = QWidget()
        made.setObjectName("lessonExamples")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        examples = lesson.examples(EXAMPLES) if lesson.is_worth_using else []
        for number, one in enumerate(examples):
            grid.addWidget(_picture(crops.get(one.name)), number, 0)
            grid.addWidget(_text(one.before, one, is_new=False), number, 1)
            grid.addWidget(_text(one.after, one, is_new=True), number, 2)
        grid.setColumnStretch(3, 1)
        return made

    @pyqtSlot()
    def _on_use_clicked(self) -> None:
        learned = self._learned
        self.show_learned(None)
        if learned is not None:
            self.use_requested.emit(str(learned.bundle))

    @pyqtSlot()
    def _on_keep_clicked(self) -> None:
        self.show_learned(None)
        self.closed.emit()


def _picture(crop: Path | None) -> QLabel:
    made = QLabel()
    picture = QPixmap(str(crop)) if crop is not None else QPixmap()
    if not picture.isNull():
        picture = picture.scaledToHeight(CROP_HEIGHT_PX, Qt.TransformationMode.SmoothTransformation)
        made.setPixmap(picture.copy(0, 0, min(picture.width(), CROP_WIDTH_PX), picture.height()))
    return made


def _text(text: str, reading: Reading, *, is_new: bool) -> QLabel:
    """A reading with a sign: right or wrong, by colour and by shape."""
    is_right = text == reading.text
    made = label("good" if is_right else "bad" if is_new else "muted")
    made.setText(f"{'→ ' if is_new else ''}{text} {'✓' if is_right else '✗'}")
    return made
