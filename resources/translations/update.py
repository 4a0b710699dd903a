"""Brings the catalogues in step with the sources: `python resources/translations/update.py`.

New texts arrive unfinished, texts that are gone leave, and line numbers are left out, so that a catalogue changes only
when a text does. Translate what is unfinished in Qt Linguist or in the file itself; a test fails until all is done.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.parsers import expat

FOLDER = Path(__file__).resolve().parent
PACKAGE = FOLDER.parent.parent / "ocrstudio"
LANGUAGES = ("zh_CN",)


def catalogue(language: str, folder: Path = FOLDER) -> Path:
    """The catalogue of a language, such as `zh_CN`."""
    return folder / f"ocrstudio_{language}.ts"


def update(language: str, folder: Path = FOLDER) -> Path:
    """Extracts every text of the package into the catalogue of `language` in `folder`, which keeps its translations."""
    target = catalogue(language, folder)
    if target.exists():
        # Qt's extractor takes a broken catalogue for an empty one.
        expat.ParserCreate().Parse(target.read_bytes(), True)
    with tempfile.TemporaryDirectory() as plain:
        sources = _plain_sources(Path(plain))
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "PyQt5.pylupdate_main", "-noobsolete", *sources, "-ts", str(target)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    text = re.sub(r"\s*<location [^>]*/>", "", target.read_text(encoding="utf-8"))
    target.write_text(text.rstrip() + "\n", encoding="utf-8")
    return target


def _plain_sources(folder: Path) -> list[str]:
    """Copies the sources without commas before closing brackets: Qt's extractor skips calls that end in one."""
    copies = []
    for number, path in enumerate(sorted(PACKAGE.rglob("*.py"))):
        copy = folder / f"{number:04}.py"
        copy.write_text(re.sub(r",(\s*\))", r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")
        copies.append(str(copy))
    return copies


if __name__ == "__main__":
    for name in LANGUAGES:
        path = update(name)
        unfinished = path.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{path.name}: {unfinished} unfinished")
