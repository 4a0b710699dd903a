"""What the user chose, kept between sessions: a short typed list, and apart from it how the window stood."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PyQt5.QtCore import QByteArray, QObject, QSettings, pyqtSignal

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats.results.kinds import FORMATS
from ocrstudio.protocol.messages import AUTO, FIND_ONLY, ONE_LINE, WHOLE_PAGE

LOGGER = logging.getLogger(__name__)

FONT_PERCENT_MIN, FONT_PERCENT_MAX = 80, 200
RECENT_LIMIT = 10
KEY_CLASS_LIMIT = 200

Value = TypeVar("Value")  # str, bool, int, float, list[str] or dict[str, str]


def _text_of(value: object) -> str:
    """The text of a value in the file, which `Setting.read` takes back."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


class Setting(Generic[Value]):
    """One setting, an attribute of `Settings` by whose name the file knows it.

    Args:
        default: What holds until the user chooses; never written.
        read: A value from its text; ValueError: not allowed.
        fit: Brings what is assigned within the limits.
    """

    def __init__(
        self, default: Value, read: Callable[[str], Value], fit: Callable[[Value], Value] | None = None
    ) -> None:
        self.default, self.read, self._fit = default, read, fit

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, settings: None, owner: type) -> Setting[Value]: ...
    @overload
    def __get__(self, settings: Settings, owner: type) -> Value: ...
    def __get__(self, settings: Settings | None, owner: type) -> Setting[Value] | Value:
        if settings is None:
            return self
        value: Value = copy(settings.values[self.key])
        return value

    def __set__(self, settings: Settings, value: Value) -> None:
        fitting = self._fit(value) if self._fit else value
        # in the form that the next start reads; an error must not reach the file
        settings.choose(self.key, self.read(_text_of(fitting)))


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _percent(text: str) -> int:
    value = int(text)
    if value != _fit_percent(value):
        raise ValueError(text)
    return value


def _fit_percent(value: int) -> int:
    return min(max(value, FONT_PERCENT_MIN), FONT_PERCENT_MAX)


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _switch(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _names(text: str) -> list[str]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(text)
    return value


def _recent(text: str) -> list[str]:
    return _names(text)[:RECENT_LIMIT]


def _key_classes(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in _names(text) if name.strip()))[:KEY_CLASS_LIMIT]


def _keys(text: str) -> dict[str, str]:
    value = json.loads(text)
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ValueError(text)
    return value


