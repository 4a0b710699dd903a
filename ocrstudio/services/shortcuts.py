"""Which keys a command has: a profile, the user's own changes on top, and never two commands on one key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.services.settings import Settings

EVERYWHERE = ""
PROFILES = ("studio", "ppocrlabel")
SEPARATOR = "; "
FILE_KIND = "ocrstudio keys"

# Alt and one of these opens a menu; the titles of `ui.menus` carry them in every language.
MENU_LETTERS = "FEBPVGH"

_PORTABLE = QKeySequence.SequenceFormat.PortableText
# What desktops and Qt take before a program sees it, and what moves boxes or leaves a field everywhere.
_RESERVED = {
    QKeySequence(text).toString(_PORTABLE)
    for text in (
        *("Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Alt+Space", "Ctrl+Esc", "Ctrl+Shift+Esc"),
        *("Ctrl+Alt+Del", "Ctrl+Space", "Print", "Alt+Print", "Esc", "Menu", "F10", "Shift+F10"),
        *(f"Alt+{letter}" for letter in MENU_LETTERS),
        *("Left", "Right", "Up", "Down", "Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
    )
}
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


@dataclass(frozen=True)
class Command:
    """A command that can have keys.

    Attributes:
        id: Its action's id.
        scope: Name of the page on which it works, or `EVERYWHERE`.
        text: English text of context "Actions".
        studio: Its keys in our profile, portable form.
        peer: Its keys in PPOCRLabel's.
    """

    id: str
    scope: str
    text: str
    studio: tuple[str, ...] = ()
    peer: tuple[str, ...] = ()


class KeyRefusedError(StudioError):
    """A key that a command cannot have. `other` is the command that has it, or None."""

    other: Command | None = None


class Shortcuts(QObject):
    """The keys of all commands that have been added.

    Args:
        settings: Keeps the profile and the user's changes.
        parent: Owner.

    Attributes:
        problems: What was wrong with the user's changes in the settings; those commands have their profile's keys.
    """

    changed = pyqtSignal()  # any command may have other keys now

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._commands: dict[str, Command] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._owners: dict[str, list[Command]] = {}  # by key
        self.problems: list[StudioError] = []
        settings.changed.connect(self._on_settings_changed)

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands in the order in which they were added."""
        return tuple(self._commands.values())

    def add(self, commands: Iterable[Command]) -> None:
        """Makes commands known; those known already stay as they are. Add those of `EVERYWHERE` first."""
        new = {command.id: command for command in commands if command.id not in self._commands}
        if new:
            self._commands.update(new)
            self._resolve()

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command in portable form; empty if it has none."""
        return self._keys.get(command_id, ())

    def is_changed(self, command_id: str) -> bool:
        """Whether the user gave the command other keys than its profile."""
        return command_id in self._settings.own_keys

    def set_keys(self, command_id: str, keys: Sequence[str]) -> None:
        """Gives a command its keys, instead of all it has.

        Args:
            command_id: Id of an added command.
            keys: In portable form; none takes its keys away.

        Raises:
            KeyRefusedError: If a key is no key, is the system's, or another command's; nothing is changed then.
        """
        command = self._commands[command_id]
        wanted = tuple(dict.fromkeys(_checked(key) for key in keys))
        for key in wanted:
            other = self._owner(key, command)
            if other is not None:
                raise _taken(key, other)
        own = self._settings.own_keys
        own.pop(command_id, None)
        if wanted != self._defaults(command):
            own[command_id] = SEPARATOR.join(wanted)
        self._settings.own_keys = own

    def reset(self, command_id: str) -> None:
        """Gives a command its profile's keys back.

        Raises:
            KeyRefusedError: If the user has given one of them to another command.
        """
        self.set_keys(command_id, self._defaults(self._commands[command_id]))

    def reset_all(self) -> None:
        """Forgets all changes of the user."""
        self._settings.own_keys = {}

    def save(self, path: Path) -> None:
        """Writes profile and changes as JSON.

        Raises:
            ProjectError: If the file cannot be written.
        """
        content = {"kind": FILE_KIND, "profile": self._settings.key_profile, "keys": self._settings.own_keys}
        write_atomic(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")

    def load(self, path: Path) -> None:
        """Takes profile and changes from a file that `save` wrote.

        Raises:
            StudioError: If the file cannot be read or is none of ours; nothing is changed then.
        """
        data = read_bytes(path)
        try:
            content = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise _no_key_file(path) from error
        keys = content.get("keys") if isinstance(content, dict) else None
        if (
            not isinstance(keys, dict)
            or content.get("kind") != FILE_KIND
            or content.get("profile") not in PROFILES
            or not all(isinstance(value, str) for value in keys.values())
        ):
            raise _no_key_file(path)
        self._settings.key_profile = content["profile"]
        self._settings.own_keys = keys

    # --- rules -----------------------------------------------------------------------------------------------------

    def _defaults(self, command: Command) -> tuple[str, ...]:
        return command.peer if self._settings.key_profile == "ppocrlabel" else command.studio

    def _owner(self, key: str, command: Command) -> Command | None:
        """The other command that has `key` where `command` works."""
        owners = self._owners.get(key, ())
        return next((other for other in owners if other.id != command.id and _meet(other, command)), None)

    def _resolve(self) -> None:
        """Gives every command its keys; where two want one, the window's before a page's, the user's before ours."""
        self.problems = []
        self._keys, self._owners = {}, {}
        own = self._settings.own_keys
        # sorted() is stable: within a rank the order of the tables decides.
        for command in sorted(self._commands.values(), key=lambda one: (one.scope != EVERYWHERE, one.id not in own)):
            wanted = self._defaults(command)
            if command.id in own:
                try:
                    mine = tuple(_checked(key) for key in own[command.id].split(SEPARATOR) if key)
                    for key in mine:
                        other = self._owner(key, command)
                        if other is not None:
                            raise _taken(key, other)
                    wanted = mine
                except KeyRefusedError as error:
                    self.problems.append(error)
            self._keys[command.id] = tuple(key for key in wanted if self._owner(key, command) is None)
            for key in self._keys[command.id]:
                self._owners.setdefault(key, []).append(command)
        self.changed.emit()

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key in ("key_profile", "own_keys"):
            self._resolve()


