"""Imports and reads what pages are made of while the program is idle, so that their first showing need not wait."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterator, Sequence

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.services.background import Background, tried
from ocrstudio.services.timers import single_shot

log = logging.getLogger(__name__)

# After the window is there, and between two modules: so that whatever the user does comes first.
FIRST_MS, STEP_MS = 1500, 25


class Preloading(QObject):
    """One module at a time, each a matter of milliseconds; at last the template that the config page begins with.

    Args:
        pages: Names of packages below `ocrstudio.ui.pages`, the most wanted first.
        parent: Owner.
    """

    def __init__(self, pages: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._modules = _modules(pages)
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, FIRST_MS, self._on_timer_timeout)

    @pyqtSlot()
    def start(self) -> None:
        """Begins a little later."""
        self._timer.start()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        name = next(self._modules, None)
        if name is None:
            self._background.run(lambda: tried(_read_template), lambda _: None)
            return
        try:
            importlib.import_module(name)
        except ImportError:
            # whoever opens the page is told
            log.warning("%s cannot be imported", name, exc_info=True)
        self._timer.start(STEP_MS)


def _read_template() -> None:
    """Whoever asks for the template later need not read its YAML again."""
    from ocrstudio.formats.config import TrainConfig

    TrainConfig.template()


def _modules(pages: Sequence[str]) -> Iterator[str]:
    """The services that pages use, then the modules of each page; the page itself comes last of all."""
    for package in ("ocrstudio.services", *(f"ocrstudio.ui.pages.{page}" for page in pages)):
        found = [module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)]
        yield from (f"{package}.{name}" for name in sorted(found, key=lambda name: name == "page"))
