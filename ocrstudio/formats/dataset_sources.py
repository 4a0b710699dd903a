"""What a dataset is made of: projects, folders of line pictures with their list, and synthetic ones of either kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, ProjectError
from ocrstudio.formats.rec_list import Sample, read_rec_list
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.synthetic import LABEL_FILE, PAGES_DIR, SYNTHETIC_FILE, is_synthetic

REC_LISTS = ("rec_gt.txt", "rec/rec_gt.txt", "train.txt", "rec/train.txt")


@dataclass(frozen=True)
class ProjectSource:
    """A folder of images with labels.

    Attributes:
        name: What its pages' keys begin with; no other source has it.
        store: Its project; its edits that are not saved yet count.
        synthetic: Its pages are only ever learned from.
    """

    name: str
    store: ProjectStore
    synthetic: bool = False

    def key(self, page_key: str) -> str:
        """The key of a page within the dataset."""
        return f"{self.name}/{page_key.partition('/')[2]}"


@dataclass(frozen=True)
class LineSource:
    """A folder of line pictures and the list of their texts; the rest as in `ProjectSource`."""

    name: str
    folder: Path
    samples: tuple[Sample, ...]
    synthetic: bool = False


Source = ProjectSource | LineSource


def folder_of(source: Source) -> Path:
    """Where a source lies."""
    return source.store.folder if isinstance(source, ProjectSource) else source.folder


def project_sources(stores: ProjectStore | Iterable[ProjectStore]) -> list[ProjectSource]:
    """Open projects as sources, whose names differ though their folders' do not."""
    listed = [stores] if isinstance(stores, ProjectStore) else list(stores)
    names = _different([store.folder.name for store in listed])
    return [ProjectSource(name, store, is_synthetic(store.folder)) for name, store in zip(names, listed, strict=True)]


def open_sources(folders: Sequence[Path]) -> list[Source]:
    """Opens folders; the caller closes them with `close_sources`.

    Args:
        folders: Each a folder of images, or one of line pictures with a list such as `rec_gt.txt`.

    Raises:
        ProjectError: If one of them is neither.
        DatasetError: If one is named twice.
    """
    found: list[Source] = []
    try:
        for name, folder in named_folders(folders):
            found.append(open_source(name, folder))
    except Exception:
        close_sources(found)
        raise
    return found


def named_folders(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """What the pages of each folder are called by in a dataset of all of them, and the folder as it is opened.

    Raises:
        DatasetError: If one is named twice.
    """
    resolved = [_whole(Path(folder).absolute().resolve()) for folder in folders]
    for place, folder in enumerate(resolved):
        if folder in resolved[:place]:
            raise DatasetError(
                QT_TRANSLATE_NOOP("Errors", "{folder} is named twice."),
                QT_TRANSLATE_NOOP("Errors", "Name each folder once."),
                folder=folder,
            )
    return list(zip(_different([folder.name for folder in resolved]), resolved, strict=True))


def _whole(folder: Path) -> Path:
    """The folder; for the pages of a synthetic set the set, so that both give their pages the same names."""
    in_set = folder.name == PAGES_DIR and (folder.parent / SYNTHETIC_FILE).is_file()
    return folder.parent if in_set else folder


def open_source(name: str, folder: Path) -> Source:
    """Opens one of `named_folders`.

    Raises:
        ProjectError: If it is neither a folder of images nor one of line pictures.
    """
    synthetic = is_synthetic(folder)
    if synthetic and (folder / PAGES_DIR / LABEL_FILE).is_file():
        # pages bring their lines along
        folder = folder / PAGES_DIR
    elif synthetic:
        lines = _lines(name, folder, synthetic=True)
        if lines is not None:
            return lines
    try:
        return ProjectSource(name, ProjectStore.open(folder), synthetic)
    except ProjectError:
        lines = _lines(name, folder, synthetic=synthetic)
        if lines is None:
            raise
        return lines


def _lines(name: str, folder: Path, *, synthetic: bool) -> LineSource | None:
    for listed in REC_LISTS:
        file = folder / listed
        if file.is_file():
            return LineSource(name, folder, tuple(read_rec_list(file, file.parent)), synthetic)
    return None


def close_sources(sources: Iterable[Source]) -> None:
    """Closes the projects among them."""
    for source in sources:
        if isinstance(source, ProjectSource):
            source.store.close()


def _different(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    found = []
    for name in names:
        name = name or "pages"
        other, number = name, 2
        while other.casefold() in taken:
            other, number = f"{name} {number}", number + 1
        taken.add(other.casefold())
        found.append(other)
    return found
