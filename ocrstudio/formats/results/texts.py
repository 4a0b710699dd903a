"""Text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocrstudio.core.paragraphs import paragraphs
from ocrstudio.formats.results.values import ReadPage

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
# What would begin a list, a heading or a rule at the start of a line.
_LEADING = re.compile(r"^(\d*)([-+=.)])")


def as_text(pages: Sequence[ReadPage]) -> str:
    """One line of text for each line that was read; several pictures each stand under their name."""
    if len(pages) == 1:
        return "".join(f"{line.one_line}\n" for line in pages[0].text_lines)
    parts = []
    for page in pages:
        if not page.problem:
            lines = "".join(f"{line.one_line}\n" for line in page.text_lines)
            parts.append(f"{page.name}\n{'-' * len(page.name)}\n{lines}")
    return "\n".join(parts)


def as_markdown(pages: Sequence[ReadPage]) -> str:
    """A heading for each of several pictures, paragraphs, and line ends that stay line ends."""
    parts = []
    for page in pages:
        if page.problem:
            continue
        if len(pages) > 1:
            parts.append(f"## {_escaped(page.name)}")
        lines = page.text_lines
        for group in paragraphs([line.points for line in lines]):
            parts.append("\\\n".join(_escaped(lines[index].one_line) for index in group))
    return "\n\n".join(parts) + "\n" if parts else ""


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing of its own."""
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text.strip()))
