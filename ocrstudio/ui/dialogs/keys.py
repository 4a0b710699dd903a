"""Every key the program knows, to look up and to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import PROFILES, Command, KeyRefusedError, Shortcuts
from ocrstudio.ui.actions import PORTABLE, native_keys, plain_text
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, SearchField, button, label, row

ID_ROLE = int(Qt.ItemDataRole.UserRole)
SIZE = (680, 720)
FIELD_LETTERS = 28
FILES = "JSON (*.json)"


class KeyField(QKeySequenceEdit):
    """Takes one press of a key, Tab too; Esc leaves it as it was."""

    pressed = pyqtSignal(str)  # the key in portable form
    left = pyqtSignal()

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802 - Tab is a key like any other here
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return
        super().keyPressEvent(event)
        sequence = self.keySequence()
        if sequence.count():
            key = QKeySequence(sequence[0]).toString(PORTABLE).replace("Backtab", "Tab")
            self.clear()
            self.pressed.emit(key)


class KeysDialog(Dialog):
    """Lists commands and their keys, grouped, and changes them at once.

    Args:
        shortcuts: The keys.
        settings: Keeps the profile.
        headings: Scope of `Command` -> heading of its group, in the order of the groups.
        parent: Owner.
    """

    def __init__(
        self, shortcuts: Shortcuts, settings: Settings, headings: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(*SIZE)
        self._shortcuts, self._settings = shortcuts, settings
        self._refused: tuple[Command, str, Command] | None = None
        self.search = SearchField("keysSearch")
        self.search.setPlaceholderText(self.tr("Search for a command or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.profile = QComboBox()
        self.profile.setObjectName("keysProfile")
        self.profile.setAccessibleName(self.tr("Profile"))
        for name, text in zip(PROFILES, (self.tr("Keys of OCR Studio"), self.tr("Keys of PPOCRLabel")), strict=True):
            self.profile.addItem(text, name)
        self.profile.setCurrentIndex(PROFILES.index(settings.key_profile))
        self.message = MessageBar()
        self.message.setObjectName("keysMessage")
        self.tree = self._make_tree()
        self._fill(headings)
        self._build()
        self._connect()
        self._refresh()
        self.search.setFocus()

    # --- building --------------------------------------------------------------------------------------------------

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("keysList")
        tree.setAccessibleName(self.tr("Commands and their keys"))
        tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setIndentation(12)
        tree.setUniformRowHeights(True)
        header = tree.header()
        if header is not None:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            header.setStretchLastSection(True)
        return tree

    def _fill(self, headings: Mapping[str, str]) -> None:
        self._items: dict[str, QTreeWidgetItem] = {}
        for scope, heading in headings.items():
            group = QTreeWidgetItem(self.tree, [heading])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for command in self._shortcuts.commands:
                if command.scope == scope:
                    item = QTreeWidgetItem(group, [name_of(command), ""])
                    item.setData(0, ID_ROLE, command.id)
                    self._items[command.id] = item
        self.tree.expandAll()
        self._commands = {command.id: command for command in self._shortcuts.commands}

    def _build(self) -> None:
        self._name = QLabel()
        self._name.setObjectName("keysName")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        self._chips = row(spacing=GRID // 2)
        self.field = KeyField()
        self.field.setObjectName("keysField")
        # Return in the list leads here; Tab passes by, as it would not lead out again.
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.field.setMinimumWidth(FIELD_LETTERS * self.fontMetrics().averageCharWidth())
        entry = self.field.findChild(QLineEdit)
        if entry is not None:
            entry.setPlaceholderText(self.tr("Press a key to add it"))
        self.field.setAccessibleName(self.tr("A new key"))
        self._reset = button("keysReset", "fa5s.undo")
        self._reset.setText(self.tr("Reset"))
        self._reset.setToolTip(self.tr("Give this command its usual keys back"))
        line = row(self._name)
        line.setStretch(0, 1)
        line.addLayout(self._chips)
        line.addWidget(self.field)
        line.addWidget(self._reset)
        hint = label("muted", "keysHint", wrap=True)
        hint.setText(self.tr("Letters and other plain keys act on the canvas only, never while you type."))
        buttons = ButtonBox()
        self._load, self._save, self._reset_all = (
            buttons.addButton(text, ButtonBox.ButtonRole.ResetRole)
            for text in (self.tr("Load keys…"), self.tr("Save keys…"), self.tr("Reset all"))
        )
        close = buttons.addButton(ButtonBox.StandardButton.Close)
        for made, name in ((self._load, "keysLoad"), (self._save, "keysSave"), (self._reset_all, "keysResetAll")):
            if made is not None:
                made.setObjectName(name)
                made.setAutoDefault(False)
        if close is not None:
            close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        top = row(self.search, self.profile)
        top.setStretch(0, 1)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addLayout(line)
        column.addWidget(self.message)
        column.addWidget(hint)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_text_changed)
        self.profile.activated.connect(self._on_profile_activated)
        self.tree.currentItemChanged.connect(self._on_tree_current_item_changed)
        self.tree.itemActivated.connect(self._on_tree_item_activated)
        self.field.pressed.connect(self._on_field_pressed)
        self.field.left.connect(self.tree.setFocus)
        self._reset.clicked.connect(self._on_reset_clicked)
        self.message.action_requested.connect(self._on_message_action_requested)
        self._shortcuts.changed.connect(self._refresh)
        for made, slot in (
            (self._load, self._on_load_clicked),
            (self._save, self._on_save_clicked),
            (self._reset_all, self._on_reset_all_clicked),
        ):
            if made is not None:
                made.clicked.connect(slot)
        self.tree.setCurrentItem(next(iter(self._items.values()), None))

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def command(self) -> Command | None:
        """The command whose keys are being changed."""
        item = self.tree.currentItem()
        return self._commands.get(item.data(0, ID_ROLE)) if item is not None else None

    @pyqtSlot()
    def _refresh(self) -> None:
        for name, item in self._items.items():
            item.setText(1, native_keys(self._shortcuts.keys(name)))
            font = item.font(1)
            font.setBold(self._shortcuts.is_changed(name))
            item.setFont(1, font)
        self.profile.setCurrentIndex(PROFILES.index(self._settings.key_profile))
        if self._reset_all is not None:
            self._reset_all.setEnabled(bool(self._settings.own_keys))
        self._filter()
        self._show_command()

    def _filter(self) -> None:
        wanted = self.search.text().casefold().strip()
        for place in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(place)
            if group is None:
                continue
            some = False
            for child in (group.child(number) for number in range(group.childCount())):
                if child is not None:
                    command = self._commands.get(child.data(0, ID_ROLE))
                    # The English name too: manuals and colleagues may use it.
                    names = (child.text(0), child.text(1), command.text if command is not None else "")
                    fits = any(wanted in plain_text(name).casefold() for name in names)
                    child.setHidden(not fits)
                    some |= fits
            group.setHidden(not some)

    def _show_command(self) -> None:
        command = self.command
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.field.setEnabled(command is not None)
        self._reset.setEnabled(command is not None and self._shortcuts.is_changed(command.id))
        self._name.setText(name_of(command) if command is not None else self.tr("Choose a command"))
        for key in self._shortcuts.keys(command.id) if command is not None else ():
            chip = button(f"keysChip-{key}", "fa5s.times")
            chip.setText(native_keys([key]))
            chip.setToolTip(self.tr("Take this key away"))
            chip.setAutoDefault(False)
            chip.clicked.connect(partial(self._on_chip_clicked, key))
            self._chips.addWidget(chip)

    # --- what is changed -------------------------------------------------------------------------------------------

    def _change(self, command: Command, keys: list[str]) -> None:
        self._refused = None
        self.message.clear()
        try:
            self._shortcuts.set_keys(command.id, keys)
        except KeyRefusedError as error:
            self._tell_refused(command, error)

    def _tell_refused(self, command: Command, error: KeyRefusedError) -> None:
        other, key = error.other, str(error.values["key"])
        shown = {**error.values, "key": native_keys([key]) or key, "command": name_of(other) if other else ""}
        self._refused = (command, key, other) if other is not None else None
        self.message.show_message(
            "warn",
            lambda: in_words(error, shown),
            action=(lambda: self.tr("Take it from there")) if other is not None else None,
        )
        # The message takes room from the list.
        QTimer.singleShot(0, self._show_current)

    @pyqtSlot()
    def _show_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.scrollToItem(item)

    @pyqtSlot(str)
    def _on_field_pressed(self, key: str) -> None:
        command = self.command
        if command is not None:
            self._change(command, [*self._shortcuts.keys(command.id), key])

    def _on_chip_clicked(self, key: str) -> None:
        command = self.command
        if command is not None:
            self._change(command, [other for other in self._shortcuts.keys(command.id) if other != key])

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self._refused is None:
            return
        command, key, other = self._refused
        self._change(other, [known for known in self._shortcuts.keys(other.id) if known != key])
        self._change(command, [*self._shortcuts.keys(command.id), key])

    @pyqtSlot()
    def _on_reset_clicked(self) -> None:
        command = self.command
        if command is None:
            return
        self.message.clear()
        try:
            self._shortcuts.reset(command.id)
        except KeyRefusedError as error:
            self._tell_refused(command, error)

    @pyqtSlot()
    def _on_reset_all_clicked(self) -> None:
        ask(
            self,
            "askResetKeys",
            self.tr("Give all commands their usual keys back?"),
            [(self.tr("Reset all"), self._shortcuts.reset_all), (self.tr("Cancel"), None)],
            default=1,
        )

    @pyqtSlot(int)
    def _on_profile_activated(self, _index: int) -> None:
        self._settings.key_profile = str(self.profile.currentData())

    @pyqtSlot()
    def _on_load_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Load keys"), "", FILES)
        if name:
            self._try(self._shortcuts.load, Path(name))

    @pyqtSlot()
    def _on_save_clicked(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save keys"), "keys.json", FILES)
        if name:
            self._try(self._shortcuts.save, Path(name))

    def _try(self, action: Callable[[Path], None], path: Path) -> None:
        self.message.clear()
        try:
            action(path)
        except StudioError as error:
            self.message.show_error(error)

    # --- the list --------------------------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_search_text_changed(self, _text: str) -> None:
        self._filter()

    @pyqtSlot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_tree_current_item_changed(self, _now: QTreeWidgetItem, _before: QTreeWidgetItem) -> None:
        self._refused = None
        self.message.clear()
        self._show_command()

    @pyqtSlot(QTreeWidgetItem, int)
    def _on_tree_item_activated(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.field.setFocus()


def name_of(command: Command) -> str:
    """A command's name in the language in use."""
    return plain_text(QCoreApplication.translate("Actions", command.text))
