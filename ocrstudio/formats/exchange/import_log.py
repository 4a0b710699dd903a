"""What an import left out or doubted, kept as a text file in the project: `.ocrstudio/imports/`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.exchange.texts import for_utf8, safe_name
from ocrstudio.formats.exchange.values import Trouble
from ocrstudio.paths import STATE_DIR

LOG_DIR = "imports"
# Older ones go.
KEPT_LOGS = 100

SUMMARY = QT_TRANSLATE_NOOP(
    "Errors", "{pages} pages have new labels, {pictures} pictures came in. This was left out or needs a look:"
)


def summary_of(pages: int, pictures: int) -> Trouble:
    """What came in, in words that can be translated: pages with new labels, new pictures."""
    return Trouble("", 0, SUMMARY, {"pages": pages, "pictures": pictures})


def write_log(project: Path, source: Path, summary: str, problems: Sequence[str]) -> Path | None:
    """Writes what an import has to say.

    Args:
        project: The project's folder.
        source: What was imported.
        summary: What came in.
        problems: Each as file, row, what is wrong, and what to do; in the language of the user.

    Returns:
        The new file; None if there was nothing to say.

    Raises:
        ProjectError: If it cannot be written.
    """
    if not problems:
        return None
    folder = project / STATE_DIR / LOG_DIR
    make_folder(folder)
    now = datetime.now().astimezone()
    text = "\n".join([f"{now:%Y-%m-%d %H:%M:%S}  {source}", summary, "", *problems, ""])
    path = folder / f"{now:%Y%m%d-%H%M%S} {safe_name(source.name)[:80]}.txt"
    # Windows' editors take a file without the mark for the system's old encoding
    write_atomic(path, b"\xef\xbb\xbf" + for_utf8(text)[0].encode("utf-8"))
    for old in sorted(folder.glob("*.txt"))[:-KEPT_LOGS]:
        # one that another program holds open goes the next time
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return path
