"""Which lines match: rules over texts, states and confidence, without any file or window.

Matching rules, all of them tested:

* Plain text matches where its characters follow each other; without `case`, A matches a and Ä matches ä.
* Whole words: the match must not continue as a word on either side. Only scripts that part words with spaces have words
  here: next to a Chinese, Japanese or Korean character there is always a border.
* A regular expression matches as in Python (`regex` package); matches of no characters do not count.
* A line has a character if it holds any one of those asked for.
* Confidence compares the recogniser's score; text that a person typed has none and lies in no range.
"""

from __future__ import annotations

import re
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import compress
from typing import Any, overload

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.lines import NO_SCORE, PageLines
from ocrstudio.core.page import IGNORE_TEXTS, PLACEHOLDER_TEXTS, PageState

# A pattern that needs longer than this for all lines, or a tenth of it for one line, is given up.
TIME_LIMIT_S = 5.0
# A searching thread steps back so often and so long, so that the window's thread never waits for it.
BREATH_EVERY_S, BREATH_S = 0.004, 0.001
# Letters and digits of scripts that part words with spaces.
_WORD = r"[^\W\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"

Span = tuple[int, int]
Hit = tuple[PageLines, int]


class SearchError(StudioError):
    """A search that cannot be done: a broken pattern, or one that takes too long."""


BROKEN_PATTERN = QT_TRANSLATE_NOOP("Errors", "The pattern is not complete: {reason} (character {place}).")
BROKEN_REMEDY = QT_TRANSLATE_NOOP("Errors", "Correct it, or turn off regular expressions to find it as plain text.")
SLOW_PATTERN = QT_TRANSLATE_NOOP("Errors", "The pattern takes too long.")
SLOW_REMEDY = QT_TRANSLATE_NOOP(
    "Errors", "Repeats within repeats, such as (a+)+, are the usual reason; write it simpler."
)
BROKEN_REPLACEMENT = QT_TRANSLATE_NOOP("Errors", "The replacement is not complete: {reason}.")


class LineKind(Enum):
    """What a line's text is good for."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    IGNORED = "ignored"


@dataclass(frozen=True)
class TextRule:
    """What to look for in a text.

    Attributes:
        text: Plain text or a pattern; never empty.
        case: Capital and small letters differ.
        whole_word: See the module.
        regex: `text` is a regular expression.
    """

    text: str
    case: bool = False
    whole_word: bool = False
    regex: bool = False


@dataclass(frozen=True)
class LineFilter:
    """Which lines are wanted; every part that is given must hold.

    Attributes:
        rule: The text.
        states: States of the page.
        score_from, score_to: Confidence, 0 to 1, both included.
        characters: At least one of them occurs.
        touched: Whether a person worked on the line.
        key_class: The line's key class; "" for none.
        kind: What the text is good for.
        folder: The page's folder and those below it; "" is the whole project.
        with_note: The page has a note.
    """

    rule: TextRule | None = None
    states: frozenset[PageState] | None = None
    score_from: float | None = None
    score_to: float | None = None
    characters: frozenset[str] = frozenset()
    touched: bool | None = None
    key_class: str | None = None
    kind: LineKind | None = None
    folder: str = ""
    with_note: bool = False

    @property
    def asks_for_lines(self) -> bool:
        """Whether anything depends on the lines; otherwise only pages are chosen."""
        return bool(
            self.rule
            or self.score_from is not None
            or self.score_to is not None
            or self.characters
            or self.touched is not None
            or self.key_class is not None
            or self.kind
        )


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A text with its matches replaced.

    Attributes:
        text: What it is now.
        gone: What was replaced, as (start, end) in the text before.
        come: What stands there now, as (start, end) in `text`.
    """

    text: str
    gone: tuple[Span, ...] = ()
    come: tuple[Span, ...] = ()


