"""`.ocrstudio/retention/`: lines that every training of a project shall still read (`Global.retention_list`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ocrstudio.core.errors import StudioError
from ocrstudio.core.evaluation import LineReading
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic
from ocrstudio.formats.crops import encode_image, load_opencv
from ocrstudio.formats.line_crop import line_crop
from ocrstudio.formats.rec_list import format_rec_line
from ocrstudio.paths import STATE_DIR

RETENTION_DIR = "retention"
LIST_FILE = "retention.txt"


def retention_list(project: Path) -> Path:
    """The list of a project; it need not be there yet."""
    return project / STATE_DIR / RETENTION_DIR / LIST_FILE


def add_to_retention(project: Path, root: Path, lines: Iterable[LineReading]) -> tuple[int, int]:
    """Copies lines into a project's retention list. May run on a thread beside the window's.

    Args:
        project: Its folder.
        root: What the lines' pictures are relative to.
        lines: Those that are in the list already get their present text.

    Returns:
        How many lines the list has now, and how many could not be cut out.

    Raises:
        ProjectError: If the list or a picture cannot be written.
    """
    load_opencv()
    file = retention_list(project)
    make_folder(file.parent)
    known: dict[str, bytes] = {}
    if file.is_file():
        for raw in filter(bytes.strip, read_bytes(file).split(b"\n")):
            # what is no line of a list, or no UTF-8, stays as somebody wrote it
            known[raw.partition(b"\t")[0].decode("utf-8", "surrogateescape")] = raw + b"\n"
    failed = 0
    for line in lines:
        name = f"{line.mark}.png"
        try:
            if not (file.parent / name).is_file():
                write_atomic(file.parent / name, encode_image(line_crop(root, line), ".png"), durable=False)
            known[name] = format_rec_line(name, line.truth).encode("utf-8")
        except (StudioError, UnicodeEncodeError):  # the second: half a character, which no list can hold
            failed += 1
    write_atomic(file, b"".join(known.values()))
    return len(known), failed
