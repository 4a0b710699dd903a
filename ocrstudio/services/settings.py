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
from ocrstudio.formats.results.kinds import FORMATS
from ocrstudio.protocol.messages import AUTO, FIND_ONLY, ONE_LINE, WHOLE_PAGE

LOGGER = logging.getLogger(__name__)

FONT_PERCENT_MIN, FONT_PERCENT_MAX = 80, 200
RECENT_LIMIT = 10
KEY_CLASS_LIMIT = 200

Value = str | int | float | list[str] | dict[str, str]


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


def _share(text: str) -> Value:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _switch(text: str) -> Value:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _names(text: str) -> list[str]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(text)
    return value


def _paths(text: str) -> Value:
    return _names(text)[:RECENT_LIMIT]


def _key_classes(text: str) -> Value:
    return list(dict.fromkeys(name.strip() for name in _names(text) if name.strip()))[:KEY_CLASS_LIMIT]


def _keys(text: str) -> Value:
    value = json.loads(text)
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ValueError(text)
    return value


def _written(value: Value) -> str:
    """The text of a value in the file, which `Entry.read` takes back."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


SCHEMA = {
    entry.key: entry
    for entry in (
        Entry("language", "system", _choice("system", "en", "zh_CN")),
        Entry("theme", "system", _choice("system", "light", "dark", "contrast")),
        Entry("font_percent", 100, _percent),
        Entry("welcomed", False, _switch),
        Entry("recent_projects", [], _paths),
        Entry("key_profile", "studio", _choice("studio", "ppocrlabel")),
        Entry("own_keys", {}, _keys),
        Entry("read_new_boxes", True, _switch),
        Entry("kie_mode", False, _switch),
        Entry("key_classes", [], _key_classes),
        Entry("low_confidence", 0.8, _share),
        Entry("dictionary", "", str),
        Entry("review_mode", False, _switch),
        Entry("palette_rows", [], _names),
        Entry("recent_characters", "", str),
        Entry("keep_training", True, _switch),
        Entry("notify_training", True, _switch),
        Entry("proxy", "", str),
        Entry("mirror", "", str),
        Entry("reading_model", "bundled", str),
        Entry("reading_detector", "bundled", str),
        Entry("reading_mode", AUTO, _choice(AUTO, WHOLE_PAGE, ONE_LINE, FIND_ONLY)),
        Entry("reading_folder", "", str),
        Entry("saving_format", "txt", _choice(*FORMATS)),
    )
}


class Settings(QObject):
    """The user's choices, written at once when they change.

    Args:
        path: The settings file; None takes the user's own.

    Attributes:
        problems: What was wrong with the file when it was read (the default is used instead), or that it cannot be
            written: then the choices last as long as the program, and nothing else suffers.
        is_fresh: Nothing was chosen before this start.
    """

    changed = pyqtSignal(str)  # key of `SCHEMA`
    problem_found = pyqtSignal(object)  # StudioError, in `problems` too: met while the program runs

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
        """ "system", "light", "dark" or "contrast"."""
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
    def welcomed(self) -> bool:
        """Whether the welcome of the first start has been shown."""
        return bool(self._values["welcomed"])

    @welcomed.setter
    def welcomed(self, value: bool) -> None:
        self._set("welcomed", value)

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

    @property
    def key_profile(self) -> str:
        """Whose keys the commands have: "studio" or "ppocrlabel"."""
        return str(self._values["key_profile"])

    @key_profile.setter
    def key_profile(self, value: str) -> None:
        self._set("key_profile", value)

    @property
    def own_keys(self) -> dict[str, str]:
        """Id of a command -> the user's keys for it, parted by "; "; `services.shortcuts` checks them."""
        return dict(cast("dict[str, str]", self._values["own_keys"]))

    @own_keys.setter
    def own_keys(self, value: dict[str, str]) -> None:
        self._set("own_keys", value)

    @property
    def read_new_boxes(self) -> bool:
        """Whether the text of a box is read as soon as it is drawn."""
        return bool(self._values["read_new_boxes"])

    @read_new_boxes.setter
    def read_new_boxes(self, value: bool) -> None:
        self._set("read_new_boxes", value)

    @property
    def kie_mode(self) -> bool:
        """Whether boxes have keys and links (key information extraction)."""
        return bool(self._values["kie_mode"])

    @kie_mode.setter
    def kie_mode(self, value: bool) -> None:
        self._set("kie_mode", value)

    @property
    def key_classes(self) -> list[str]:
        """Names that a box's key is chosen from, without doubles."""
        return list(cast("list[str]", self._values["key_classes"]))

    @key_classes.setter
    def key_classes(self, value: list[str]) -> None:
        self._set("key_classes", value)

    @property
    def low_confidence(self) -> float:
        """A line read with less confidence than this, 0 to 1, is marked as doubtful."""
        return cast(float, self._values["low_confidence"])

    @low_confidence.setter
    def low_confidence(self, value: float) -> None:
        self._set("low_confidence", min(max(float(value), 0.0), 1.0))

    @property
    def dictionary(self) -> str:
        """Dictionary file that tells which characters are unknown; empty: that of the model in use."""
        return str(self._values["dictionary"])

    @dictionary.setter
    def dictionary(self, value: str) -> None:
        self._set("dictionary", value)

    @property
    def review_mode(self) -> bool:
        """Whether the Annotate page shows its large text field for work by keyboard alone."""
        return bool(self._values["review_mode"])

    @review_mode.setter
    def review_mode(self, value: bool) -> None:
        self._set("review_mode", value)

    @property
    def palette_rows(self) -> list[str]:
        """The user's rows of the character palette, each "Name: characters"."""
        return list(cast("list[str]", self._values["palette_rows"]))

    @palette_rows.setter
    def palette_rows(self, value: list[str]) -> None:
        self._set("palette_rows", value)

    @property
    def recent_characters(self) -> str:
        """Characters taken from the palette, the latest first."""
        return str(self._values["recent_characters"])

    @recent_characters.setter
    def recent_characters(self, value: str) -> None:
        self._set("recent_characters", value)

    @property
    def keep_training(self) -> bool:
        """Whether trainings go on when the window closes or dies."""
        return bool(self._values["keep_training"])

    @keep_training.setter
    def keep_training(self, value: bool) -> None:
        self._set("keep_training", value)

    @property
    def notify_training(self) -> bool:
        """Whether the desktop is told of the end of a training."""
        return bool(self._values["notify_training"])

    @notify_training.setter
    def notify_training(self, value: bool) -> None:
        self._set("notify_training", value)

    @property
    def proxy(self) -> str:
        """Address of the proxy for downloads; "direct" for none; empty for the system's."""
        return str(self._values["proxy"])

    @proxy.setter
    def proxy(self, value: str) -> None:
        self._set("proxy", value.strip())

    @property
    def mirror(self) -> str:
        """Key of the source that models are fetched from first; empty for the catalogue's order."""
        return str(self._values["mirror"])

    @mirror.setter
    def mirror(self, value: str) -> None:
        self._set("mirror", value)

    @property
    def reading_model(self) -> str:
        """What reads pictures on the test page: "bundled" or the path of a bundle folder."""
        return str(self._values["reading_model"])

    @reading_model.setter
    def reading_model(self, value: str) -> None:
        self._set("reading_model", value)

    @property
    def reading_detector(self) -> str:
        """What finds their lines: the same."""
        return str(self._values["reading_detector"])

    @reading_detector.setter
    def reading_detector(self, value: str) -> None:
        self._set("reading_detector", value)

    @property
    def reading_mode(self) -> str:
        """What is wanted of them: a mode of `protocol.messages.RecognizePage`."""
        return str(self._values["reading_mode"])

    @reading_mode.setter
    def reading_mode(self, value: str) -> None:
        self._set("reading_mode", value)

    @property
    def reading_folder(self) -> str:
        """Where the last ones were chosen; empty: nowhere yet."""
        return str(self._values["reading_folder"])

    @reading_folder.setter
    def reading_folder(self, value: str) -> None:
        self._set("reading_folder", value)

    @property
    def saving_format(self) -> str:
        """The form in which results were last saved: a key of `formats.results.FORMATS`."""
        return str(self._values["saving_format"])

    @saving_format.setter
    def saving_format(self, value: str) -> None:
        self._set("saving_format", value)

    def _set(self, key: str, value: Value) -> None:
        entry = SCHEMA[key]
        value = entry.read(_written(value))  # in the form that the next start reads; an error must not reach the file
        if value == self._values[key]:
            return
        self._values[key] = value
        if value == entry.default:
            self._file.remove(key)
        else:
            self._file.setValue(key, _written(value))
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

    def _read(self, entry: Entry) -> Value:
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