class Settings(QObject):
    """The user's choices, written at once when they change.

    Args:
        path: The settings file; None takes the user's own.

    Attributes:
        problems: What was wrong with the file when it was read (the default is used instead), or that it cannot be
            written: then the choices last as long as the program, and nothing else suffers.
        is_fresh: Nothing was chosen before this start.
        values: What holds, by the setting's name.
    """

    changed = pyqtSignal(str)  # name of the setting
    problem_found = pyqtSignal(object)  # StudioError, in `problems` too: met while the program runs

    language = Setting("system", _one_of("system", "en", "zh_CN"))
    theme = Setting("system", _one_of("system", "light", "dark", "contrast"))
    font_percent = Setting(100, _percent, _fit_percent)  # size of the text, of the desktop's
    welcomed = Setting(False, _switch)  # the welcome of the first start has been shown
    recent_projects = Setting[list[str]]([], _recent)  # folders, the latest first
    key_profile = Setting("studio", _one_of("studio", "ppocrlabel"))  # whose keys the commands have
    own_keys = Setting[dict[str, str]]({}, _keys)  # command's id -> its keys, parted by "; ": see `services.shortcuts`
    read_new_boxes = Setting(True, _switch)  # the text of a box is read as soon as it is drawn
    kie_mode = Setting(False, _switch)  # boxes have keys and links (key information extraction)
    key_classes = Setting[list[str]]([], _key_classes)  # names that a box's key is chosen from, without doubles
    low_confidence = Setting(0.8, _share)  # 0 to 1: a line read with less is marked as doubtful
    dictionary = Setting("", str)  # file that tells which characters are unknown; empty: that of the model in use
    palette_rows = Setting[list[str]]([], _names)  # the user's rows of the character palette, each "Name: characters"
    recent_characters = Setting("", str)  # taken from the palette, the latest first
    keep_training = Setting(True, _switch)  # trainings go on when the window closes or dies
    notify_training = Setting(True, _switch)  # the desktop is told of the end of a training
    proxy = Setting("", str.strip)  # address for downloads; "direct" for none; empty for the system's
    mirror = Setting("", str)  # key of the source that models are fetched from first; empty: the catalogue's order
    reading_model = Setting("bundled", str)  # reads pictures on the test page: "bundled" or a bundle's folder
    reading_detector = Setting("bundled", str)  # finds their lines: the same
    reading_mode = Setting(AUTO, _one_of(AUTO, WHOLE_PAGE, ONE_LINE, FIND_ONLY))  # what is wanted of them
    reading_folder = Setting("", str)  # where the last ones were chosen; empty: nowhere yet
    saving_format = Setting("txt", _one_of(*FORMATS))  # in which results were last saved

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path or paths.user_config() / "settings.ini"
        self.problems: list[StudioError] = []
        self._is_unwritable = False
        self._file = QSettings(str(self.path), QSettings.Format.IniFormat, self)
        # Qt parses a section when a key of it is asked for; only then does it know that the file is broken.
        self._file.allKeys()
        if self._file.status() != QSettings.Status.NoError:
            self._set_broken_file_aside()
        self.is_fresh = not self._file.allKeys() and not self.problems
        schema = [entry for entry in vars(Settings).values() if isinstance(entry, Setting)]
        self.values: dict[str, Any] = {entry.key: self._read(entry) for entry in schema}
        for key in self._file.allKeys():
            if key not in self.values:
                self.problems.append(
                    StudioError(
                        QT_TRANSLATE_NOOP("Errors", "{file}: unknown setting “{key}”."), file=self.path, key=key
                    )
                )

    def add_recent_project(self, folder: Path) -> None:
        """Puts a project at the top of the list."""
        name = str(folder)
        self.recent_projects = [name, *(other for other in self.recent_projects if other != name)]

    def forget_recent_project(self, folder: Path) -> None:
        """Takes a project off the list."""
        self.recent_projects = [other for other in self.recent_projects if other != str(folder)]

    def choose(self, key: str, value: object) -> None:
        """Makes a value that the setting of this name allows the user's choice."""
        if value == self.values[key]:
            return
        self.values[key] = value
        if value == getattr(Settings, key).default:
            self._file.remove(key)
        else:
            self._file.setValue(key, _text_of(value))
        self._file.sync()
        if self._file.status() != QSettings.Status.NoError:
            self._tell_unwritable()
        self.changed.emit(key)

    def _tell_unwritable(self) -> None:
        LOGGER.warning("%s could not be written", self.path)
        if self._is_unwritable:
            return
        self._is_unwritable = True
        problem = StudioError(
            QT_TRANSLATE_NOOP(
                "Errors", "The settings could not be written to {file}; they last until the program ends."
            ),
            QT_TRANSLATE_NOOP("Errors", "Labels are not affected. Check the folder's permissions and free space."),
            file=self.path,
        )
        self.problems.append(problem)
        self.problem_found.emit(problem)

    def _read(self, entry: Setting[Value]) -> Value:
        raw = self._file.value(entry.key)
        if raw is None:
            return entry.default
        # Qt hands a value with commas back as a list.
        text = ",".join(raw) if isinstance(raw, list) else str(raw)
        try:
            return entry.read(text)
        except (ValueError, RecursionError):
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

    def write(self) -> None:
        """Brings what was put to disk now; otherwise that happens when there is time for it."""
        self._file.sync()
