"""The health watch applied to a run folder."""

from __future__ import annotations

import logging

from ocrstudio.core.errors import StudioError
from ocrstudio.core.health import Expected, HealthWatch, Sign
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.run_folder import RunFolder

log = logging.getLogger(__name__)


def expected_of(run: RunFolder) -> Expected:
    """What a run can be held to; nothing if its config cannot be read."""
    try:
        return Expected.of(run.config().get, by_steps_alone=run.engine.is_paddleocr)
    except StudioError as error:
        log.info("%s", error)
        return Expected()


def health_of(run: RunFolder, history: RunHistory, now: float | None = None) -> list[Sign]:
    """What the numbers of a run say, the most serious first; `now` if it is under way."""
    return HealthWatch().look(history, now=now, expected=expected_of(run))