def portable(key: str) -> str:
    """A key in Qt's portable spelling; empty if Qt does not know it or it is more than one press."""
    sequence = QKeySequence.fromString(key, _PORTABLE)
    if sequence.count() != 1:
        return ""
    code = sequence[0] & ~int(Qt.KeyboardModifier.KeyboardModifierMask)
    return "" if code in (0, Qt.Key.Key_unknown, *_MODIFIERS) else sequence.toString(_PORTABLE)


def is_reserved(key: str) -> bool:
    """Whether the desktop or the menus take `key` (portable form) before a command can have it."""
    sequence = QKeySequence.fromString(key, _PORTABLE)
    held = sequence[0] & int(Qt.KeyboardModifier.KeyboardModifierMask)
    code = sequence[0] & ~held
    virtual_terminal = held == int(Qt.KeyboardModifier.AltModifier) | int(Qt.KeyboardModifier.ControlModifier)
    return (
        key in _RESERVED
        or bool(held & int(Qt.KeyboardModifier.MetaModifier))
        or (virtual_terminal and Qt.Key.Key_F1 <= code <= Qt.Key.Key_F12)
    )


def _meet(one: Command, other: Command) -> bool:
    return EVERYWHERE in (one.scope, other.scope) or one.scope == other.scope


def _checked(key: str) -> str:
    known = portable(key)
    if not known:
        raise KeyRefusedError(QT_TRANSLATE_NOOP("Errors", "“{key}” is no key that a command can have."), key=key)
    if is_reserved(known):
        raise KeyRefusedError(
            QT_TRANSLATE_NOOP("Errors", "{key} belongs to the desktop or has a fixed meaning here."),
            QT_TRANSLATE_NOOP("Errors", "Choose another key."),
            key=known,
        )
    return known


def _taken(key: str, other: Command) -> KeyRefusedError:
    error = KeyRefusedError(
        QT_TRANSLATE_NOOP("Errors", "{key} belongs to “{command}”."),
        QT_TRANSLATE_NOOP("Errors", "Choose another key, or take it away there first."),
        key=key,
        command=other.text.replace("&", "").removesuffix("…"),
    )
    error.other = other
    return error


def _no_key_file(path: Path) -> StudioError:
    return StudioError(
        QT_TRANSLATE_NOOP("Errors", "{file} is no file of keys."),
        QT_TRANSLATE_NOOP("Errors", "Choose one that “Save keys” wrote."),
        file=path,
    )
