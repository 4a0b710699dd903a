"""Pictures come into a project: copied, or referenced where they lie.

A project's pictures lie in its folder, for PPOCRLabel too, so a reference is a link there: a hard link if both are on
one disk (a second name of the same file, which takes no room and outlives the first), else a symbolic link, which needs
the original to stay. Turning a picture in the project writes it anew: that parts a hard link and leaves the original as
it was, and it goes through a symbolic link.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic
from ocrstudio.formats.exchange.merging import Gathered
from ocrstudio.formats.exchange.values import FoundPage, MadePicture
from ocrstudio.formats.images import is_image_name

# "move" is for what was unpacked and goes away afterwards: a hard link where possible, else a copy.
Bringing = Literal["copy", "link", "move"]

NO_LINK = QT_TRANSLATE_NOOP("Errors", "{image} cannot be linked: the disk of {folder} knows no such links ({reason}).")
COPY_INSTEAD = QT_TRANSLATE_NOOP(
    "Errors", "Let pictures be copied, or open the folder in which they lie as the project and import the labels there."
)
IN_THE_WAY = QT_TRANSLATE_NOOP("Errors", "{image} is in the project's folder already; it was left as it is.")
NO_PICTURE_NAME = QT_TRANSLATE_NOOP("Errors", "{image} is not called like a picture; it is left out.")


def bring_pictures(
    gathered: Gathered,
    folder: Path,
    how: Bringing = "copy",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Path]:
    """Brings in the pictures that the project lacks and the source has. May run on any thread.

    Args:
        gathered: What was read; pictures that cannot be brought become problems of its reading.
        folder: The project; made if missing. Existing files are never replaced.
        how: Whether files are copied or linked; what is no file of its own is written in any case.
        progress: Told (pictures done, pictures in all); may raise to stop, what is there then is whole.

    Returns:
        The new files. Open the project anew and `gather` again to bring in their labels.

    Raises:
        ProjectError: If the folder cannot be made.
    """
    make_folder(folder)
    brought: list[Path] = []
    wanted = list({page.target: page for page in reversed(gathered.copyable)}.values())[::-1]
    for done, page in enumerate(wanted):
        progress(done, len(wanted))
        try:
            target = _bring(page, folder, how)
        except StudioError as error:
            values = {**error.values, "file": page.image}
            gathered.reading.trouble(page.file, page.line, error.what, error.remedy, **values)
            continue
        brought.append(target)
    if brought and hasattr(os, "sync"):
        os.sync()  # once for all of them: a power cut must not leave labels whose pictures are empty
    progress(len(wanted), len(wanted))
    return brought


def _bring(page: FoundPage, folder: Path, how: Bringing) -> Path:
    picture = page.picture
    content, ending = picture.make() if isinstance(picture, MadePicture) else (picture, "")
    target = folder / f"{page.target}{ending}"
    if not is_image_name(target.name):
        raise ProjectError(NO_PICTURE_NAME, image=page.image)
    if target.exists() or target.is_symlink():
        raise ProjectError(IN_THE_WAY, image=page.image)
    make_folder(target.parent)
    if isinstance(content, Path):
        if how != "copy" and _linked(content, target, symbolic=how == "link"):
            return target
        content = read_bytes(content)
    write_atomic(target, content or b"", durable=False)
    return target


def _linked(picture: Path, target: Path, *, symbolic: bool) -> bool:
    """Makes a link; False if only a hard one would have done and there is none."""
    ways: Sequence[Callable[[], None]] = [
        lambda: os.link(picture.resolve(), target),
        *([lambda: target.symlink_to(picture.resolve())] if symbolic else []),
    ]
    for way in ways:
        try:
            way()
        except (OSError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or str(error)
        else:
            return True
    if symbolic:
        raise ProjectError(NO_LINK, COPY_INSTEAD, image=picture.name, folder=target.parent, reason=reason)
    return False
