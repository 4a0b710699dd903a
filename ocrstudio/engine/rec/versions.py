"""Every version of a line that training shows: as it is, changed, or with others behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ocrstudio.core.charset import Charset
from ocrstudio.engine.rec.augment import Augmentation
from ocrstudio.engine.rec.crops import STRIDE, CropStore, Image, fitted, padded_width, required_steps
from ocrstudio.engine.rec.plan import MIN_WIDTH


class LineVersions:
    """Pictures and texts of lines; equal arguments always give equal ones.

    Args:
        store: Decoded crops.
        texts: One per crop.
        charset: Encodes the texts.
        augmentation: What is done to them.
        seed: Of the augmentation.
        least_width: Columns that every line is padded to.
    """

    def __init__(
        self,
        store: CropStore,
        texts: Sequence[str],
        charset: Charset,
        augmentation: Augmentation | None = None,
        seed: int = 0,
        least_width: int = MIN_WIDTH,
    ) -> None:
        self.store, self.texts, self.charset, self.seed = store, tuple(texts), charset, seed
        self.augmentation = augmentation or Augmentation()
        self.widths = [padded_width(width, least_width) for width in store.widths]

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, line: int, number: int | None) -> str:
        """What version `number` of a line says; None is the line as it is."""
        return "".join(self.texts[part] for part in self._parts(line, number))

    def image(self, line: int, number: int | None) -> Image:
        """(48, at most the line's padded width, 3) of that version."""
        parts = self._parts(line, number)
        image = self.store[line] if len(parts) == 1 else np.concatenate([self.store[part] for part in parts], axis=1)
        if number is not None and self.augmentation.change is not None:
            image = self.augmentation.change(image, np.random.default_rng((self.seed, number, line)))
        return fitted(image, self.widths[line])

    @cached_property
    def _labels(self) -> list[list[int]]:
        return [self.charset.encode(text) for text in self.texts]

    def _parts(self, line: int, number: int | None) -> list[int]:
        """The lines that stand side by side: the joined one fits into the first one's batch and into its time steps."""
        join, parts = self.augmentation.join, [line]
        if join is None or number is None:
            return parts
        random = np.random.default_rng((self.seed, number, line, 1))
        if random.random() >= join.prob:
            return parts
        room = min(self.widths[line], max(join.max_width, self.store.widths[line]))
        width, labels, characters = self.store.widths[line], list(self._labels[line]), len(self.texts[line])
        for _ in range(join.ext_data_num):
            other = int(random.integers(len(self)))
            width += self.store.widths[other]
            characters += len(self.texts[other])
            labels += self._labels[other]
            too_long = characters > join.max_text_length or required_steps(labels) > self.widths[line] // STRIDE
            if width > room or too_long:
                break
            parts.append(other)
        return parts
