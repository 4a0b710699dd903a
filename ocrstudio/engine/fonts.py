"""The font files at hand, and which characters each of them can draw."""

from __future__ import annotations

import struct
import sys
from functools import lru_cache
from pathlib import Path

from ocrstudio import paths

FONT_ENDINGS = (".ttf", ".otf", ".ttc")
# Where systems keep fonts.
SYSTEM_FOLDERS = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts",),
}
# The glyph that stands for "this font has none": a box.
MISSING_GLYPH = ".notdef"


def program_fonts() -> list[Path]:
    """The fonts that come with the program."""
    return fonts_in(paths.resources() / "fonts")


def system_fonts(most: int, most_bytes: int) -> list[Path]:
    """Some fonts of the system, none larger than `most_bytes`."""
    folders = [Path(name).expanduser() for name in SYSTEM_FOLDERS.get(sys.platform, ())]
    files = [file for folder in folders if folder.is_dir() for file in fonts_in(folder)]
    small = [file for file in files if file.stat().st_size <= most_bytes]
    # evenly spread: neighbours in the alphabet are weights of one family
    step = max(1, len(small) // most)
    return small[::step][:most]


def fonts_in(folder: Path) -> list[Path]:
    """All font files below a folder, sorted."""
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in FONT_ENDINGS and file.is_file())


@lru_cache(maxsize=1024)
def characters_of_font(file: Path) -> frozenset[str]:
    """What a font has glyphs for; nothing if it is broken, as a broken font of the system is no concern of a training.

    A character that the font maps to its box for missing glyphs is not among them.
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as opened, TTFont(opened, fontNumber=0, lazy=True) as font:
            known = font.getBestCmap() or {}
            return frozenset(chr(code) for code, glyph in known.items() if glyph != MISSING_GLYPH)
    except (TTLibError, OSError, KeyError, ValueError, AssertionError, struct.error, IndexError):
        return frozenset()
