"""Everything that `core.doctor` judges, gathered; each question may fail alone. Loads no model runtime."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from ocrstudio import paths
from ocrstudio.core.doctor_facts import Facts, Gpu
from ocrstudio.core.errors import EngineError
from ocrstudio.engine.doctor import environment as environments
from ocrstudio.engine.doctor import graphics
from ocrstudio.engine.doctor.host import Host

LOGGER = logging.getLogger(__name__)

T = TypeVar("T")
# Cards, driver, its highest CUDA.
Cards = tuple[tuple[Gpu, ...], str, str]
_NO_CARDS: Cards = ((), "", "")
_OPENMP = re.compile(r"(?:lib)?(?:iomp5|omp|gomp)", re.IGNORECASE)
# As people write it, and as our rules do.
_SPELLED = {"pyqt5": "PyQt5"}


def gather(project: Path | None = None, python: Path | None = None, host: Host | None = None) -> Facts:
    """Facts about this machine and an environment.

    Args:
        project: Folder whose disk is looked at; None takes the folder of the program's own projects.
        python: Interpreter of the environment; None is the one that runs this program.
        host: The machine; for tests.

    Raises:
        EngineError: If `python` does not answer.
    """
    asked = host or Host()
    own = environments.is_own(python)
    with ThreadPoolExecutor(3, "doctor") as pool:
        # the driver and the toolkit take their time
        cards = pool.submit(_safe, _NO_CARDS, lambda: graphics.cards(asked))
        toolkit = pool.submit(_safe, "", lambda: graphics.toolkit(asked))
        told = environments.environment(None if own else python)
        return facts_from(told, asked, cards.result(), toolkit.result(), own=own, project=project)


def gather_all(pythons: list[Path], host: Host, stopped: Callable[[], bool]) -> Iterator[Facts | EngineError]:
    """Facts about several environments of this machine, in their order; an error of one that does not answer.

    Args:
        pythons: Their interpreters.
        host: The machine; asked once for all.
        stopped: Asked before each answer is waited for.
    """
    cards: Cards = _safe(_NO_CARDS, lambda: graphics.cards(host))
    toolkit = _safe("", lambda: graphics.toolkit(host))

    def ask(python: Path) -> Facts | EngineError:
        own = environments.is_own(python)
        try:
            told = environments.environment(None if own else python)
        except EngineError as error:
            return error
        return facts_from(told, host, cards, toolkit, own=own)

    with ThreadPoolExecutor(4, "environments") as pool:
        for waiting in [pool.submit(ask, python) for python in pythons]:
            if stopped():
                pool.shutdown(wait=False, cancel_futures=True)
                return
            yield waiting.result()


def facts_from(
    told: dict[str, Any],
    host: Host,
    cards: Cards,
    toolkit: str,
    *,
    own: bool = True,
    project: Path | None = None,
) -> Facts:
    """Facts from the answers to all questions.

    Args:
        told: What an environment holds (`environments.environment`).
        host: The machine.
        cards: What `graphics.cards` gave.
        toolkit: What `graphics.toolkit` gave.
        own: Whether the environment is that of this program.
        project: Folder whose disk is looked at.
    """
    listed: dict[str, str] = told.get("packages", {})
    packages: dict[str, str | None] = {_SPELLED.get(name, name): version for name, version in listed.items()}
    libraries, prefix = environments.places(told, "libraries"), str(told.get("prefix", ""))
    cuda, cudnn, codes = environments.paddle_build(str(told.get("paddle_version", "")))
    unknown: tuple[str, frozenset[str] | None] = ("", None)
    cpu, features = _safe(unknown, host.cpu)
    openmp = [path for path in libraries if _OPENMP.match(re.split(r"[\\/]", path)[-1])]
    major, minor, micro = (*(int(number) for number in told.get("python", ())), 0, 0, 0)[:3]
    return Facts(
        python=(major, minor, micro),
        bits=int(told.get("bits", 64)),
        executable=str(told.get("executable", "python")),
        is_own=own,
        kind=str(told.get("kind", "system")),
        prefix=prefix,
        is_managed=told.get("is_managed") is True,
        is_writable=told.get("is_writable") is not False,
        packages=packages,
        leftovers=tuple(environments.places(told, "leftovers")),
        system=_safe("", host.description),
        cpu=cpu,
        cpu_features=features,
        paddle_cuda=cuda,
        paddle_cudnn=cudnn,
        paddle_cards=codes,
        gpus=cards[0],
        driver=cards[1],
        driver_cuda=cards[2],
        toolkit=toolkit,
        cudnn=_safe((), lambda: graphics.cudnn(host, packages, libraries)),
        has_zlib=_safe(None, lambda: graphics.zlib(host, libraries)),
        openmp=environments.shortened(openmp, prefix),
        qt_plugins=environments.shortened(environments.places(told, "qt_plugins"), prefix),
        models=tuple(environments.places(told, "models")),
        disk_free_gb=_safe(0.0, lambda: host.disk_free_gb(project or paths.user_data())),
        shm_gb=_safe(None, host.shm_gb),
        memory_gb=_safe(0.0, host.memory_gb),
        display=_safe("", host.display),
        encoding=str(told.get("encoding", "")),
        home=str(told.get("home", "")),
        temporary=str(told.get("temporary", "")),
    )


def _safe(default: T, probe: Callable[[], T]) -> T:
    try:
        return probe()
    except Exception:  # a boundary: one question that fails must not take the report with it
        LOGGER.exception("a question of the doctor failed")
        return default
