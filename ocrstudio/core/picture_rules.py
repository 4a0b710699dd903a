"""Which pictures of a training set are the same, look the same, or have a shape that a line of text does not have."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Bits of a look, in 64-bit words: 33 x 8 grey values, each compared with its right neighbour.
LOOK_WORDS = 4
LOOK_COLUMNS, LOOK_ROWS = 33, 8
# Bits in which two looks of one picture may differ: it was saved anew, made lighter or smaller.
NEAR_BITS = 12
# Beyond this many pictures only identical ones are looked for.
MOST_COMPARED = 30_000
_ASPECT_SLACK = 1.06
_BLOCK = 256
_NUMBERED = re.compile(r"^(?P<page>.+?)_(?:crop_)?\d+$")
# Wider or flatter ones lose their text when they are scaled to the network's height.
WIDEST, LEAST_HEIGHT = 40.0, 8
TALL = 1.5


@dataclass(frozen=True)
class PictureFacts:
    """What is known of a picture file.

    Attributes:
        fault: Id of the check that it fails, "" if it can be read.
        width: Pixels, as viewers show it.
        height: Pixels.
        digest: Of its bytes.
        look: Its difference hash, LOOK_WORDS numbers of 64 bits.
    """

    fault: str = ""
    width: int = 0
    height: int = 0
    digest: int = 0
    look: tuple[int, ...] = (0,) * LOOK_WORDS

    @property
    def is_flat(self) -> bool:
        """Whether nothing is to be seen on it, so that its look says nothing."""
        return not any(self.look)


def look_of(grey: NDArray[np.uint8]) -> tuple[int, ...]:
    """The difference hash of a picture scaled to LOOK_ROWS x LOOK_COLUMNS.

    Args:
        grey: (8, 33) grey values.

    Source: N. Krawetz, "Kind of Like That" (2013), with four times the columns because lines are wide.
    """
    # grain of the paper is no difference
    brighter = grey[:, 1:].astype(np.int16) > grey[:, :-1].astype(np.int16) + 2
    return tuple(int(word) for word in np.packbits(brighter).view(">u8"))


def near_pairs(pictures: Sequence[PictureFacts]) -> Iterator[tuple[int, int]]:
    """Places of pictures whose looks and shapes are close: candidates for a closer look. Identical ones are left out.

    Compares all with all of the same shape: 10,000 pictures take about a second.
    """
    if len(pictures) > MOST_COMPARED:
        return
    aspects = np.array([one.width / max(1, one.height) for one in pictures])
    order = np.argsort(aspects, kind="stable")
    order = order[[not (pictures[place].is_flat or pictures[place].fault) for place in order]]
    if len(order) < 2:
        return
    looks = np.array([pictures[place].look for place in order], np.uint64)
    sorted_aspects = aspects[order]
    ends = np.searchsorted(sorted_aspects, sorted_aspects * _ASPECT_SLACK, side="right")
    for start in range(0, len(order), _BLOCK):
        stop = min(start + _BLOCK, len(order))
        last = int(ends[stop - 1])
        bits = _differing_bits(looks[start:stop], looks[start:last])
        for row, column in zip(*np.nonzero(bits <= NEAR_BITS), strict=True):
            first, second = int(start + row), int(start + column)
            if first < second < ends[first]:
                one, other = int(order[first]), int(order[second])
                if pictures[one].digest != pictures[other].digest:
                    yield min(one, other), max(one, other)


def _differing_bits(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint16]:
    total = np.zeros((len(first), len(second)), np.uint16)
    for word in range(first.shape[1]):
        total += _bit_counts(first[:, None, word] ^ second[None, :, word])
    return total


def _bit_counts(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    if hasattr(np, "bitwise_count"):  # NumPy 2
        counted: NDArray[np.uint8] = np.bitwise_count(numbers)
        return counted
    parts = np.ascontiguousarray(numbers).view(np.uint8).reshape(*numbers.shape, 8)
    summed: NDArray[np.uint8] = _BITS[parts].sum(axis=-1, dtype=np.uint8)
    return summed


_BITS = np.array([bin(number).count("1") for number in range(256)], np.uint8)


def same_pages(training: Sequence[str], validation: Sequence[str]) -> set[str]:
    """Pages whose crops are in both sets, by the names that this program and PPOCRLabel give crops.

    `scan3_12.png` and `scan3_crop_12.jpg` are line 12 of the page `scan3`. Names say nothing if they start anew in
    every set (`word_1.png` here and there), or if there is only one "page".

    Args:
        training: Names of the pictures, without folders.
        validation: The same.

    Returns:
        Names of the pages.
    """
    first, second = _by_page(training), _by_page(validation)
    shared = set(first) & set(second)
    if not shared or min(len(first), len(second)) < 2 or any(first[page] & second[page] for page in shared):
        return set()
    return shared


def page_of(name: str) -> str:
    """The page that a crop was cut from, by its file's name; "" if the name does not tell."""
    match = _NUMBERED.match(name.rpartition("/")[2].rpartition(".")[0])
    return match["page"] if match else ""


def _by_page(names: Sequence[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in names:
        page = page_of(name)
        if page:
            found.setdefault(page, set()).add(name.rpartition("/")[2])
    return found


def steps_needed(text: str) -> int:
    """Time steps that CTC needs for a text: one a character, one more between two of the same."""
    return len(text) + sum(one == other for one, other in itertools.pairwise(text))
