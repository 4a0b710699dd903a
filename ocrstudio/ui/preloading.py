"""Imports what pages are made of and builds them while the program is idle, so that no first showing has to wait."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator, Sequence

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.services.background import Background, tried
from ocrstudio.services.timers import single_shot

log = logging.getLogger(__name__)

# After the window is there, and between two modules: so that whatever the user does comes first.
FIRST_MS, STEP_MS = 1500, 25


class Preloading(QObject):
    """One step at a time: imports a module, or takes a step of building a page whose modules are there.

    Args:
        pages: Names of packages below `ocrstudio.ui.pages`, the most wanted first.
        build: Takes a step of building the page of a name; False if nothing was left to do.
        parent: Owner.
    """

    def __init__(self, pages: Sequence[str], build: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages, self._build = pages, build
        self._is_template_read = False
        self._steps = self._take_steps()
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, FIRST_MS, self._on_timer_timeout)

    @pyqtSlot()
    def start(self) -> None:
        """Begins a little later."""
        self._timer.start()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        if next(self._steps, False) is not False:
            self._timer.start(STEP_MS)

    def _take_steps(self) -> Iterator[None]:
        """Comes back after each step."""
        for name in _modules("ocrstudio.services"):
            _import(name)
            yield
        self._background.run(lambda: tried(_read_template), self._on_template_read)
        for page in self._pages:
            is_whole = True
            for name in _modules(f"ocrstudio.ui.pages.{page}"):
                is_whole &= _import(name)
                yield
            while not self._is_template_read:
                yield  # or else the config page would read it
            while is_whole and self._build(page):
                yield

    def _on_template_read(self, _result: object) -> None:
        self._is_template_read = True


def _import(name: str) -> bool:
    """Whether it could be imported."""
    try:
        importlib.import_module(name)
    except ImportError:
        # whoever opens the page is told
        log.warning("%s cannot be imported", name, exc_info=True)
        return False
    return True


def _read_template() -> None:
    """Whoever asks for the template later need not read its YAML again."""
    from ocrstudio.formats.config import TrainConfig

    TrainConfig.template()


def _modules(package: str) -> list[str]:
    """Those of a package; the page itself, which needs all others, comes last."""
    found = [module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    return [f"{package}.{name}" for name in sorted(found, key=lambda name: name == "page")]
