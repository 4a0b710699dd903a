"""The config being edited: one truth for the form and the text beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.formats.config import TrainConfig

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
    values_changed = pyqtSignal()  # the config is new
    error_changed = pyqtSignal()  # `error` is new

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.config = TrainConfig.template()
        self.text = self.config.to_yaml()
        self.error: StudioError | None = None

    def replace(self, config: TrainConfig) -> None:
        """Edits another config from now on."""
        self.config = config
        self.text = config.to_yaml()
        self._set_error(None)
        self.text_changed.emit()
        self.values_changed.emit()

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

    def set_text(self, text: str) -> None:
        """Takes over what was typed; broken text leaves the config as it was and sets `error`."""
        if text == self.text:
            return
        self.text = text
        try:
            self.config = TrainConfig.from_yaml(text)
        except StudioError as error:
            self._set_error(error)
            return
        self._set_error(None)
        self.values_changed.emit()

    def use_dataset(self, folder: Path) -> None:
        """Points the config at a dataset and its characters; whoever chose other characters keeps them.

        Raises:
            StudioError: If the text is broken.
        """
        if self.error is not None:
            raise self.error
        before, chosen = self.dataset(), self.value(DICTIONARY)
        usual = dictionary_of(before).as_posix() if before is not None else None
        own_characters = (chosen or None) == usual
        self.config.use_dataset(folder, own_characters=own_characters)
        self._take_config()

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
        self.text = self.config.to_yaml()
        self.text_changed.emit()
        self.values_changed.emit()

    def _set_error(self, error: StudioError | None) -> None:
        if error is not None or self.error is not None:
            self.error = error
            self.error_changed.emit()


def dictionary_of(dataset: Path) -> Path:
    """The dictionary of a dataset: the characters of its lines."""
    return Path(dataset).resolve() / "dict.txt"
