"""What the model could read before and must not forget: lines to measure it by, and lines to mix into training."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocrstudio.core.charset import Charset
from ocrstudio.engine.rec.crops import CropStore, Image
from ocrstudio.engine.rec.typesetting import lines, typefaces
from ocrstudio.formats.rec_list import Sample, read_lines

# Read lines (images -> texts) with the model as it was before training.
Reader = Callable[[CropStore], list[str]]
# Lines that are tried for each that is wanted: rare characters and odd fonts fail.
TRIES = 4
# Lines tried at a time.
CHUNK = 32
# Replay lines that are synthesised: few enough to compute their features at once, more than an epoch needs.
REPLAY_LINES = 300
# The place of a line that lies on no disk.
SYNTHESISED = Path("synthesised line")


@dataclass(frozen=True)
class OldLines:
    """Lines of the old kind.

    Attributes:
        scored: Read at every evaluation, never learned.
        replayed: Mixed into training, never scored.
    """

    scored: CropStore | None = None
    replayed: CropStore | None = None


def listed(lists: Sequence[str], folder: str) -> CropStore:
    """The lines of the user's own lists; paths are relative to `folder`, or to each list's own if that is empty."""
    return CropStore([sample for name in lists for sample in read_lines([name], folder or Path(name).parent)])


def synthesised(known: Charset, wanted: Charset, count: int, seed: int, read: Reader) -> CropStore | None:
    """Typeset lines of characters that old and new dictionary share, as far as the old model reads them without error.

    Args:
        known: What the model knew.
        wanted: What it shall know.
        count: How many.
        seed: The same seed and fonts give the same lines.
        read: With the model as it was.

    Returns:
        At most `count` lines; None if there are none.
    """
    shared = {label for label in set(known.labels) & set(wanted.labels) if len(label) == 1 and label.strip()}
    faces = typefaces(shared)
    if not faces or count <= 0:
        return None
    source = lines(faces, np.random.default_rng((seed, 7)))
    images: list[Image] = []
    samples: list[Sample] = []
    for _ in range(0, TRIES * count, CHUNK):
        tried = list(itertools.islice(source, CHUNK))
        store = CropStore.of_images([image for image, _ in tried], [Sample(SYNTHESISED, text) for _, text in tried])
        for (image, text), found in zip(tried, read(store), strict=True):
            if text == found and len(images) < count:
                images.append(image)
                samples.append(Sample(SYNTHESISED, text))
        if len(images) == count:
            break
    return CropStore.of_images(images, samples) if images else None
