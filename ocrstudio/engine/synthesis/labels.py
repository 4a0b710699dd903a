"""The texts and crops of what a user has labelled, wherever it lies: project, dataset or list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.engine.synthesis.grounds import CropLook, evenly, look_of_crop
from ocrstudio.engine.synthesis.pages import Paper, paper_of_page
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.dataset import cut_lines, training_lines
from ocrstudio.formats.dataset_folder import SPLIT_FILE
from ocrstudio.formats.rec_list import read_rec_list
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.training_part import training_part

# Looks of crops that are kept, and those that are enough for a few examples.
MOST_LOOKS, FEW_LOOKS = 80, 20
MOST_PAPERS, FEW_PAPERS = 12, 3
# Crops are looked at for each look that is kept: not every one shows its paper. Looks that a page gives.
TRIES, LOOKS_OF_PAGE = 3, 4


@dataclass(frozen=True)
class Labels:
    """What was labelled.

    Attributes:
        texts: Of all lines that may be trained on.
        looks: Of some crops.
        papers: Some checked pages of a project without their texts.
        dataset: Name of the project's dataset whose training part this is; empty if there is none to go by.
        held_out: Pages that validate or test in it, and are not looked at.
        undivided: A project's pages before any dataset was made of them: some of them will validate and test.
    """

    texts: list[str]
    looks: list[CropLook]
    papers: list[Paper] = field(default_factory=list)
    dataset: str = ""
    held_out: int = 0
    undivided: bool = False


def read_labels(place: Path, *, looks: int, papers: int = 0) -> Labels:
    """Reads a project's folder, a dataset's, or a list: the training part only, so that nothing of the test leaks.

    Of a project that has datasets, the training part is the latest one's; without any, all pages count.

    Args:
        place: A recognition list, or a folder.
        looks: How many looks of crops are wanted, from all over the place.
        papers: How many pages without texts; only projects have pages.

    Raises:
        StudioError: If nothing can be read there.
    """
    if place.is_file():
        return _of_list(place, place.parent, looks=looks)
    dataset = place if (place / SPLIT_FILE).is_file() or (place / "rec" / "train.txt").is_file() else None
    if dataset is not None:
        return _of_list(dataset / "rec" / "train.txt", dataset / "rec", looks=looks)
    return _of_project(place, looks=looks, papers=papers)


def _of_list(file: Path, data_dir: Path, *, looks: int) -> Labels:
    samples = read_rec_list(file, data_dir)
    found: list[CropLook] = []
    tried = TRIES * looks
    for sample in samples[:: max(1, len(samples) // max(1, tried))][:tried]:
        with suppress(StudioError):
            look = look_of_crop(read_image(sample.image))
            found += [look] if look is not None else []
    return Labels([sample.text for sample in samples], evenly(found, looks))


def _of_project(folder: Path, *, looks: int, papers: int) -> Labels:
    part = training_part(folder)
    if part is not None and part.by_line:
        rec = part.dataset / "rec"
        labels = _of_list(rec / "train.txt", rec, looks=looks)
        return replace(labels, dataset=part.dataset.name, held_out=part.held_out)
    store = ProjectStore.open(folder)
    try:
        texts, pages = [], []
        for key in store.keys:
            if not store.box_count(key) or (part is not None and key.partition("/")[2] not in part.files):
                continue
            page = store.page(key)
            lines = [text for _, _, text in training_lines(page)]
            texts += lines
            if lines:
                pages.append((page, store.image_path(key)))
        wanted = looks // LOOKS_OF_PAGE
        chosen = pages[:: max(1, len(pages) // max(1, wanted))][:wanted]
        looked = evenly(list(_looks_of(chosen)), looks)
        # what is not checked may hold texts that nobody has drawn a box around
        checked = [pair for pair in pages if pair[0].state is PageState.CHECKED]
        paper = list(_papers_of(checked[:: max(1, len(checked) // max(1, papers))][:papers]))
        if part is None:
            return Labels(texts, looked, paper, undivided=True)
        return Labels(texts, looked, paper, part.dataset.name, part.held_out)
    finally:
        store.close()


def _looks_of(pages: list[tuple[Page, Path]]) -> Iterator[CropLook]:
    for page, picture in pages:
        with suppress(StudioError):
            lines, _ = cut_lines(page, picture)
            for line in lines:
                look = look_of_crop(line.crop)
                if look is not None:
                    yield look


def _papers_of(pages: list[tuple[Page, Path]]) -> Iterator[Paper]:
    for page, picture in pages:
        with suppress(StudioError):
            paper = paper_of_page(read_image(picture), page)
            if paper is not None:
                yield paper
