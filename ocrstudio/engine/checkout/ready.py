"""Before PaddleOCR starts: what would make the run fail is refused, and weights that come along are put in its form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.findings import Finding
from ocrstudio.engine.checkout.commands import CHOOSE_ENGINE, NO_ENGINE
from ocrstudio.engine.checkout.news import News
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_python import check_python
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.preflight import preflight, refuse
from ocrstudio.formats.run_folder import PADDLEOCR, RunFolder
from ocrstudio.protocol import messages

PRETRAINED = "Global.pretrained_model"
_LIMIT_S = 600

NOT_CONVERTED = QT_TRANSLATE_NOOP("Errors", "The weights of {base} could not be put into PaddleOCR's form: {reason}.")
WITHOUT = QT_TRANSLATE_NOOP("Errors", "Set Global.pretrained_model to null to train from nothing.")


def make_ready(run: RunFolder, news: News, stopped: Callable[[], bool], *, resume: bool) -> None:
    """Looks at the interpreter, the config and the data, and gives the config weights that PaddleOCR can load.

    Args:
        run: Of a checkout; its config may be changed.
        news: Hears what is no reason to refuse.
        stopped: Asked now and then; the rest is then left undone.
        resume: The weights to start from do not matter any more.

    Raises:
        StudioError: If the run would fail.
    """
    engine, config = run.engine, run.config()
    if engine.checkout is None or engine.python is None:
        raise EngineError(NO_ENGINE, CHOOSE_ENGINE, run=run.path)
    checkout = find_checkout(engine.checkout)
    python = check_python(engine.python, checkout)
    found: list[Finding] = python.problems(checkout, config.task, bool(config.get("Global.use_gpu")))
    found += preflight(
        config,
        PADDLEOCR,
        checkout=checkout,
        save_dir=run.path,
        gpus=python.gpus,
        progress=lambda done, total: news.stage("load", done, total),
        cancelled=stopped,
    )
    for finding in found:
        if not finding.is_fatal:
            news.notice(finding.what, finding.remedy, **finding.values)
    refuse(found)
    name = str(config.get(PRETRAINED) or "")
    if base_model(name, config.task) is not None and not resume and not stopped():
        config.set(PRETRAINED, _converted(name, config, checkout.path).as_posix())
        config.save(run.config_path)


def _converted(base: str, config: TrainConfig, root: Path) -> Path:
    """The prefix of weights made from a base model, in a child: Paddle has no place in this process."""
    command = [sys.executable, "-m", "ocrstudio", "convert", "--protocol", "--base", base]
    command += ["--out", str(paths.user_cache() / "pretrained")]
    dictionary = config.get("Global.character_dict_path")
    if config.task == "rec" and dictionary:
        command += ["--dict", str(root / str(dictionary))]
    if config.task == "rec" and not config.get("Global.use_space_char", True):
        command.append("--no-space")
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LIMIT_S, stdin=subprocess.DEVNULL, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=error) from error
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        answer = messages.decode(line)
        if isinstance(answer, messages.Done):
            return Path(answer.result["pretrained_model"])
        if isinstance(answer, messages.Failed):
            reason = StudioError(answer.what, answer.remedy, **answer.values)
            raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=str(reason).rstrip("."))
    raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=f"exit code {done.returncode}")
