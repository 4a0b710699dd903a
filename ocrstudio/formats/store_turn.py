"""Turning a page's image and its boxes together, so that a program killed in between leaves both fitting each other.

Before the image is replaced a small file says what is about to happen; it goes when the boxes have followed. If it is
there when the project opens, the image itself tells how far things had come.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ocrstudio.core.edits import turned_page
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.page import Page
from ocrstudio.formats.atomic import write_atomic, write_error

VERSION = 1
TURN_FILE = "turning.json"
NOT_KNOWN = QT_TRANSLATE_NOOP(
    "Errors",
    "The image was being turned when the program ended, and has been changed since. Look whether its boxes fit.",
)


class PendingTurn:
    """Made by `ProjectStore.begin_turn`; give it back to `finish_turn`, whether `write` succeeded or not.

    Attributes:
        key: The page.
        name: What the journal's record of the turned boxes has as `turn`.
        size: Width and height in pixels as the image was shown before; None until `write` has looked.
        is_done: Whether the image has been replaced.
    """

    def __init__(
        self, state_dir: Path, key: str, file: str, image: Path, turns: int, size: tuple[int, int] | None
    ) -> None:
        self.key = key
        self.size = size
        self.name = secrets.token_hex(8)
        self.is_done = False
        self._path = state_dir / TURN_FILE
        self._record = {"v": VERSION, "name": self.name, "page": file, "turns": turns % 4}
        self._image = image
        self._turns = turns

    def write(self, *, allow_lossy: bool) -> None:
        """Turns the image file; on any thread. May take a second.

        Args:
            allow_lossy: Compress the picture again where nothing else is possible.

        Raises:
            LossyRotation: If that is needed and not allowed.
            ProjectError: If the image cannot be read or written.
        """
        # Bring in numpy, which the window does without until somebody turns an image.
        from ocrstudio.formats.images import image_size
        from ocrstudio.formats.rotate import plan_rotation

        plan = plan_rotation(self._image, self._turns, allow_lossy=allow_lossy)
        self.size = self.size or image_size(self._image)
        record = {**self._record, "size": self.size, "before": plan.before, "after": plan.after}
        write_atomic(self._path, json.dumps(record))
        plan.apply()
        self.is_done = True

    def clear(self) -> None:
        """Nothing is left to be done. `ProjectError` if the file that says so cannot be removed."""
        clear_turn(self._path.parent)


class CutTurn:
    """A turn that an earlier session began.

    Attributes:
        file: The page's image within the project.
        name: See `PendingTurn.name`.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.file = str(record["page"])
        self.name = str(record["name"])
        self._before = str(record["before"])
        self._after = str(record["after"])
        self._turns = int(record["turns"])
        width, height = record["size"]
        self._size = (int(width), int(height))

    def has_image(self, path: Path) -> bool | None:
        """Whether the image is the turned one; None if it is neither that nor the one from before."""
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None
        return {self._before: False, self._after: True}.get(found)

    def page(self, page: Page) -> Page:
        """The page with its boxes turned."""
        return turned_page(page, self._size, self._turns)


def being_turned(key: str) -> ProjectError:
    """Why a page cannot be changed just now."""
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "The image of {page} is just being turned."),
        QT_TRANSLATE_NOOP("Errors", "Change the page when that is done."),
        page=key,
    )


def read_turn(state_dir: Path) -> CutTurn | None:
    """The turn that was cut off, or None. A file that cannot be read names none: then the image was not replaced."""
    try:
        return CutTurn(json.loads((state_dir / TURN_FILE).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def clear_turn(state_dir: Path) -> None:
    """Removes the file. `ProjectError` if that fails."""
    path = state_dir / TURN_FILE
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error) from error
