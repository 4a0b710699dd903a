"""Taking an image out of a project without losing it: the desktop's trash, or a folder of the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QFile

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import make_folder
from ocrstudio.formats.free_place import free_place
from ocrstudio.paths import STATE_DIR

REMOVED_DIR = "removed"


@dataclass(frozen=True)
class RemovedImage:
    """An image that was taken out.

    Attributes:
        file: Where it was.
        kept: Where it is now.
    """

    file: Path
    kept: Path

    def put_back(self) -> None:
        """Moves it back to where it was.

        Raises:
            ProjectError: If another file has its name by now, or it cannot be moved.
        """
        if self.file.exists():
            raise _cannot_move(self.kept, FileExistsError(str(self.file)))
        _move(self.kept, self.file)
        # The desktop's trash keeps a note on each file in it; without its file the note is litter.
        note = self.kept.parent.parent / "info" / f"{self.kept.name}.trashinfo"
        if self.kept.parent.name == "files":
            note.unlink(missing_ok=True)


def move_to_trash(file: Path) -> RemovedImage | None:
    """Moves an image to the desktop's trash. No command of a shell is run, whatever the file is called.

    Args:
        file: The image.

    Returns:
        Where it went; None if there is no trash for it, and then the file is where it was.

    Raises:
        ProjectError: If the file is gone already.
    """
    if not file.is_file():
        raise ProjectError(QT_TRANSLATE_NOOP("Errors", "{file} does not exist any more."), file=file)
    done, kept = QFile.moveToTrash(str(file))
    if not done or not kept or file.exists():
        return None
    return RemovedImage(file, Path(kept))


def set_aside(file: Path, project: Path) -> RemovedImage:
    """Moves an image to `.ocrstudio/removed` of its project, beside earlier ones of the same name.

    Raises:
        ProjectError: If it cannot be moved; it stays where it is then.
    """
    folder = project / STATE_DIR / REMOVED_DIR
    target = free_place(folder / file.name)
    make_folder(folder)
    _move(file, target)
    return RemovedImage(file, target)


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:
        # Another disk: Qt copies first and deletes only what has arrived.
        if not QFile.rename(str(source), str(target)):
            raise _cannot_move(source, OSError(str(target))) from None


def _cannot_move(file: Path, error: OSError) -> ProjectError:
    return ProjectError(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be moved: {reason}"),
        QT_TRANSLATE_NOOP("Errors", "Nothing was changed. Check the rights and the free space, then try again."),
        file=file,
        reason=str(error),
    )
