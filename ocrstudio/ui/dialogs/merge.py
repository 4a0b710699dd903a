"""A colleague's work put together with ours: what is taken over, what must be decided, how far both agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QItemSelectionModel, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import (
    QComboBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.merge import Choice, Conflict, is_same_page
from ocrstudio.core.team import MergePlan, plan_merge
from ocrstudio.formats.package import Package, read_package
from ocrstudio.services.background import Background
from ocrstudio.services.page_images import decode
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.conflict_view import CROP_SIZE, ConflictView
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate.crops import straightened
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, label, row

STEP = QT_TRANSLATE_NOOP("Steps", "Merge a colleague's work")
SIZE_PX = (980, 640)


@dataclass
class _Decision:
    """One line of the list."""

    file: str
    place: int  # among the conflicts of its page
    conflict: Conflict
    choice: Choice | None = None


class MergeDialog(Dialog):
    """Reads a colleague's package or folder, shows what merging does, and merges.

    Args:
        session: The open project.
        parent: Owner.
    """

    def __init__(self, session: ProjectSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merge a colleague's work"))
        self.resize(*SIZE_PX)
        self._session = session
        self._background = Background(self, threads=1)
        self._package: Package | None = None
        self._plan = MergePlan()
        self._decisions: list[_Decision] = []
        self._build()
        self.show_conflict(None)

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.source = ElidedLabel("mergeSource")
        self.source.show_text(self.tr("Nothing is chosen yet"))
        self.choose_file = button("mergeFile", "fa5s.file-archive")
        self.choose_file.setText(self.tr("Package…"))
        self.choose_folder = button("mergeFolder", "fa5s.folder-open")
        self.choose_folder.setText(self.tr("Folder…"))
        self.summary = label("", "mergeSummary", wrap=True)
        self.agreement = label("hint", "mergeAgreement", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("mergeConflicts")
        self.list.setAccessibleName(self.tr("Where you differ"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.view = ConflictView()
        self.all_choice = QComboBox()
        self.all_choice.setObjectName("mergeAll")
        self.all_choice.setAccessibleName(self.tr("How to decide"))
        for text, data in (
            (self.tr("Decide one by one"), None),
            (self.tr("Ours for all that is open"), "ours"),
            (self.tr("The colleague's for all that is open"), "theirs"),
        ):
            self.all_choice.addItem(text, data)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.all_choice)
        self._split.addWidget(left)
        self._split.addWidget(self.view)
        self._split.setSizes([SIZE_PX[0] // 3, SIZE_PX[0] * 2 // 3])
        self._split.hide()
        choose = self.tr("Choose the package, or the folder, that the colleague sent.")
        safe = self.tr(
            "What a colleague changed is compared with your pages first. Nothing changes before you press Merge."
        )
        self.summary.setText(f"{choose} {safe}")
        self.message = MessageBar()
        self.buttons = ButtonBox(ButtonBox.StandardButton.Close)
        self.apply_button = QPushButton(self.tr("Merge"))
        self.apply_button.setObjectName("mergeApply")
        self.apply_button.setProperty("role", "primary")
        self.apply_button.setEnabled(False)
        self.buttons.addButton(self.apply_button, ButtonBox.ButtonRole.ActionRole)
        outer = QVBoxLayout(self)
        outer.setSpacing(GRID)
        line = row(self.source, self.choose_file, self.choose_folder)
        line.setStretchFactor(self.source, 1)
        outer.addLayout(line)
        for widget in (self.summary, self.agreement):
            outer.addWidget(widget)
        outer.addWidget(self._split, 1)
        outer.addStretch(0)
        outer.addWidget(self.message)
        outer.addWidget(self.buttons)
        self.choose_file.clicked.connect(self._on_choose_file_clicked)
        self.choose_folder.clicked.connect(self._on_choose_folder_clicked)
        self.list.currentRowChanged.connect(self._on_list_row_changed)
        self.view.decided.connect(self._on_view_decided)
        self.all_choice.activated.connect(self._on_all_choice_activated)
        self.apply_button.clicked.connect(self.apply)
        self.buttons.rejected.connect(self.reject)

    @pyqtSlot()
    def _on_choose_file_clicked(self) -> None:
        kinds = self.tr("Project packages (*.zip)")
        name, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), "", kinds)
        if name:
            self.read(Path(name))

    @pyqtSlot()
    def _on_choose_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.windowTitle())
        if name:
            self.read(Path(name))

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Reads a colleague's package or folder and compares it, on a thread."""
        store = self._session.store
        if store is None:
            return
        self._session.commit_requested.emit()
        self.source.show_text(str(path))
        self.message.clear()
        self.summary.setText(self.tr("Reading…"))
        self.apply_button.setEnabled(False)
        snapshots = [store.snapshot(key) for key in store.keys]

        def action() -> tuple[Package, MergePlan] | StudioError:
            try:
                package = read_package(path)
            except StudioError as error:
                return error
            return package, plan_merge(package.base, (snapshot() for snapshot in snapshots), package.pages)

        self._background.run(action, self._on_read)

    def _on_read(self, result: tuple[Package, MergePlan] | StudioError) -> None:
        if isinstance(result, StudioError):
            self._plan, self._package = MergePlan(), None
            self.summary.clear()
            self.message.show_message("bad", lambda: in_words(result))
        else:
            self._package, self._plan = result
            if self._package.faults:
                count = len(self._package.faults)
                self.message.show_message(
                    "warn", lambda: self.tr("{count} lines could not be read and are left out.").format(count=count)
                )
        self._decisions = [
            _Decision(file, place, conflict)
            for file, merge in self._plan.merges.items()
            for place, conflict in enumerate(merge.conflicts)
        ]
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for decision in self._decisions:
            shown = decision.conflict.ours or decision.conflict.theirs
            text = shown.text if shown is not None else ""
            item = QListWidgetItem(icon("fa5s.question-circle", "muted"), f"{decision.file}  ·  {text}")
            item.setToolTip(decision.file)
            self.list.addItem(item)
        self._split.setVisible(bool(self._decisions))
        self.all_choice.setCurrentIndex(0)
        if self._decisions:
            self.list.setCurrentRow(0)
        else:
            self.show_conflict(None)
        self._tell()

    def _tell(self) -> None:
        """The sentences above the list."""
        if self._package is None:
            return
        plan = self._plan
        changed = sum(merge.taken > 0 for merge in plan.merges.values())
        parts = [self.tr("{count} changes on {pages} pages are taken over.").format(count=plan.taken, pages=changed)]
        open_ones = sum(decision.choice is None for decision in self._decisions)
        if self._decisions:
            parts.append(
                self.tr("{open} of {count} decisions are open; ours stays where nothing is decided.").format(
                    open=open_ones, count=len(self._decisions)
                )
            )
        if plan.unknown:
            parts.append(
                self.tr("{count} pages of the colleague are not in this project.").format(count=len(plan.unknown))
            )
        if not plan.merges:
            parts = [self.tr("There is nothing to merge: both versions are the same.")]
        self.summary.setText(" ".join(parts))
        self.agreement.setText(self._agreement())
        self.apply_button.setEnabled(bool(plan.merges))

    def _agreement(self) -> str:
        found = self._plan.agreement
        if not found.pages:
            return ""
        return self.tr(
            "On {pages} pages that both worked on: {boxes} of the boxes agree, {texts} of their texts are equal, "
            "{cer} of the characters differ (CER)."
        ).format(pages=found.pages, boxes=f"{found.boxes:.1%}", texts=f"{found.texts:.1%}", cer=f"{found.cer:.2%}")

    # --- deciding --------------------------------------------------------------------------------------------------

    def show_conflict(self, decision: _Decision | None) -> None:
        """Shows one decision beside the list."""
        name = self._package.annotator if self._package is not None else ""
        store = self._session.store
        if decision is None or store is None:
            self.view.show_conflict(None, None, name)
            return
        self.view.show_conflict(decision.conflict, decision.choice, name)
        image = store.folder / decision.file
        size = CROP_SIZE * self.devicePixelRatioF() * 2

        def action() -> list[QImage | None]:
            try:
                picture = decode(image)
            except StudioError:
                return [None, None]  # the texts can be compared all the same
            boxes = (decision.conflict.ours, decision.conflict.theirs)
            return [straightened(picture, box, size.width(), size.height()) if box else None for box in boxes]

        self._background.run(action, partial(self._on_cropped, decision))

    def _on_cropped(self, decision: _Decision, crops: list[QImage | None]) -> None:
        if self._current() is decision:
            self.view.show_crops(*crops)

    def _current(self) -> _Decision | None:
        place = self.list.currentRow()
        return self._decisions[place] if 0 <= place < len(self._decisions) else None

    @pyqtSlot(int)
    def _on_list_row_changed(self, _row: int) -> None:
        self.show_conflict(self._current())

    @pyqtSlot(str)
    def _on_view_decided(self, choice: Choice) -> None:
        decision = self._current()
        if decision is None:
            return
        self._decide(decision, choice)
        following = next((n for n, other in enumerate(self._decisions) if other.choice is None), self.list.currentRow())
        self.list.setCurrentRow(following, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.show_conflict(self._current())
        self._tell()

    @pyqtSlot(int)
    def _on_all_choice_activated(self, _index: int) -> None:
        choice = self.all_choice.currentData()
        if choice is None:
            return
        for decision in self._decisions:
            if decision.choice is None:
                self._decide(decision, choice)
        self.show_conflict(self._current())
        self._tell()

    def _decide(self, decision: _Decision, choice: Choice) -> None:
        decision.choice = choice
        item = self.list.item(self._decisions.index(decision))
        if item is not None:
            item.setIcon(icon("fa5s.check", "good"))

    # --- merging ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def apply(self) -> None:
        """Puts the merged pages into the project; each is one undo step."""
        store = self._session.store
        if store is None:
            return
        self._session.commit_requested.emit()
        choices: dict[str, list[Choice | None]] = {file: [] for file in self._plan.merges}
        for decision in self._decisions:
            choices[decision.file].append(decision.choice)
        merged = self._plan.pages(choices)
        compared = self._plan.merges
        # a page that was edited since it was compared stays as it is now; its image may even have gone
        changes = {
            page.key: page
            for file, page in merged.items()
            if page.key in store.places and is_same_page(store.page(page.key), compared[file].ours)
        }
        done = self._session.change_pages(changes, STEP)
        self.apply_button.setEnabled(False)
        self.message.show_message(
            "good", lambda: self.tr("{count} pages were merged. Undo takes a page back.").format(count=len(done))
        )

    def done(self, code: int) -> None:
        self._background.close()
        super().done(code)
