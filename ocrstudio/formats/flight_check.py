"""The flight check: everything that can be said about a training before it starts.

The look that both engines take (`formats.preflight`) comes first; then one for what would make the run poor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.checks import CheckResult, judge
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.picture_facts import PictureStore
from ocrstudio.formats.preflight import Look, look_over
from ocrstudio.formats.preflight_files import old_line_findings
from ocrstudio.formats.preflight_keys import look_at_keys
from ocrstudio.formats.preflight_machine import Situation, look_at_machine
from ocrstudio.formats.preflight_numbers import look_at_numbers
from ocrstudio.formats.preflight_pictures import look_at_pictures
from ocrstudio.formats.preflight_synthetic import look_at_synthetic
from ocrstudio.formats.preflight_texts import look_at_texts


@dataclass(frozen=True)
class FlightCheck:
    """A finished check.

    Attributes:
        results: Of every check that is about this config.
        look: What was seen, for repairs.
    """

    results: list[CheckResult]
    look: Look


def flight_check(
    config: TrainConfig,
    engine: str,
    situation: Situation,
    *,
    checkout: Checkout | None = None,
    save_dir: Path | None = None,
    cache: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FlightCheck:
    """Looks at a config, its data and its machine. Decodes every picture once: takes seconds.

    Args:
        config: The config; it may be read with `raw`, so that wrong values are findings and not errors.
        engine: `BUILTIN` or `PADDLEOCR` of `formats.run_folder`.
        situation: What is known of the machine.
        checkout: Of PaddleOCR.
        save_dir: Folder that the run goes to; None takes `Global.save_model_dir` as it is.
        cache: Folder for what is known of pictures; None keeps nothing.
        progress: Told (lines done, lines in all), list by list.
    """
    pictures = PictureStore(cache)
    look = Look(config, engine, checkout, None, progress, pictures=pictures)
    look_at_keys(look)
    wrong = any(finding.check == "values" for finding in look.found)
    try:
        look_over(look, save_dir)
    finally:
        pictures.save()
    if not any(finding.check == "sections" for finding in look.found):
        if not look.lenient:
            look.found += old_line_findings(config)
        look_at_machine(look, situation, save_dir)
        if not wrong:
            cards = situation.machine.gpus if config.get("Global.use_gpu") else 0
            look_at_numbers(look, situation.speed, gpus=cards, windows=situation.machine.windows)
        if config.task == "rec":
            look_at_texts(look, situation.known)
        look_at_pictures(look)
        look_at_synthetic(look)
    return FlightCheck(judge(look.found, config.task, engine, look.open), look)
