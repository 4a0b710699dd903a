"""What synthetic lines say: texts, words, characters, templates, or what a set of labels has too little of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.texts import is_wide

if TYPE_CHECKING:
    # the window reads this module, and does without numpy until somebody looks at pictures
    import numpy as np

# Fewer samples of a character than this are too few to learn it.
ENOUGH = 200
# Letters of a line; PaddleOCR's `max_text_length` is 25 by default, and longer texts are not learned.
SHORTEST, LONGEST = 1, 25

# Labels of which the one is taken where a new character fits best: a Chinese one would be odd in an English word.
CONTEXTS_TRIED = 8

NO_TEXT = QT_TRANSLATE_NOOP("Errors", "There is no text to write.")
GIVE_TEXT = QT_TRANSLATE_NOOP("Errors", "Give some lines, words, characters or a template.")
BAD_TEMPLATE = QT_TRANSLATE_NOOP("Errors", "The template {template} cannot be read at character {place}.")
TEMPLATE_HELP = QT_TRANSLATE_NOOP(
    "Errors", "Write it like No. [0-9]{{4}}-[A-Z]{{2,3}}; a backslash makes the next character an ordinary one."
)
NOTHING_MISSING = QT_TRANSLATE_NOOP("Errors", "No character of {source} is short of {target} samples.")
CHOOSE_MORE = QT_TRANSLATE_NOOP("Errors", "Name the characters to write, or ask for more of each.")

_PIECE = re.compile(r"\\(.)|\[((?:[^\]\\]|\\.)+)\]|([^\[\]{}\\])")
_REPEAT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")
_RANGE = re.compile(r"(\\.|[^\\])-(\\.|[^\\])|(\\.|[^\\])", re.DOTALL)


class TextSource(Protocol):
    """Gives the text of every line by its number, so that each line can be made on its own and made again."""

    def text(self, number: int, random: np.random.Generator) -> str:
        """The text of a line.

        Args:
            number: Of the line, from 0.
            random: The line's own; the same number and state give the same text.
        """

    def characters(self) -> set[str]:
        """All that can occur, spaces included."""


def cleaned(texts: Iterable[str]) -> list[str]:
    """Texts as lines can hold them: white space of any kind becomes one space, none at the ends, no empty ones."""
    return [text for text in (" ".join(line.split()) for line in texts) if text]


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    found = tuple(cleaned(texts))
    if not found:
        raise DatasetError(NO_TEXT, GIVE_TEXT)
    return found


@dataclass(frozen=True)
class Listed:
    """Whole lines in their order, from the first again after the last.

    Raises:
        DatasetError: If there is none.
    """

    lines: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Listed:
        """Longer ones than `LONGEST` are cut into several, at spaces where there are any."""
        return cls(tuple(part for text in _some(texts) for part in _cut(text)))

    def text(self, number: int, random: np.random.Generator) -> str:
        return self.lines[number % len(self.lines)]

    def characters(self) -> set[str]:
        return set().union(*self.lines)


def _cut(text: str) -> list[str]:
    parts = []
    while len(text) > LONGEST:
        place = text.rfind(" ", 1, LONGEST + 1)
        place = LONGEST if place < 1 else place
        parts.append(text[:place].strip())
        text = text[place:].strip()
    return [*parts, text] if text else parts


@dataclass(frozen=True)
class Words:
    """Words drawn at random, joined until a line is long enough; spaces between those that are not Chinese or Japanese.

    Every word comes first in a line before any does for the second time.
    """

    words: tuple[str, ...]
    shortest: int = 4
    longest: int = LONGEST

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        return cls(_some(texts))

    def text(self, number: int, random: np.random.Generator) -> str:
        line = self.words[number % len(self.words)]
        wanted = int(random.integers(self.shortest, self.longest + 1))
        while len(line) < wanted:
            word = self.words[int(random.integers(len(self.words)))]
            gap = "" if is_wide(line[-1]) or is_wide(word[0]) else " "
            if len(line) + len(gap) + len(word) > self.longest:
                break
            line += gap + word
        return line

    def characters(self) -> set[str]:
        return set().union(*self.words, " ")


@dataclass(frozen=True)
class Characters:
    """Characters in any order; each begins a line as often as any other."""

    letters: tuple[str, ...]
    shortest: int = 4
    longest: int = 10

    @classmethod
    def of(cls, text: str, length: tuple[int, int] = (4, 10)) -> Characters:
        letters = tuple(dict.fromkeys(letter for letter in text if not letter.isspace()))
        if not letters:
            raise DatasetError(NO_TEXT, GIVE_TEXT)
        return cls(letters, *length)

    def text(self, number: int, random: np.random.Generator) -> str:
        count = int(random.integers(self.shortest, self.longest + 1))
        places = random.integers(0, len(self.letters), count)
        # everywhere in the line, not always in front
        places[int(random.integers(count))] = number % len(self.letters)
        return "".join(self.letters[int(place)] for place in places)

    def characters(self) -> set[str]:
        return set(self.letters)


@dataclass(frozen=True)
class Template:
    """A pattern such as `No. [0-9]{4}-[A-Z]{2,3}`: each piece is some letters and how often one of them comes."""

    pieces: tuple[tuple[tuple[str, ...], int, int], ...]

    @classmethod
    def of(cls, template: str) -> Template:
        """Reads a pattern.

        Raises:
            DatasetError: If a bracket does not close, a range is empty, or nothing is left.
        """
        pieces: list[tuple[tuple[str, ...], int, int]] = []
        place = 0
        while place < len(template):
            found = _PIECE.match(template, place)
            letters = _letters(found) if found else ()
            if not found or not letters:
                raise DatasetError(BAD_TEMPLATE, TEMPLATE_HELP, template=template, place=place + 1)
            place = found.end()
            least = most = 1
            repeat = _REPEAT.match(template, place)
            if repeat:
                least, most = int(repeat[1]), int(repeat[2] or repeat[1])
                place = repeat.end()
            if least > most:
                raise DatasetError(BAD_TEMPLATE, TEMPLATE_HELP, template=template, place=place)
            pieces.append((letters, least, most))
        if not any(most for _, _, most in pieces):
            raise DatasetError(NO_TEXT, GIVE_TEXT)
        return cls(tuple(pieces))

    def text(self, number: int, random: np.random.Generator) -> str:
        line = ""
        for letters, least, most in self.pieces:
            for _ in range(int(random.integers(least, most + 1))):
                line += letters[int(random.integers(len(letters)))]
        return " ".join(line.split())

    def characters(self) -> set[str]:
        return {letter for letters, _, most in self.pieces if most for letter in letters}


def _letters(found: re.Match[str]) -> tuple[str, ...]:
    escaped, inside, plain = found.groups()
    if inside is None:
        return (escaped or plain,)
    letters: list[str] = []
    for first, last, single in _RANGE.findall(inside):
        if single:
            letters.append(single[-1])
        else:
            # halves of characters are no text
            letters += [chr(code) for code in range(ord(first[-1]), ord(last[-1]) + 1) if not 0xD800 <= code < 0xE000]
    return tuple(dict.fromkeys(letters))


@dataclass(frozen=True)
class Several:
    """Some sources in turn."""

    sources: tuple[TextSource, ...]

    def text(self, number: int, random: np.random.Generator) -> str:
        turn, which = divmod(number, len(self.sources))
        return self.sources[which].text(turn, random)

    def characters(self) -> set[str]:
        return set().union(*(source.characters() for source in self.sources))


def deficits(texts: Iterable[str], wanted: Iterable[str] = (), target: int = ENOUGH) -> dict[str, int]:
    """How many samples each character is short of.

    Args:
        texts: The labels.
        wanted: Characters that count; without any, all that occur. White space never does.
        target: Samples that are enough.

    Returns:
        Only those that are short of some, the worst first.
    """
    counted = Counter(character for text in texts for character in text)
    looked_at = list(dict.fromkeys(wanted)) or sorted(counted)
    short = {letter: target - counted[letter] for letter in looked_at if not letter.isspace()}
    return dict(sorted(((letter, lack) for letter, lack in short.items() if lack > 0), key=lambda item: -item[1]))


@dataclass(frozen=True)
class Deficits:
    """Lines for characters that labels have too few of, each in the surroundings of the labels.

    A line is a label that has the character, or one in which it takes the place of a character of the same kind.

    Attributes:
        order: The character that each line is for.
        own: Character to the labels that have it.
        contexts: All labels; `[""]` if there are none.
    """

    order: tuple[str, ...]
    own: Mapping[str, tuple[str, ...]]
    contexts: tuple[str, ...]
    longest: int = LONGEST

    @classmethod
    def of(cls, lacking: Mapping[str, int], texts: Iterable[str]) -> Deficits:
        """As many lines for each character as it lacks samples, in turns.

        Raises:
            DatasetError: If nothing is lacking.
        """
        if not lacking:
            raise DatasetError(NO_TEXT, GIVE_TEXT)
        contexts = tuple(dict.fromkeys(cleaned(texts))) or ("",)
        found: dict[str, list[str]] = {letter: [] for letter in lacking}
        for text in contexts:
            for letter in found.keys() & set(text):
                found[letter].append(text)
        own = {letter: tuple(texts_of) for letter, texts_of in found.items()}
        rounds = max(lacking.values())
        order = [letter for turn in range(rounds) for letter, lack in lacking.items() if turn < lack]
        return cls(tuple(order), own, contexts)

    def text(self, number: int, random: np.random.Generator) -> str:
        letter = self.order[number % len(self.order)]
        own = self.own.get(letter, ())
        # half of them from elsewhere: a handful of labels that have the character would be learned by heart
        if own and random.random() < 0.5:
            text = own[int(random.integers(len(own)))]
            places = [place for place, other in enumerate(text) if other == letter]
            return _window(text, places[int(random.integers(len(places)))], self.longest, random)
        tried = [self.contexts[int(place)] for place in random.integers(0, len(self.contexts), CONTEXTS_TRIED)]
        best, text = max(((_best_likeness(letter, text), text) for text in tried), key=lambda pair: pair[0])
        if not text:
            return letter
        places = [place for place, other in enumerate(text) if _likeness(letter, other) == best]
        place = places[int(random.integers(len(places)))]
        return _window(text[:place] + letter + text[place + 1 :], place, self.longest, random)

    def characters(self) -> set[str]:
        return set(self.order).union(*self.contexts)


def _best_likeness(letter: str, text: str) -> int:
    return max((_likeness(letter, other) for other in text), default=-1)


def _likeness(one: str, other: str) -> int:
    """How well a character can stand in another's place: same kind of sign, same width; a space never goes."""
    if other.isspace():
        return -1
    same_kind = unicodedata.category(one) == unicodedata.category(other)
    same_letters = unicodedata.category(one)[0] == unicodedata.category(other)[0]
    return 4 * same_kind + 2 * same_letters + (is_wide(one) == is_wide(other))


