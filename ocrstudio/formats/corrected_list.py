"""A list with corrected texts beside the user's own, which is never written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.exchange.writing import relative
from ocrstudio.formats.rec_list import format_rec_line

MARK = ".corrected"


def corrected_file(list_file: Path) -> Path:
    """Where the corrected list is: `val.corrected.txt` beside `val.txt`."""
    return list_file.with_name(f"{list_file.stem}{MARK}{list_file.suffix}")


def correct_list(list_file: Path, data_dir: Path, changes: Mapping[str, str | None]) -> Path:
    """Writes a list with some of its texts corrected; earlier corrections stay.

    Args:
        list_file: The user's recognition list.
        data_dir: What its paths are relative to.
        changes: Path of a picture, relative to `data_dir`, to its text; None leaves the line out.

    Returns:
        The corrected list's file.

    Raises:
        ProjectError: If a list cannot be read or written.
        FormatError: If a text holds a tab or a line end.
    """
    target = corrected_file(list_file)
    lines = read_bytes(target if target.is_file() else list_file).decode("utf-8-sig", "surrogateescape").split("\n")
    kept: list[str] = []
    for raw in lines:
        name, tab, _ = raw.rstrip("\r").partition("\t")
        image = relative(data_dir / name, data_dir) if tab else ""
        if image not in changes:
            kept.append(raw)
            continue
        text = changes[image]
        if text is not None:
            kept.append(format_rec_line(name, text).removesuffix("\n"))
    write_atomic(target, "\n".join(kept).encode("utf-8", "surrogateescape"))
    return target
