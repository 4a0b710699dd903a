"""What the user chose, kept between sessions: a short typed list, and apart from it how the window stood."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PyQt5.QtCore import QByteArray, QObject, QSettings, pyqtSignal

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError

LOGGER = logging.getLogger(__name__)

FONT_PERCENT_MIN, FONT_PERCENT_MAX = 80, 200
RECENT_LIMIT = 10

Value = str | int | list[str]


@dataclass(frozen=True)
class Entry:
    """One setting: its key in the file, its default, and how its text is read (ValueError: not allowed)."""

    key: str
    default: Value
    read: Callable[[str], Value]


def _choice(*allowed: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _percent(text: str) -> Value:
    value = int(text)
    if not FONT_PERCENT_MIN <= value <= FONT_PERCENT_MAX:
        raise ValueError(text)
    return value


def _paths(text: str) -> Value:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(text)
    return value[:RECENT_LIMIT]


SCHEMA = {
    entry.key: entry
    for entry in (
        Entry("language", "system", _choice("system", "en", "zh_CN")),
        Entry("theme", "system", _choice("system", "light", "dark")),
        Entry("font_percent", 100, _percent),
        Entry("recent_projects", [], _paths),
    )
}


class Settings(QObject):
    """The user's choices, written at once when they change.

    Args:
        path: The settings file; None takes the user's own.

    Attributes:
        problems: What was wrong with the file when it was read; each has been replaced by the default.
    """

    changed = pyqtSignal(str)  # key of `SCHEMA`

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path or paths.user_config() / "settings.ini"
        self.problems: list[StudioError] = []
        self._file = QSettings(str(self.path), QSettings.Format.IniFormat, self)
        # Qt parses a section when a key of it is asked for; only then does it know that the file is broken.
        self._file.allKeys()
        if self._file.status() != QSettings.Status.NoError:
            self._set_broken_file_aside()
        self._values = {key: self._read(entry) for key, entry in SCHEMA.items()}
        for key in self._file.allKeys():
            if key not in SCHEMA:
                self.problems.append(
                    StudioError(
                        QT_TRANSLATE_NOOP("Errors", "{file}: unknown setting “{key}”."), file=self.path, key=key
                    )
                )

    @property
    def language(self) -> str:
        """ "system", "en" or "zh_CN"."""
        return str(self._values["language"])

    @language.setter
    def language(self, value: str) -> None:
        self._set("language", value)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self._values["theme"])

    @theme.setter
    def theme(self, value: str) -> None:
        self._set("theme", value)

    @property
    def font_percent(self) -> int:
        """Size of the text in percent of the desktop's."""
        return cast(int, self._values["font_percent"])

    @font_percent.setter
    def font_percent(self, value: int) -> None:
        self._set("font_percent", min(max(value, FONT_PERCENT_MIN), FONT_PERCENT_MAX))

    @property
    def recent_projects(self) -> list[str]:
        """Project folders, the latest first."""
        return list(cast("list[str]", self._values["recent_projects"]))

    @recent_projects.setter
    def recent_projects(self, value: list[str]) -> None:
        self._set("recent_projects", value[:RECENT_LIMIT])

    def add_recent_project(self, folder: Path) -> None:
        """Puts a project at the top of the list."""
        name = str(folder)
        self.recent_projects = [name, *(other for other in self.recent_projects if other != name)]

    def forget_recent_project(self, folder: Path) -> None:
        """Takes a project off the list."""
        self.recent_projects = [other for other in self.recent_projects if other != str(folder)]

    def _set(self, key: str, value: Value) -> None:
        entry = SCHEMA[key]
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
        entry.read(text)  # a programming error must not reach the file
        if value == self._values[key]:
            return
        self._values[key] = value
        if value == entry.default:
            self._file.remove(key)
        else:
            self._file.setValue(key, text)
        self._file.sync()
        if self._file.status() != QSettings.Status.NoError:
            LOGGER.warning("%s could not be written", self.path)
        self.changed.emit(key)

    def _read(self, entry: Entry) -> Value:
        raw = self._file.value(entry.key)
        if raw is None:
            return entry.default
        # Qt hands a value with commas back as a list.
        text = ",".join(raw) if isinstance(raw, list) else str(raw)
        try:
            return entry.read(text)
        except ValueError:
            self.problems.append(
                StudioError(
                    QT_TRANSLATE_NOOP("Errors", "{file}: “{value}” is no value for the setting “{key}”."),
                    QT_TRANSLATE_NOOP("Errors", "The default is used."),
                    file=self.path,
                    key=entry.key,
                    value=text,
                )
            )
            return entry.default

    def _set_broken_file_aside(self) -> None:
        """Keeps an unreadable file under another name, so that the user can look and we can write."""
        aside = self.path.with_suffix(".broken.ini")
        try:
            self.path.replace(aside)
        except OSError as error:
            LOGGER.warning("%s could not be set aside: %s", self.path, error)
            aside = self.path
        self.problems.append(
            StudioError(
                QT_TRANSLATE_NOOP("Errors", "The settings file could not be read; it was kept as {file}."),
                QT_TRANSLATE_NOOP("Errors", "The defaults are used."),
                file=aside,
            )
        )
        # Qt keeps one shared image of a file per process, the broken one too.
        self._file.clear()
        self._file.sync()


class WindowState:
    """Where the window stood and how it was divided: convenience that may be lost, kept apart from the settings."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = QSettings(str(path or paths.user_config() / "window.ini"), QSettings.Format.IniFormat)

    def get(self, key: str) -> QByteArray:
        """What `put` stored under `key`, empty if nothing."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, key: str, value: QByteArray) -> None:
        """Stores the bytes of `saveGeometry` or `saveState`."""
        self._file.setValue(key, value)