class Hits(Sequence[Hit]):
    """Lines that were found, in the order of the pages. A hundred thousand of them take a megabyte, not twenty.

    Args:
        pages: What was looked through.
    """

    def __init__(self, pages: Sequence[PageLines] = ()) -> None:
        self._pages = pages
        self._numbers = array("L")
        self._rows = array("L")

    def add(self, number: int, rows: Sequence[int]) -> None:
        """Adds lines of the page of that number."""
        self._numbers.extend([number] * len(rows))
        self._rows.extend(rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return self._pages[self._numbers[place]], self._rows[place]

    def page_count(self, chosen: bytes | bytearray) -> int:
        """On how many pages the chosen lines (1 for each wanted, else 0) are."""
        return len(set(compress(self._numbers, chosen)))

    def by_page(self, chosen: bytes | bytearray) -> list[tuple[PageLines, list[int]]]:
        """The rows of the chosen lines, page by page."""
        rows: dict[int, list[int]] = {}
        for number, row in zip(compress(self._numbers, chosen), compress(self._rows, chosen), strict=True):
            rows.setdefault(number, []).append(row)
        return [(self._pages[number], found) for number, found in rows.items()]


class Matcher:
    """A text rule made ready. Usable on any thread, by one at a time.

    Args:
        rule: What to look for.

    Raises:
        SearchError: If the pattern is broken; says where.
    """

    def __init__(self, rule: TextRule) -> None:
        self.rule = rule
        self._deadline: float | None = None
        self._pattern: Any = _compiled_regex(rule) if rule.regex else _compiled_text(rule)

    def limit(self, seconds: float = TIME_LIMIT_S) -> None:
        """Lets all work from now on take so long together; only regular expressions can need it."""
        self._deadline = time.monotonic() + seconds

    def contains(self, text: str) -> bool:
        """Whether the text matches.

        Raises:
            SearchError: If that takes too long.
        """
        if not self.rule.regex:
            return self._pattern.search(text) is not None
        first = self._timed(self._pattern.search, text)
        return first is not None and (first.end() > first.start() or bool(self.spans(text)))

    def spans(self, text: str) -> list[Span]:
        """Where the text matches: (start, end) of each place, in order, never empty ones.

        Raises:
            SearchError: If that takes too long.
        """
        return [match.span() for match in self._matches(text) if match.end() > match.start()]

    def rewritten(self, text: str, replacement: str) -> Rewriting:
        """The text with every match replaced, and where.

        Args:
            text: A line.
            replacement: Taken as it is for plain text; for a pattern, `\\1` and `\\g<name>` stand for its groups.

        Raises:
            SearchError: If the replacement is broken or the pattern takes too long.
        """
        pieces: list[str] = []
        gone: list[Span] = []
        come: list[Span] = []
        end = length = 0
        for match in self._matches(text):
            if match.end() == match.start():
                continue
            fresh = self._expanded(match, replacement)
            pieces += [text[end : match.start()], fresh]
            length += match.start() - end
            gone.append(match.span())
            come.append((length, length + len(fresh)))
            length += len(fresh)
            end = match.end()
        return Rewriting("".join([*pieces, text[end:]]), tuple(gone), tuple(come))

    def _expanded(self, match: Any, replacement: str) -> str:
        if not self.rule.regex:
            return replacement
        import regex

        try:
            return str(match.expand(replacement))
        except (regex.error, IndexError) as error:
            raise SearchError(BROKEN_REPLACEMENT, reason=str(error)) from error

    def _matches(self, text: str) -> Iterable[Any]:
        if not self.rule.regex:
            matches: Iterable[Any] = self._pattern.finditer(text)
        else:
            matches = self._timed(lambda *where, **how: list(self._pattern.finditer(*where, **how)), text)
        return matches

    def _timed(self, call: Callable[..., Any], text: str) -> Any:
        left = TIME_LIMIT_S if self._deadline is None else self._deadline - time.monotonic()
        if left <= 0:
            raise SearchError(SLOW_PATTERN, SLOW_REMEDY)
        try:
            # concurrent: other threads, the window's above all, go on meanwhile
            return call(text, timeout=min(left, TIME_LIMIT_S / 10), concurrent=True)
        except TimeoutError as error:
            raise SearchError(SLOW_PATTERN, SLOW_REMEDY) from error


def _compiled_text(rule: TextRule) -> re.Pattern[str]:
    pattern = re.escape(rule.text)
    if rule.whole_word:
        before = f"(?<!{_WORD})" if re.match(_WORD, rule.text[0]) else ""
        after = f"(?!{_WORD})" if re.match(_WORD, rule.text[-1]) else ""
        pattern = f"{before}{pattern}{after}"
    return re.compile(pattern, 0 if rule.case else re.IGNORECASE)


def _compiled_regex(rule: TextRule) -> Any:
    import regex  # takes a moment to load, and few ever search with patterns

    pattern = f"(?<!{_WORD})(?:{rule.text})(?!{_WORD})" if rule.whole_word else rule.text
    try:
        regex.compile(rule.text)  # alone first, so that a stray bracket cannot lean on ours
        return regex.compile(pattern, 0 if rule.case else regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        place = getattr(error, "pos", None)
        reason = str(getattr(error, "msg", "") or error)
        raise SearchError(BROKEN_PATTERN, BROKEN_REMEDY, reason=reason, place=(place or 0) + 1) from error


def kind_of(text: str) -> LineKind | None:
    """What a line's text is good for; None: it is a text that can be learnt."""
    if not text.strip():
        return LineKind.EMPTY
    if text in PLACEHOLDER_TEXTS:
        return LineKind.PLACEHOLDER
    return LineKind.IGNORED if text in IGNORE_TEXTS else None


def page_passes(page: PageLines, wanted: LineFilter) -> bool:
    """Whether the page as such is wanted, whatever its lines are."""
    if wanted.states is not None and page.state not in wanted.states:
        return False
    if wanted.with_note and not page.note:
        return False
    if not wanted.folder:
        return True
    folder = page.folder
    return folder == wanted.folder or folder.startswith(wanted.folder + "/")


def matching_rows(page: PageLines, wanted: LineFilter, matcher: Matcher | None) -> list[int]:
    """The rows of a page that are wanted.

    Args:
        page: Its lines.
        wanted: What is asked for.
        matcher: Of `wanted.rule`; None if there is none.

    Raises:
        SearchError: If a pattern takes too long.
    """
    if not page.texts or not page_passes(page, wanted):
        return []
    rows: Iterable[int] = range(len(page.texts))
    if wanted.touched is not None:
        rows = [row for row in rows if bool(page.touched[row]) is wanted.touched]
    if wanted.score_from is not None or wanted.score_to is not None:
        low, high = wanted.score_from or 0.0, 1.0 if wanted.score_to is None else wanted.score_to
        # scores are kept as 32-bit numbers: 0.9 is not quite 0.9 there
        rows = [row for row in rows if page.scores[row] != NO_SCORE and low - 1e-6 <= page.scores[row] <= high + 1e-6]
    if wanted.key_class is not None:
        rows = [row for row in rows if (page.classes[row] if page.classes else "") == wanted.key_class]
    if wanted.kind is not None:
        rows = [row for row in rows if kind_of(page.texts[row]) is wanted.kind]
    if wanted.characters:
        rows = [row for row in rows if not wanted.characters.isdisjoint(page.texts[row])]
    if matcher is not None:
        rows = [row for row in rows if matcher.contains(page.texts[row])]
    return list(rows)


def find_lines(pages: Sequence[PageLines], wanted: LineFilter, is_stale: Callable[[], bool] = lambda: False) -> Hits:
    """Every line that is wanted, in the order of the pages.

    Meant for a worker thread: it leaves the window's thread room.

    Args:
        pages: The lines of each page.
        wanted: What is asked for.
        is_stale: Asked now and then; once it says yes the search ends with what it has.

    Raises:
        SearchError: If the pattern is broken or takes too long.
    """
    matcher = None if wanted.rule is None else Matcher(wanted.rule)
    if matcher is not None:
        matcher.limit()
    found = Hits(pages)
    breath = Breath()
    for number, page in enumerate(pages):
        rows = matching_rows(page, wanted, matcher)
        if rows:
            found.add(number, rows)
        if breath.take() and is_stale():
            break
    return found


def find_changes(
    pages: Sequence[PageLines], rule: TextRule, replacement: str, is_stale: Callable[[], bool] = lambda: False
) -> Hits:
    """Every line that replacing would change, in the order of the pages; meant for a worker thread.

    Args:
        pages: The pages to look at.
        rule: What to look for.
        replacement: See `Matcher.rewritten`.
        is_stale: Asked now and then; once it says yes the search ends with what it has.

    Raises:
        SearchError: If pattern or replacement is broken, or the pattern takes too long.
    """
    matcher = Matcher(rule)
    matcher.limit()
    found = Hits(pages)
    breath = Breath()
    for number, page in enumerate(pages):
        rows = [
            row
            for row, text in enumerate(page.texts)
            if matcher.contains(text) and matcher.rewritten(text, replacement).text != text
        ]
        if rows:
            found.add(number, rows)
        if breath.take() and is_stale():
            break
    return found


class Breath:
    """Lets a worker thread step back every few milliseconds."""

    def __init__(self) -> None:
        self._next = time.monotonic() + BREATH_EVERY_S

    def take(self) -> bool:
        """Call it often; tells whether it has just stepped back."""
        if time.monotonic() < self._next:
            return False
        time.sleep(BREATH_S)
        self._next = time.monotonic() + BREATH_EVERY_S
        return True


def unknown_in(text: str, known: frozenset[str]) -> list[str]:
    """Characters of a text that a model does not know, each once, in order; spaces are never unknown.

    A text in another Unicode form is not excused: the model would be taught the very characters that are written.
    """
    return list(dict.fromkeys(character for character in text if character not in known and not character.isspace()))
