"""Changes that make the lines of a list good, each a function of text: `formats.repairs` writes the lists anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ocrstudio.core.text_rules import usual_width, without_invisible

PLAIN, TAB, SLASHES, PATHS, DROP, DICTIONARY = "plain", "tab", "slashes", "paths", "drop", "dictionary"
# A picture's name, what was meant as the tab, the label.
_TABLESS = re.compile(
    r"^(?P<image>\S.*?\.(?:bmp|gif|jpe?g|pbm|pgm|png|ppm|tga|tiff?|webp))(?:[ \t,;|]+)(?P<label>\S.*)$", re.IGNORECASE
)
_SIZE_COLUMNS = re.compile(r"^(?P<label>[^\t]*)(?:\t\d+(?:\.\d+)?)+$")
_DOUBLE_SPACE = re.compile(" {2,}")

TEXT_FIXES: dict[str, Callable[[str], str]] = {
    "spaces": lambda text: _DOUBLE_SPACE.sub(" ", text).strip(" "),
    "unseen": without_invisible,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "width": usual_width,
}
# In the order in which they are made.
FIXES = (PLAIN, TAB, SLASHES, PATHS, *TEXT_FIXES, DROP)


def with_tab(line: str) -> str | None:
    """The line with one tab between picture and label; None if the picture's name cannot be told from the text."""
    if not line.strip():
        return line
    image, tab, label = line.partition("\t")
    if tab and image.strip():
        sized = _SIZE_COLUMNS.match(label)
        label = sized["label"] if sized else " ".join(part for part in label.split("\t") if part)
        return f"{image}\t{label}"
    match = _TABLESS.match(line.strip())
    return f"{match['image']}\t{match['label']}" if match else None


def with_slashes(line: str) -> str:
    """The line with forward slashes in the picture's path."""
    image, tab, label = line.partition("\t")
    return image.replace("\\", "/") + tab + label


def with_text(line: str, change: Callable[[str], str]) -> str:
    """The line with its label changed."""
    image, tab, label = line.partition("\t")
    return image + tab + change(label) if tab else line


def plain_text(data: bytes) -> bytes | None:
    """A line in UTF-8 without a line end; None if nobody knows what it is.

    UTF-8 is tried, then GB 18030, which Chinese Windows saves in.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding).strip("\r").encode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return None
