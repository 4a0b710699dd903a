"""Imports what pages are made of and builds them while the program is idle, so that no first showing has to wait."""

from __future__ import annotations

import contextlib
import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.services.background import Background, tried
from ocrstudio.services.timers import single_shot

log = logging.getLogger(__name__)

# After the window is there, and between two modules: so that whatever the user does comes first.
FIRST_MS, STEP_MS = 1500, 25


class Preloading(QObject):
    """One step at a time: imports a module in a thread, or takes a step of building a page whose modules are there.

    Args:
        pages: Names of packages below `ocrstudio.ui.pages`, the most wanted first.
        build: Takes a step of building the page of a name; False if nothing was left to do.
        parent: Owner.
    """

    def __init__(self, pages: Sequence[str], build: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = _steps(pages, build)
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, FIRST_MS, self._on_timer_timeout)

    @pyqtSlot()
    def start(self) -> None:
        """Begins a little later."""
        self._timer.start()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        work = next(self._steps, None)
        if work is not None:
            self._background.run(work, self._go_on)

    def _go_on(self, _result: object) -> None:
        self._timer.start(STEP_MS)


def _steps(pages: Sequence[str], build: Callable[[str], bool]) -> Iterator[Callable[[], object]]:
    """Builds; yields whatever is to be done in a thread before it can go on."""
    for name in _modules("ocrstudio.services"):
        yield partial(_import, name)
    yield partial(tried, _read_template)
    for page in pages:
        for name in _modules(f"ocrstudio.ui.pages.{page}"):
            yield partial(_import, name)
        with contextlib.suppress(ImportError):  # of which the log tells
            while build(page):
                yield _nothing
    for name in _modules("ocrstudio.ui.dialogs"):
        yield partial(_import, name)


def _nothing() -> None:
    """No work for a thread."""


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError:
        # whoever opens the page is told
        log.warning("%s cannot be imported", name, exc_info=True)


def _read_template() -> None:
    """Whoever asks for the template later need not read its YAML again."""
    from ocrstudio.formats.config import TrainConfig

    TrainConfig.template()


def _modules(package: str) -> list[str]:
    """Those of a package; the page itself, which needs all others, comes last."""
    found = [module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)]
    return [f"{package}.{name}" for name in sorted(found, key=lambda name: name == "page")]
