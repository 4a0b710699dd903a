"""The config being edited: one truth for the form and the text beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.config_difference import ABSENT, Difference, differences
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.formats.config import TEMPLATE, TrainConfig
from ocrstudio.formats.config_base import Base

DICTIONARY = "Global.character_dict_path"
LISTS = {
    "Train.dataset.label_file_list": "Train.dataset.data_dir",
    "Eval.dataset.label_file_list": "Eval.dataset.data_dir",
}


class ConfigDraft(QObject):
    """Holds the last valid config and the text as it is typed.

    While the text is broken, `error` says where, `config` stays the last valid one, and values cannot be set: they
    would have to be written into text that nobody can read.
    """

    text_changed = pyqtSignal()  # the text is new for another reason than `set_text`
    base_changed = pyqtSignal()  # `base` is new; `values_changed` follows
    values_changed = pyqtSignal()  # the config is new
    error_changed = pyqtSignal()  # `error` is new

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.config = TrainConfig.template()
        self.base: Base | None = Base.of(TEMPLATE, self.config)
        self.text = self.config.to_yaml()
        self.error: StudioError | None = None

    def replace(self, config: TrainConfig, base: Base | None = None) -> None:
        """Edits another config from now on.

        Args:
            config: The config.
            base: The template that it came from, if that is known.
        """
        self.config = config
        self.text = _with_plain_lines(config.to_yaml())
        self._set_error(None)
        self.text_changed.emit()
        self.set_base(base)

    def start_over(self) -> None:
        """Edits the usual template from now on."""
        base = self.base if self.base is not None and self.base.name == TEMPLATE else Base.template(TEMPLATE)
        is_fresh = self.base is base and self.text == base.text
        self.replace(self.config if is_fresh else TrainConfig.from_yaml(base.text), base)

    def set_base(self, base: Base | None) -> None:
        """Takes another template to compare with."""
        self.base = base
        self.base_changed.emit()
        self.values_changed.emit()

    def differences(self, base: Base | None = None) -> list[Difference]:
        """What is not the same as in `base`, or in the template."""
        other = base or self.base
        return differences(other.plain, self.config.plain()) if other is not None else []

    def value(self, key: str) -> Any:
        """The plain value at a dotted path, None if there is none."""
        return self.config.get(key)

    def values(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values of those keys that the config has; entries of lists may be called by name."""
        places = {key: self.config.place_of(key) for key in keys}
        return {key: self.config.get(place) for key, place in places.items() if place is not None}

    def lacks(self, key: str) -> bool:
        """Whether a key could be added: it is not there, what it belongs to is."""
        parent = self.config.get(key.rpartition(".")[0])
        return isinstance(parent, dict) and self.config.place_of(key) is None

    def set_value(self, key: str, value: Any) -> None:
        """Changes one value and the text with it; nothing happens while the text is broken.

        A list of files takes its folder along, because the paths in it are relative to that.

        Raises:
            StudioError: If the value does not fit the key; the config is unchanged.
        """
        place = self.config.place_of(key) or key
        if self.error is not None or (value == self.value(place) and not self.lacks(key)):
            return
        self.config.set(place, value, copies=True)
        folder = LISTS.get(key)
        if folder is not None and value:
            self.config.set(folder, Path(value[0]).parent.as_posix())
        self._take_config()

    def take_over(self, config: TrainConfig) -> list[Difference]:
        """Takes a changed copy of the config in one step.

        Returns:
            What changed.

        Raises:
            StudioError: If the text is broken.
        """
        if self.error is not None:
            raise self.error
        changed = differences(self.config.plain(), config.plain())
        if changed:
            self.config = config
            self._take_config()
        return changed

    def changed_copy(self, changes: Mapping[str, Any], *, copies: bool = True) -> TrainConfig:
        """A copy of the config with some values changed, all of them or none.

        Args:
            changes: Dotted path, list entries by place or name -> plain value, `ABSENT` takes the key out.
            copies: Whether the copies of anchored values follow.

        Raises:
            StudioError: If the text is broken, or a value does not fit.
        """
        if self.error is not None:
            raise self.error
        changed = self.config.raw_copy()
        for key, value in changes.items():
            if value is ABSENT:
                changed.remove(key)
            else:
                changed.set(changed.place_of(key) or key, value, copies=copies)
        return changed

    def set_text(self, text: str) -> None:
        """Takes over what was typed; broken text leaves the config as it was and sets `error`."""
        if text != self.text:
            self.take_reading(text, read_typed(text))

    def take_reading(self, text: str, reading: TrainConfig | StudioError) -> None:
        """Takes over what was typed and read elsewhere; see `set_text`."""
        self.text = text
        if isinstance(reading, StudioError):
            self._set_error(reading)
            return
        self.config = reading
        self._set_error(None)
        self.values_changed.emit()

    def take_opened(self, opened: Opened) -> None:
        """Edits another text from now on, broken or not; its template is not known."""
        self.text = opened.text
        self.base = None
        self.base_changed.emit()
        self.text_changed.emit()
        self.take_reading(opened.text, opened.reading)

    def use_dataset(self, folder: Path) -> None:
        """Points the config at a dataset and its characters; whoever chose other characters keeps them.

        Raises:
            StudioError: If the text is broken.
        """
        if self.error is not None:
            raise self.error
        self.config.use_dataset(folder, own_characters=self.wants_own_characters)
        self._take_config()

    @property
    def wants_own_characters(self) -> bool:
        """Whether a dataset brings its characters along: not for somebody who chose other ones."""
        dataset = self.dataset()
        usual = dictionary_of(dataset).as_posix() if dataset is not None else None
        return (self.value(DICTIONARY) or None) == usual

    def dataset(self) -> Path | None:
        """The dataset that both lists come from, None if they are no parts of one."""
        folders = {Path(files[0]).parent.parent for key in LISTS if (files := self.value(key))}
        if len(folders) != 1:
            return None
        folder = folders.pop()
        return folder if (folder / "split.json").is_file() else None

    def obstacle(self) -> StudioError | None:
        """What keeps a training with this config from starting, as far as files go; None if nothing does."""
        if self.error is not None:
            return self.error
        files = [Path(file) for key in LISTS for file in self.value(key) or ()]
        if not files or not any(file.is_file() for file in files):
            return DatasetError(
                QT_TRANSLATE_NOOP("Errors", "There is nothing to train on yet."),
                QT_TRANSLATE_NOOP("Errors", "Choose a dataset above, or write one on the Dataset page."),
            )
        if self.value(DICTIONARY):
            files.append(Path(self.value(DICTIONARY)))
        for file in files:
            if not file.is_file():
                return DatasetError(
                    QT_TRANSLATE_NOOP("Errors", "There is no file {file}."),
                    QT_TRANSLATE_NOOP("Errors", "Choose another one in the form."),
                    file=file,
                )
        return None

    def error_line(self) -> int:
        """The line of the text that `error` means, counted from 1; 0 if it means none."""
        if self.error is None:
            return 0
        line = self.error.values.get("line")
        if isinstance(line, int):
            return line
        # A wrong value carries its place as text: "config, line 12: ".
        digits = "".join(letter for letter in str(self.error.values.get("place", "")) if letter.isdecimal())
        return int(digits) if digits else 0

    def _take_config(self) -> None:
        self.text = _with_plain_lines(self.config.to_yaml())
        self.text_changed.emit()
        self.values_changed.emit()

    def _set_error(self, error: StudioError | None) -> None:
        if error is not None or self.error is not None:
            self.error = error
            self.error_changed.emit()


