"""Find and replace in the whole project, with a preview of every line that would change."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtGui import QStandardItemModel
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.core.lines import PageLines
from ocrstudio.core.page import PageState
from ocrstudio.core.search import Hits, TextRule, find_changes
from ocrstudio.services.background import Background
from ocrstudio.services.line_index import LineIndex
from ocrstudio.services.page_lot import LotReport
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.replacing import Replacing
from ocrstudio.services.timers import single_shot
from ocrstudio.ui import theme
from ocrstudio.ui.dialogs.replace_preview import PreviewList, PreviewModel, carried_over
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

TYPING_DELAY_MS = 250
PROJECT, LISTED, OPEN_PAGE = range(3)
# The lines, and which of them are chosen.
Found = tuple[Hits, bytearray]


class ReplaceDialog(Dialog):
    """A window of its own, so that the pages stay visible beside it.

    Args:
        session: The open project.
        index: Its lines.
        parent: Owner.
        rule: What to look for at first.
        keys: The pages that the page list shows; None if no filter is set there.
    """

    def __init__(
        self,
        session: ProjectSession,
        index: LineIndex,
        parent: QWidget | None = None,
        *,
        rule: TextRule | None = None,
        keys: Sequence[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("replaceDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 640)
        self.form = ReplaceForm(session, index, self, rule=rule, keys=keys)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        self.form.say(self.setWindowTitle, lambda: self.form.tr("Find and replace"))
        self.form.close_button.clicked.connect(self.reject)

    def done(self, result: int) -> None:
        """Every way to close a dialog leads here."""
        self.form.close_workers()
        super().done(result)


class ReplaceForm(TranslatedWidget):
    """The fields, the preview and the buttons."""

    def __init__(
        self,
        session: ProjectSession,
        index: LineIndex,
        parent: QWidget,
        *,
        rule: TextRule | None,
        keys: Sequence[str] | None,
    ) -> None:
        super().__init__(parent)
        self._session, self._index = session, index
        self._listed = None if keys is None else frozenset(keys)
        self._number = 0
        self._protected = 0
        self._asked: tuple[TextRule | None, str] = (None, "")
        self._status: str | StudioError = ""
        self._report: tuple[str, LotReport] = ("", LotReport())
        self._background = Background(self, threads=1)
        self._replacing = Replacing(session, self)
        self._typing_timer = single_shot(self, TYPING_DELAY_MS, self.preview)
        self._make_fields()
        self._build()
        self._name()
        self._connect()
        if rule is not None:
            self.find_field.setText(rule.text)
            self.find_field.selectAll()  # whoever wants something else types it
            self.case.setChecked(rule.case)
            self.word.setChecked(rule.whole_word)
            self.regex.setChecked(rule.regex)
        self._index.require()
        self._show_counts()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.find_field, self.replacement = QLineEdit(), QLineEdit()
        self.find_field.setObjectName("replaceFind")
        self.replacement.setObjectName("replaceWith")
        self.case, self.word = _switch("Aa", "replaceCase"), _switch("W", "replaceWord")
        self.regex = _switch(".*", "replaceRegex")
        self.scope = QComboBox()
        self.scope.setObjectName("replaceScope")
        self.scope.addItems([""] * 3)
        self.checked_too = QCheckBox()
        self.checked_too.setObjectName("replaceCheckedToo")
        self.counts = label("hint", "replaceCounts", wrap=True)
        self.model = PreviewModel(self)
        self.list = PreviewList(self.model)
        self.all_button = button("replaceAll", role="quiet")
        self.none_button = button("replaceNone", role="quiet")
        self.replace_button = button("replaceNow", "fa5s.exchange-alt", "primary")
        self.close_button = button("replaceClose")
        self.message = MessageBar()
        self.message.setObjectName("replaceMessage")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        for made in (self.all_button, self.none_button, self.close_button):
            made.setAutoDefault(False)
        self.replace_button.setDefault(True)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID)
        switches = QHBoxLayout()
        switches.setSpacing(GRID // 2)
        switches.addWidget(self.find_field, 1)
        for switch in (self.case, self.word, self.regex):
            switches.addWidget(switch)
        self._names = [label("muted") for _ in range(3)]
        for shown in self._names:
            shown.setMinimumHeight(self.find_field.sizeHint().height())
        form.addRow(self._names[0], switches)
        form.addRow(self._names[1], self.replacement)
        form.addRow(self._names[2], row(self.scope, self.checked_too, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addWidget(self.message)
        head = row(self.counts, self.all_button, self.none_button)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.progress)
        column.addLayout(row(None, self.replace_button, self.close_button))

    def _name(self) -> None:
        for name, named, text in zip(
            self._names,
            (self.find_field, self.replacement, self.scope),
            (lambda: self.tr("Find"), lambda: self.tr("Replace with"), lambda: self.tr("Where")),
            strict=True,
        ):
            self.say(name.setText, text)
            self.say(named.setAccessibleName, text)
        self.say(self.list.setAccessibleName, lambda: self.tr("Lines that change"))
        self.say(self.case.setToolTip, lambda: self.tr("Capital and small letters differ"))
        self.say(self.word.setToolTip, lambda: self.tr("Whole words only"))
        self.say(self.regex.setToolTip, lambda: self.tr("Regular expression; \\1 is the first group"))
        self.say(self.replacement.setPlaceholderText, lambda: self.tr("Nothing: the text is taken out"))
        self.say(self.checked_too.setText, lambda: self.tr("Checked pages too"))
        self.say(self.all_button.setText, lambda: self.tr("All"))
        self.say(self.none_button.setText, lambda: self.tr("None"))
        self.say(self.close_button.setText, lambda: self.tr("Close"))
        self.say(self._name_scopes, lambda: "")
        self.say(self.counts.setText, self._counts_sentence)
        self.say(self.replace_button.setText, self._replace_sentence)

    def _name_scopes(self, _unused: str) -> None:
        names = (self.tr("Whole project"), self.tr("Pages in the list"), self.tr("This page"))
        for place, name in enumerate(names):
            self.scope.setItemText(place, name)
        model = self.scope.model()
        item = model.item(LISTED) if isinstance(model, QStandardItemModel) else None
        if item is not None:
            item.setEnabled(self._listed is not None)

    def _connect(self) -> None:
        for field in (self.find_field, self.replacement):
            field.textChanged.connect(self._on_changed)
        for switch in (self.case, self.word, self.regex, self.checked_too):
            switch.toggled.connect(self._on_changed)
        self.scope.currentIndexChanged.connect(self._on_changed)
        self._index.built.connect(self.preview)
        self._index.changed.connect(self._on_index_changed)
        self.model.counted.connect(self._show_counts)
        self.all_button.clicked.connect(self._on_all_clicked)
        self.none_button.clicked.connect(self._on_none_clicked)
        self.replace_button.clicked.connect(self._on_replace_clicked)
        self._replacing.progressed.connect(self._on_progressed)
        self._replacing.finished.connect(self._on_finished)
        self._replacing.taken_back.connect(self._on_taken_back)
        self.message.action_requested.connect(self._on_undo_all_requested)

    # --- the preview -----------------------------------------------------------------------------------------------

    def rule(self) -> TextRule | None:
        """What is looked for."""
        text = self.find_field.text()
        if not text:
            return None
        return TextRule(text, self.case.isChecked(), self.word.isChecked(), self.regex.isChecked())

    def _pages(self) -> tuple[list[PageLines], int]:
        """The pages to look at, and how many checked ones are protected."""
        pages = self._index.pages()
        scope = self.scope.currentIndex()
        if scope == LISTED and self._listed is not None:
            pages = [page for page in pages if page.key in self._listed]
        elif scope == OPEN_PAGE:
            pages = [page for page in pages if page.key == self._session.current_key]
        if self.checked_too.isChecked():
            return pages, 0
        free = [page for page in pages if page.state is not PageState.CHECKED]
        return free, len(pages) - len(free)

    @pyqtSlot()
    def preview(self) -> None:
        """Finds what would change, on the worker."""
        self._typing_timer.stop()
        self._number += 1
        number, rule, replacement = self._number, self.rule(), self.replacement.text()
        self._asked = (rule, replacement)
        if rule is None or not self._index.is_built:
            self._show_changes(number, (Hits(), bytearray()))
            return
        pages, self._protected = self._pages()

        before, chosen = self.model.choices()

        def find() -> Found | StudioError:
            try:
                found = find_changes(pages, rule, replacement, lambda: number != self._number)
            except StudioError as error:
                return error
            return found, carried_over(before, chosen, found)

        self._background.run(find, lambda found: self._show_changes(number, found))

    def _show_changes(self, number: int, found: Found | StudioError) -> None:
        if number != self._number:
            return
        self._status = found if isinstance(found, StudioError) else ""
        if isinstance(found, StudioError):
            self._asked = (None, "")
            hits, chosen = Hits(), bytearray()
        else:
            hits, chosen = found
        self.model.set_changes(hits, chosen, *self._asked)

    def _counts_sentence(self) -> str:
        if isinstance(self._status, StudioError):
            return in_words(self._status)
        if self.rule() is None:
            return self.tr("Type what is to be found. Every line that would change is shown here first.")
        if not self._index.is_built:
            return self.tr("Looking…")
        lines, pages = self.model.chosen_counts()
        text = (
            self.tr("No line matches.")
            if not self.model.total
            else self.tr("{lines} of {all} lines on {pages} pages will change.").format(
                lines=f"{lines:,}", all=f"{self.model.total:,}", pages=f"{pages:,}"
            )
        )
        if self._protected:
            text += " " + self.tr("{count} checked pages are left as they are.").format(count=f"{self._protected:,}")
        return text

    def _replace_sentence(self) -> str:
        lines, _ = self.model.chosen_counts()
        return self.tr("Replace {count} lines").format(count=f"{lines:,}") if lines else self.tr("Replace")

    @pyqtSlot()
    def _show_counts(self) -> None:
        theme.mark(self.counts, "bad" if isinstance(self._status, StudioError) else "hint")
        self.counts.setText(self._counts_sentence())
        self.replace_button.setText(self._replace_sentence())
        self.replace_button.setEnabled(self.model.chosen_counts()[0] > 0 and not self._replacing.is_running)

    @pyqtSlot()
    @pyqtSlot(bool)
    @pyqtSlot(int)
    @pyqtSlot(str)
    def _on_changed(self, _what: object = None) -> None:
        self._typing_timer.start()

    @pyqtSlot(object)
    def _on_index_changed(self, _keys: object) -> None:
        if not self._replacing.is_running:
            self._typing_timer.start()

    @pyqtSlot()
    def _on_all_clicked(self) -> None:
        self.model.choose_all(True)

    @pyqtSlot()
    def _on_none_clicked(self) -> None:
        self.model.choose_all(False)

    # --- replacing -------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_replace_clicked(self) -> None:
        if self._typing_timer.isActive():
            return  # what is typed has not been previewed yet, and nothing happens unseen
        self._replacing.apply(self.model.chosen(), self.model.rewriter())
        self._show_counts()

    @pyqtSlot()
    def _on_undo_all_requested(self) -> None:
        self._replacing.undo_all()

    @pyqtSlot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setVisible(self._replacing.is_running)
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)

    @pyqtSlot(object)
    def _on_finished(self, report: LotReport) -> None:
        self._tell("replaced", report)

    @pyqtSlot(object)
    def _on_taken_back(self, report: LotReport) -> None:
        self._tell("taken back", report)

    def _tell(self, what: str, report: LotReport) -> None:
        self._report = (what, report)
        self.progress.hide()
        action = (lambda: self.tr("Undo all")) if self._replacing.can_undo else None
        self.message.show_message("warn" if report.stopped else "good", self._result_sentence, action=action)
        self.preview()

    def _result_sentence(self) -> str:
        what, report = self._report
        values = {"lines": f"{report.lines:,}", "pages": f"{report.pages:,}", "count": f"{report.skipped:,}"}
        if what == "replaced":
            parts = [self.tr("Replaced {lines} lines on {pages} pages.")]
        else:
            parts = [self.tr("Took back {lines} lines on {pages} pages.")]
        if report.skipped:
            parts.append(self.tr("{count} lines had been changed meanwhile and were left alone."))
        if report.stopped:
            parts.append(self.tr("Then a page could not be stored; the rest is as it was."))
        return " ".join(part.format(**values) for part in parts)

    def close_workers(self) -> None:
        """Stops what is under way."""
        self._number += 1
        self._typing_timer.stop()
        self._replacing.close()
        self._background.close()


def _switch(text: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setCheckable(True)
    return made