def _window(text: str, place: int, longest: int, random: np.random.Generator) -> str:
    """At most so many characters of a text, the one at `place` among them."""
    if len(text) <= longest:
        return text
    first = max(0, place - longest + 1)
    last = min(place, len(text) - longest)
    start = int(random.integers(first, last + 1))
    return text[start : start + longest].strip() or text[place]


def without(source: TextSource, missing: set[str]) -> TextSource | None:
    """A source that leaves out characters which no font can draw; None if nothing is left.

    Whole lines stay as they are: each is refused by itself.
    """
    match source:
        case Characters():
            letters = tuple(letter for letter in source.letters if letter not in missing)
            return Characters(letters, source.shortest, source.longest) if letters else None
        case Words():
            words = tuple(word for word in source.words if not missing & set(word))
            return Words(words, source.shortest, source.longest) if words else None
        case Deficits():
            order = tuple(letter for letter in source.order if letter not in missing)
            contexts = tuple(text for text in source.contexts if not missing & set(text)) or ("",)
            own = {
                letter: tuple(text for text in texts if not missing & set(text)) for letter, texts in source.own.items()
            }
            return Deficits(order, own, contexts, source.longest) if order else None
        case Template():
            pieces = tuple(
                (tuple(letter for letter in letters if letter not in missing), least, most)
                for letters, least, most in source.pieces
            )
            return Template(pieces) if all(letters for letters, _, _ in pieces) else None
    return source


def sequence_of(texts: Sequence[str]) -> TextSource:
    """Templates as one source, in turn."""
    sources: tuple[TextSource, ...] = tuple(Template.of(text) for text in texts)
    return sources[0] if len(sources) == 1 else Several(sources)
