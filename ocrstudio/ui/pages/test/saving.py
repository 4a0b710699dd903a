"""Results on their way to the disk: where to, how far, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject
from PyQt5.QtWidgets import QFileDialog, QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats.picture_source import shown_name
from ocrstudio.formats.results.kinds import FORMATS, SaveFormat
from ocrstudio.formats.results.values import ReadPage
from ocrstudio.services.background import Background, tried
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.offers import Offers
from ocrstudio.ui.pages.test.results import Picture, ReadState
from ocrstudio.ui.pages.test.save_button import title_of
from ocrstudio.ui.widgets.opener import open_place


@dataclass(frozen=True)
class _Ending:
    """How a saving ended: what was left out of it, or why it failed."""

    target: Path
    left_out: tuple[str, ...] = ()
    error: StudioError | None = None


class Saving(QObject):
    """Asks where results shall go and writes them in the background.

    Args:
        settings: Know the last folder.
        message: Says how far it is and what came of it.
        owner: Whose dialogs these are.
    """

    def __init__(self, settings: Settings, message: Offers, owner: QWidget) -> None:
        super().__init__(owner)
        self._settings, self._message, self._owner = settings, message, owner
        self._background = Background(self, threads=1)
        self._stop = threading.Event()
        self.is_busy = False

    def ask(self, form: str, pictures: Sequence[Picture]) -> None:
        """Lets the user choose a place and writes the results there.

        Args:
            form: A key of `formats.results.kinds.FORMATS`.
            pictures: All of them; nothing happens if none was read.
        """
        if self.is_busy or not any(picture.state is ReadState.READ for picture in pictures):
            return
        first = pictures[0]
        single = len(pictures) == 1
        name = shown_name(Path(first.path.stem)) if single else shown_name(first.path.parent) or self.tr("text")
        folder = Path(self._settings.reading_folder or Path.home()) if first.pasted else first.path.parent
        target = _ask_target(self._owner, FORMATS[form], folder / name)
        if target is not None:
            self._write(form, [picture.as_page() for picture in pictures], target)

    def close(self) -> None:
        """Ends the saving under way; an earlier file stays as it was."""
        self._stop.set()
        self._background.close()

    def _write(self, form: str, pages: Sequence[ReadPage], target: Path) -> None:
        stop = self._stop = threading.Event()
        self.is_busy = True
        tell = self._background.messenger(self._on_progress)

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise StudioError(QT_TRANSLATE_NOOP("Errors", "Saving was stopped."))
            tell(done, total)

        def write() -> _Ending:
            # takes long to load, hence here
            from ocrstudio.formats.results.saving import save

            done = tried(lambda: save(form, pages, target, progress))
            if isinstance(done, StudioError):
                return _Ending(target, error=done)
            return _Ending(target, done.left_out)

        self._background.run(write, self._on_written)

    def _on_progress(self, done: int, total: int) -> None:
        if self.is_busy and done < total:
            self._message.offer(
                lambda: self.tr("Saving picture {number} of {total}…").format(number=done + 1, total=total),
                lambda: self.tr("Stop"),
                self._stop.set,
                kind="good",
            )

    def _on_written(self, ending: _Ending) -> None:
        self.is_busy = False
        if ending.error is not None:
            self._message.show_error(ending.error)
            return
        self._message.offer(
            lambda: self._words(ending),
            lambda: self.tr("Open it"),
            lambda: open_place(ending.target, self._owner),
            kind="warn" if ending.left_out else "good",
        )

    def _words(self, ending: _Ending) -> str:
        saved = self.tr("Saved as {file}.").format(file=ending.target)
        if not ending.left_out:
            return saved
        missing = self.tr("Pictures that could not be read are not in it: {names}.")
        return f"{saved} {missing.format(names=', '.join(ending.left_out[:5]))}"


def _ask_target(parent: QWidget, form: SaveFormat, start: Path) -> Path | None:
    """Lets the user say where; None if they would rather not.

    Args:
        parent: Whose dialog it is.
        form: What is saved.
        start: Folder and name without an ending that are offered.
    """
    name = title_of(form)
    title = QCoreApplication.translate("Test", "Save: {kind}").format(kind=name)
    if not form.suffix:
        title = QCoreApplication.translate("Test", "Name the new folder")
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), "")
        return Path(chosen) if chosen else None
    kinds = f"{name} (*{form.suffix})"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start) + form.suffix, kinds)
    if not chosen:
        return None
    return Path(chosen) if Path(chosen).suffix else Path(chosen + form.suffix)
