"""The characters a recognition model knows, in the order of its outputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

BLANK = 0
SPACE = " "


@dataclass(frozen=True)
class Charset:
    """Ordered characters of a CTC model.

    The outputs of such a model are: blank, the dictionary's lines, then the space if it is used. Adding a line
    therefore moves the space; go by character, never by number.

    Attributes:
        characters: The dictionary's lines, without blank and the appended space.
        use_space: Whether a space follows them.
    """

    characters: tuple[str, ...]
    use_space: bool = True

    @property
    def classes(self) -> int:
        """Number of outputs: blank + characters + space."""
        return 1 + len(self.characters) + int(self.use_space)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Text of each output; blank is the empty text."""
        return ("", *self.characters, *([SPACE] if self.use_space else []))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        # the first of a repeated line counts, so that a space in the dictionary keeps its own output
        return {label: number for number, label in reversed(list(enumerate(self.labels))) if number != BLANK}

    def index(self, character: str) -> int | None:
        """The output of a character, or None if the model does not know it."""
        return self._numbers.get(character)

    def encode(self, text: str) -> list[int]:
        """Outputs of the characters of a text; unknown ones are left out, as PaddleOCR does."""
        return [number for character in text if (number := self._numbers.get(character)) is not None]

    def decode(self, indices: Sequence[int]) -> str:
        """The text of a model's best outputs over time: repeats collapse, then blanks go (CTC).

        Args:
            indices: Best output of each time step.
        """
        labels = self.labels
        previous = BLANK
        text = []
        for index in indices:
            if index not in (BLANK, previous):
                text.append(labels[index])
            previous = index
        return "".join(text)

    def unknown(self, text: str) -> list[str]:
        """Characters of a text that the model does not know, each once, in order."""
        return list(dict.fromkeys(character for character in text if character not in self._numbers))


def characters_of(texts: Iterable[str]) -> set[str]:
    """Every character that occurs, the plain space left out: it has its own output."""
    found: set[str] = set()
    for text in texts:
        found.update(text)
    found.discard(SPACE)
    return found


def narrowed(base: Charset, texts: Iterable[str]) -> Charset:
    """The charset cut down to what some texts need.

    Args:
        base: What the model knows.
        texts: All texts it shall read.

    Returns:
        The characters of the texts in the order of `base`, new ones after them sorted by code point.
    """
    needed = characters_of(texts)
    known = tuple(character for character in dict.fromkeys(base.characters) if character in needed)
    return Charset(known + tuple(sorted(needed - set(known))), base.use_space)