@dataclass(frozen=True)
class Opened:
    """A file's text, and what it says or why that cannot be told; `is_mended` if it is not quite the file's own."""

    text: str
    reading: TrainConfig | StudioError
    is_mended: bool = False


def read_opened(text: str) -> Opened:
    """Reads the text of a file; of keys that stand twice the last one stays.

    Raises:
        StudioError: If no line of it can be blamed: it is no config at all.
    """
    try:
        config = TrainConfig.from_yaml(text, raw=True)
    except StudioError as error:
        if "line" not in error.values:
            raise
        return Opened(_with_plain_lines(text), error)
    mended = _with_plain_lines(config.to_yaml())
    is_mended = mended != _with_plain_lines(text)
    try:
        config.check()
    except StudioError as error:
        return Opened(mended, error, is_mended)
    return Opened(mended, config, is_mended)


def read_typed(text: str) -> TrainConfig | StudioError:
    """Reads a text that is being edited; the error is the result if that fails."""
    try:
        return TrainConfig.from_yaml(text)
    except StudioError as error:
        return error


def _with_plain_lines(text: str) -> str:
    """The text as an editor holds it: without the ends of lines of Windows."""
    return text.replace("\r\n", "\n")


def dictionary_of(dataset: Path) -> Path:
    """The dictionary of a dataset: the characters of its lines."""
    return Path(dataset).resolve() / "dict.txt"
