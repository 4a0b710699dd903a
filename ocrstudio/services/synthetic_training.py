"""A set of synthetic lines or pages added to what a config trains on; its validation is never touched."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.formats.dictionary import read_dictionary, write_dictionary
from ocrstudio.formats.synthetic import list_for, read_synthetic
from ocrstudio.services.config_draft import DICTIONARY, ConfigDraft

TRAIN_LISTS, TRAIN_FOLDER, TRAIN_RATIOS = (
    "Train.dataset.label_file_list",
    "Train.dataset.data_dir",
    "Train.dataset.ratio_list",
)
NO_DATASET = QT_TRANSLATE_NOOP("Errors", "The config has nothing of your own to train on yet.")
CHOOSE_DATASET = QT_TRANSLATE_NOOP("Errors", "Choose a dataset first, then add what was made to it.")
NOT_READING = QT_TRANSLATE_NOOP("Errors", "The config is for finding text; synthetic lines are for reading it.")
CHOOSE_READING = QT_TRANSLATE_NOOP("Errors", "Choose a template for reading lines, or make synthetic pages.")


def add_synthetic(draft: ConfigDraft, folder: Path) -> None:
    """Adds the lines (for finding text: the pages) to the training list, and their characters to a dictionary.

    Args:
        draft: The config that is being edited.
        folder: What `ocrstudio synth` wrote.

    Raises:
        StudioError: If the config's text is broken, it is for finding text and the set has no pages, it trains on
            nothing yet, or a file cannot be read or written.
    """
    if draft.error is not None:
        raise draft.error
    made, finding = read_synthetic(folder), draft.config.task != "rec"
    if finding and not made.pages:
        raise DatasetError(NOT_READING, CHOOSE_READING)
    lists = [str(name) for name in draft.value(TRAIN_LISTS) or ()]
    if not lists or not all(Path(name).is_file() for name in lists):
        raise DatasetError(NO_DATASET, CHOOSE_DATASET)
    data_dir = Path(str(draft.value(TRAIN_FOLDER) or Path(lists[0]).parent))
    added = list_for(made, data_dir, pages=finding).resolve().as_posix()
    if added in lists:
        return
    own = None if finding else _dictionary_with(draft, folder)
    changes: dict[str, object] = {TRAIN_LISTS: [*lists, added]}
    ratios = draft.value(TRAIN_RATIOS)
    if isinstance(ratios, list):
        changes[TRAIN_RATIOS] = [*(ratios[: len(lists)] if len(ratios) >= len(lists) else [1.0] * len(lists)), 1.0]
    if own is not None:
        changes[DICTIONARY] = own
    draft.take_over(draft.changed_copy(changes))


def _dictionary_with(draft: ConfigDraft, folder: Path) -> str | None:
    """A dictionary of the dataset's own and the lines' characters; None if the config's has them all, or is no file."""
    name = draft.value(DICTIONARY)
    if not name or not Path(str(name)).is_file():
        return None
    known = read_dictionary(Path(str(name)))
    new = sorted(set(read_dictionary(folder / "dict.txt")) - set(known))
    if not new:
        return None
    target = folder / f"dict-with-{Path(str(name)).parent.name or 'config'}.txt"
    write_dictionary(target, [*known, *new])
    return target.resolve().as_posix()
