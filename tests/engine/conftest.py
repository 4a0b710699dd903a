"""Fixtures of the engine's tests: a model runtime, the source weights, one short training for all who look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("onnxruntime")


@dataclass
class TrainedRun:
    """A finished run and everything it said."""

    folder: Any
    messages: list[Any]
    result: dict[str, Any]
    dataset: Path


@pytest.fixture(scope="session")
def paddle() -> Any:
    """Paddle, loaded the way the engine does; tests that need it are skipped where it is not installed."""
    pytest.importorskip("onnx")
    from ocrstudio.core.errors import EngineError
    from ocrstudio.engine.paddle_runtime import require_paddle

    try:
        require_paddle()
    except EngineError as error:
        pytest.skip(str(error))
    import paddle

    return paddle


@pytest.fixture(scope="session")
def source(paddle: Any) -> Any:
    """The bundled weights."""
    from ocrstudio.engine.nets.catalogue import load_source

    return load_source("bundled", "rec")


@pytest.fixture(scope="session")
def exported(paddle: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Any, Path]]:
    """By the name of a base model: a run that would train it, and the bundle of its untrained weights."""

    @cache
    def make(architecture: str) -> tuple[Any, Path]:
        from bundles import export, make_run

        pytest.importorskip("rapidocr_paddle" if "v4" in architecture else "rapidocr")
        run = make_run(tmp_path_factory.mktemp("bundles Ⅻ 图"), architecture)
        return run, Path(export(run)["bundle"])

    return make


@pytest.fixture(scope="session")
def trained(paddle: Any, tmp_path_factory: pytest.TempPathFactory) -> TrainedRun:
    """Eight rendered lines learned by heart with the backbone frozen."""
    from lines import make_dataset, make_run

    from ocrstudio.engine import training

    folder = tmp_path_factory.mktemp("project Ⅻ 图")
    dataset = make_dataset(folder / "dataset")
    run = make_run(dataset, folder / "runs", Global__epoch_num=12, Optimizer__lr__learning_rate=0.002)
    heard: list[Any] = []
    result = training.run_training(run, heard.append)
    return TrainedRun(run, heard, result, dataset)
