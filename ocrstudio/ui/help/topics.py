"""The help texts as they lie on disk: Markdown files, one a topic, the same topics and headings in every language.

On top of Markdown there are four marks, so that what the help says of the window is always true:

    ## Step by step {#steps}   a heading's id, which links aim at: `[steps](train.md#steps)`
    [[Start training]]         a text of the window, shown in the window's language; `[[ConfigFields|Epochs]]` where
                               the same English text has several translations
    {cmd:undo}                 the name of a command
    {key:undo}                 the keys that it has now
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.paths import resources

# In the order of the table of contents; a page's topic has the page's name.
TOPICS = ("start", "annotate", "dataset", "config", "train", "test", "setup", "keys", "questions", "glossary")
ENDING = ".md"

HEADING = re.compile(r"^(#{1,3}) (.+?) \{#([\w-]+)\}$")
WINDOW_TEXT = re.compile(r"\[\[(?:(\w+)\|)?(.+?)\]\]")
COMMAND = re.compile(r"\{(cmd|key):(\w+)\}")
# What a mark becomes in the Markdown, until the viewer finds it again in the document.
WORDS_BEGIN, WORDS_END, KEY_BEGIN, KEY_END = "\ue000", "\ue001", "\ue002", "\ue003"

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_DECORATION = re.compile(r"[*`|\ue000-\ue003]|^[#>-]+ ", re.MULTILINE)
AROUND_LETTERS = 40


@dataclass(frozen=True)
class Section:
    """What stands under one heading, up to the next.

    Attributes:
        topic: Name of `TOPICS`.
        id: The heading's id, unique in its topic.
        level: 1 for the topic itself, 2 and 3 below it.
        title: Plain text of the heading.
        text: Markdown with the marks replaced, the heading left out.
    """

    topic: str
    id: str
    level: int
    title: str
    text: str

    @property
    def place(self) -> str:
        """The link's form of it, such as `train.md#steps`."""
        return f"{self.topic}{ENDING}#{self.id}"


@dataclass(frozen=True)
class Hit:
    """A section that has all words that were searched for, and the text around the first."""

    section: Section
    around: str


def folder(language: str) -> Path:
    """Where the topics of a language of `i18n.LANGUAGES` are."""
    return resources() / "help" / language


def pictures() -> Path:
    """Where the pictures of all languages are; a topic names one as `pictures/train.png`."""
    return resources() / "help" / "pictures"


def read_topic(language: str, name: str) -> str:
    """The Markdown of a topic as it lies on disk."""
    return (folder(language) / (name + ENDING)).read_text(encoding="utf-8")


def fill(markdown: str, window_text: Callable[[str, str], str], command: Callable[[str, str], str]) -> str:
    """Replaces the marks.

    Args:
        markdown: A topic.
        window_text: (context or nothing, English text of the window) -> the same in the window's language.
        command: ("cmd" or "key", id of a command) -> its name or its keys.
    """

    def words(found: re.Match[str]) -> str:
        return f"{WORDS_BEGIN}{window_text(found[1] or '', found[2])}{WORDS_END}"

    def of_command(found: re.Match[str]) -> str:
        begin, end = (KEY_BEGIN, KEY_END) if found[1] == "key" else (WORDS_BEGIN, WORDS_END)
        return f"{begin}{command(found[1], found[2])}{end}"

    return COMMAND.sub(of_command, WINDOW_TEXT.sub(words, markdown))


def sections(topic: str, markdown: str) -> list[Section]:
    """The sections of a topic in their order."""
    found: list[tuple[re.Match[str], list[str]]] = []
    for line in markdown.splitlines():
        heading = HEADING.match(line)
        if heading is not None:
            found.append((heading, []))
        elif found:
            found[-1][1].append(line)
    return [
        Section(topic, heading[3], len(heading[1]), heading[2], "\n".join(lines).strip()) for heading, lines in found
    ]


def plain(markdown: str) -> str:
    """Markdown without its signs, on one line."""
    return " ".join(_DECORATION.sub("", _LINK.sub(r"\1", markdown)).split())


def search(all_sections: Sequence[Section], wanted: str) -> list[Hit]:
    """Sections that have every word of `wanted`, those with one in the heading first."""
    words = wanted.casefold().split()
    in_title: list[Hit] = []
    in_text: list[Hit] = []
    for section in all_sections:
        text = plain(section.text)
        title, whole = section.title.casefold(), f"{section.title} {text}".casefold()
        if not words or not all(word in whole for word in words):
            continue
        hit = Hit(section, _around(text, words))
        (in_title if any(word in title for word in words) else in_text).append(hit)
    return in_title + in_text


def _around(text: str, words: Sequence[str]) -> str:
    """The text about the first word found in it, or its beginning."""
    found = [place for place in map(text.casefold().find, words) if place >= 0]
    start = max(0, min(found) - AROUND_LETTERS) if found else 0
    end = start + 3 * AROUND_LETTERS
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
