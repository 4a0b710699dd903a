"""Before PaddleOCR starts: what would make the run fail is refused, and weights that come along are put in its form."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.engine.checkout.child import Child, Line
from ocrstudio.engine.checkout.commands import CHOOSE_ENGINE, NO_ENGINE, own_command
from ocrstudio.engine.checkout.news import News
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_python import check_python
from ocrstudio.formats.model_store import stored_weights
from ocrstudio.formats.preflight import preflight, refuse
from ocrstudio.formats.run_folder import PADDLEOCR, RunFolder
from ocrstudio.protocol import messages

PRETRAINED = "Global.pretrained_model"
PRETRAINED_DIR = "pretrained"
_LIMIT_S = 600
_WAIT_S = 0.2
# For the interpreter to load Paddle: on a busy computer that takes more than a minute, and a stop is heard meanwhile.
_ANSWER_S = 300

NOT_CONVERTED = QT_TRANSLATE_NOOP("Errors", "The weights of {base} could not be put into PaddleOCR's form: {reason}.")
WITHOUT = QT_TRANSLATE_NOOP("Errors", "Set Global.pretrained_model to null to train from nothing.")


def make_ready(run: RunFolder, news: News, stopped: Callable[[], bool], *, resume: bool) -> None:
    """Looks at the config, the data and the interpreter, and gives the config weights that PaddleOCR can load.

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
    looked_at = config.copy() if resume else config
    for key in (PRETRAINED, "Global.checkpoints") if resume else ():
        if looked_at.get(key):
            # PaddleOCR loads the run's own checkpoint instead
            looked_at.set(key, None)
    found = preflight(
        looked_at,
        PADDLEOCR,
        checkout=checkout,
        save_dir=run.path,
        progress=lambda done, total: news.stage("load", done, total),
        cancelled=stopped,
    )
    # the interpreter takes seconds to answer, the lists hardly any
    if not any(finding.is_fatal for finding in found):
        python = check_python(engine.python, checkout, _ANSWER_S, stopped)
        if stopped():
            return
        found += python.problems(checkout, config.task, bool(config.get("Global.use_gpu")))
    first_fatal = next((finding for finding in found if finding.is_fatal), None)
    for finding in found:
        # that one is told as the run's failure
        if finding is not first_fatal:
            news.notice(finding.what, finding.remedy, **finding.values)
    refuse(found)
    name = str(config.get(PRETRAINED) or "")
    downloaded = stored_weights(name)
    if downloaded is not None:
        # PaddleOCR knows files only
        config.set(PRETRAINED, downloaded.as_posix())
        config.save(run.config_path)
    if base_model(name, config.task) is not None and not resume and not stopped():
        prefix = _converted(name, run, checkout.path, news, stopped)
        if prefix is not None:
            config.set(PRETRAINED, prefix.as_posix())
            config.save(run.config_path)


def _converted(base: str, run: RunFolder, root: Path, news: News, stopped: Callable[[], bool]) -> Path | None:
    """The prefix of weights made from a base model, in a child: Paddle has no place in this process.

    Returns:
        None if the run was stopped meanwhile.

    Raises:
        EngineError: If they could not be made.
    """
    config = run.config()
    arguments = ["convert", "--protocol", "--base", base, "--out", str(run.path / PRETRAINED_DIR)]
    lists = config.get("Train.dataset.label_file_list") or []
    labels = lists if isinstance(lists, str) else next(iter(lists), "")
    if labels:
        images = root / str(config.get("Train.dataset.data_dir") or "")
        arguments += ["--samples", str(root / str(labels)), "--data-dir", str(images)]
    dictionary = config.get("Global.character_dict_path")
    if config.task == "rec" and dictionary:
        arguments += ["--dict", str(root / str(dictionary))]
    if config.task == "rec" and not config.get("Global.use_space_char", True):
        arguments.append("--no-space")
    news.stage("load")
    news.say(f"{base}: its weights are put into PaddleOCR's form")
    try:
        child = Child(own_command("ocrstudio", *arguments, cwd=Path.cwd()))
    except OSError as error:
        raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=error.strerror or str(error)) from error
    last = ""
    try:
        for line in _lines(child, stopped):
            last = line.text
            if prefix := _prefix(base, line):
                return prefix
    finally:
        child.close()
    if stopped():
        return None
    raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=last.rstrip(".") or "no answer")


def _lines(child: Child, stopped: Callable[[], bool]) -> Iterator[Line]:
    deadline = time.monotonic() + _LIMIT_S
    while child.exit_code is None and time.monotonic() < deadline and not stopped():
        yield from child.lines(_WAIT_S)
    if child.exit_code is not None:
        yield from child.rest()


def _prefix(base: str, line: Line) -> Path | None:
    """What a line of `ocrstudio convert` answers; None if it says something else.

    Raises:
        EngineError: If it says why it failed.
    """
    answer = None if line.error else messages.decode(line.text)
    if isinstance(answer, messages.Done):
        return Path(answer.result["pretrained_model"])
    if isinstance(answer, messages.Failed):
        reason = StudioError(answer.what, answer.remedy, **answer.values)
        raise EngineError(NOT_CONVERTED, WITHOUT, base=base, reason=str(reason).rstrip("."))
    return None
