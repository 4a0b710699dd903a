"""The PaddleOCR checkouts that the user has shown to the program, and the work on them that takes time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.formats.checkout_config import Machine, prepare
from ocrstudio.formats.checkout_list import KnownCheckout, forget, known_checkouts, remember
from ocrstudio.formats.checkout_templates import CheckoutTemplate, list_templates
from ocrstudio.formats.config import TrainConfig
from ocrstudio.services.background import Background
from ocrstudio.services.jobs import OneJob


def install_arguments(known: KnownCheckout, python: Path | None) -> list[str]:
    """Of `ocrstudio checkout`: installs what a checkout needs into an environment, a new one for None."""
    return ["install", str(known.checkout.path), *(["--python", str(python)] if python is not None else ["--new"])]


class Checkouts(QObject):
    """Reads and changes the list of checkouts on a thread; the files are the truth, several of these may live.

    Everything that goes wrong is told through `failed`.
    """

    listed = pyqtSignal(object)  # list[KnownCheckout], the one added last first
    added = pyqtSignal(object)  # KnownCheckout; `listed` follows
    templates_listed = pyqtSignal(object, object)  # Path of the checkout, list[CheckoutTemplate]
    prepared = pyqtSignal(object)  # TrainConfig
    checked = pyqtSignal(object, object)  # Path of the checkout; what `ocrstudio checkout check --json` prints
    planned = pyqtSignal(object, object)  # KnownCheckout; what `ocrstudio checkout install --dry-run --json` prints
    job_changed = pyqtSignal()  # unpacking, cloning, checking or planning begins, ends
    progressed = pyqtSignal(str, int, int)  # unpack, clone or check; done, total (0: unknown)
    failed = pyqtSignal(object)  # StudioError or protocol Failed

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        """Nothing is read here.

        Args:
            parent: Owner; it calls `close`.
            program: Replaces the commands' program; for tests.
        """
        super().__init__(parent)
        self._background = Background(self, threads=1)
        self._job = OneJob(self, program)
        self._job.changed.connect(self.job_changed)
        self._job.progressed.connect(self.progressed)
        self.known: list[KnownCheckout] = []

    def reload(self) -> None:
        """Reads the list; `listed` follows."""
        self._background.run(known_checkouts, self._take_list)

    def add(self, place: Path, python: Path | None = None) -> None:
        """Adds the checkout at a place, or changes its interpreter."""
        self._try(partial(remember, place, python), self._take_added)

    def forget(self, place: Path) -> None:
        """Takes a checkout off the list; its files stay."""
        self._try(partial(forget, place), lambda _: self.reload())

    def list_templates(self, known: KnownCheckout) -> None:
        """Looks through the configs of a checkout; `templates_listed` follows."""
        checkout = known.checkout
        self._try(lambda: list(list_templates(checkout)), partial(self.templates_listed.emit, checkout.path))

    def load(self, template: CheckoutTemplate, known: KnownCheckout, dataset: Path | None) -> None:
        """Makes a checkout's config ready for a dataset; `prepared` follows.

        Args:
            template: One of the checkout's configs.
            known: The checkout.
            dataset: None leaves the config as it is.
        """

        def work() -> TrainConfig:
            config = template.load()
            return config if dataset is None else prepare(config, known.checkout, dataset, Machine.this())

        self._try(work, self.prepared.emit)

    @property
    def is_busy(self) -> bool:
        """Whether something is being unpacked, cloned, checked or planned: one at a time."""
        return self._job.is_running

    def unpack(self, archive: Path) -> None:
        """Unpacks an archive of PaddleOCR into the program's data and adds it; does nothing while busy."""
        self._start(["checkout", "add", str(archive)], lambda result: self.add(Path(result["path"])))

    def clone(self, tag: str, url: str = "") -> None:
        """Clones PaddleOCR with git and adds it; does nothing while busy.

        Args:
            tag: Tag or branch; empty for the one that the program was proven with.
            url: Where from; empty for PaddleOCR's own address.
        """
        choice = [*(["--tag", tag] if tag else []), *(["--url", url] if url else [])]
        self._start(["checkout", "clone", *choice], lambda result: self.add(Path(result["path"])))

    def check(self, known: KnownCheckout) -> None:
        """Asks which interpreters can train with a checkout; a usable one is chosen if none was. Not while busy."""
        place = known.checkout.path
        self._start(["checkout", "check", str(place)], lambda result: self._take_check(known, result))

    def plan(self, known: KnownCheckout, python: Path | None) -> None:
        """Asks which commands install what a checkout needs; `planned` follows. Not while busy.

        Args:
            known: The checkout.
            python: Of the environment; None for a new one.
        """
        arguments = ["checkout", *install_arguments(known, python), "--dry-run"]
        self._start(arguments, lambda result: self.planned.emit(known, result))

    def cancel(self) -> None:
        """Ends what is under way."""
        self._job.cancel()

    def close(self) -> None:
        """Drops what is under way."""
        self._job.close()
        self._background.close()

    def _start(self, arguments: list[str], on_done: Callable[[dict[str, Any]], object]) -> None:
        self._job.start(arguments, on_done, self.failed.emit)

    def _take_check(self, known: KnownCheckout, result: dict[str, Any]) -> None:
        usable = [answer["python"] for answer in result["interpreters"] if answer["usable"]]
        if known.python is None and usable:
            self.add(known.checkout.path, Path(usable[0]))
        self.checked.emit(known.checkout.path, result)

    def _try(self, work: Callable[[], object], on_done: Callable[[object], object]) -> None:
        self._background.attempt(work, on_done, self.failed.emit)

    def _take_list(self, known: list[KnownCheckout]) -> None:
        self.known = known
        self.listed.emit(known)

    def _take_added(self, known: object) -> None:
        self.added.emit(known)
        self.reload()
