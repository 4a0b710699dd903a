"""The PaddleOCR checkouts that the user has shown to the program, and the work on them that takes time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.checkout_config import Machine, prepare
from ocrstudio.formats.checkout_list import KnownCheckout, forget, known_checkouts, remember
from ocrstudio.formats.checkout_templates import CheckoutTemplate, list_templates
from ocrstudio.formats.config import TrainConfig
from ocrstudio.services.background import Background, tried


class Checkouts(QObject):
    """Reads and changes the list of checkouts on a thread; the files are the truth, several of these may live.

    Everything that goes wrong is told through `failed`.
    """

    listed = pyqtSignal(object)  # list[KnownCheckout], the one added last first
    added = pyqtSignal(object)  # KnownCheckout; `listed` follows
    templates_listed = pyqtSignal(object, object)  # Path of the checkout, list[CheckoutTemplate]
    prepared = pyqtSignal(object)  # TrainConfig
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self, threads=1)
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

    def close(self) -> None:
        """Drops what is under way."""
        self._background.close()

    def _try(self, work: Callable[[], object], on_done: Callable[[object], object]) -> None:
        def take(result: object) -> None:
            if isinstance(result, StudioError):
                self.failed.emit(result)
            else:
                on_done(result)

        self._background.run(lambda: tried(work), take)

    def _take_list(self, known: list[KnownCheckout]) -> None:
        self.known = known
        self.listed.emit(known)

    def _take_added(self, known: object) -> None:
        self.added.emit(known)
        self.reload()
