"""What a project holds for the config page: its datasets, the config of its last training and what trained it."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine, list_runs
from ocrstudio.paths import DATASETS_DIR, STATE_DIR

CONFIGS_DIR = "configs"


def config_path(project: Path, dataset: Path | None) -> Path:
    """Where the config of a training with a dataset is written."""
    return project / STATE_DIR / CONFIGS_DIR / f"{dataset.name if dataset is not None else 'train'}.yml"


def output_folder(project: Path) -> Path:
    """Where the project's runs go."""
    return (project / STATE_DIR / "runs").resolve()


def last_config(project: Path) -> TrainConfig | None:
    """The config of the project's last training, None if there was none.

    Raises:
        StudioError: If it cannot be read.
    """
    files = sorted((project / STATE_DIR / CONFIGS_DIR).glob("*.yml"), key=_age)
    return TrainConfig.load(files[-1]) if files else None


def last_engine(project: Path) -> Engine:
    """What did the project's last training."""
    runs = list_runs(project / STATE_DIR / "runs")
    return runs[-1].engine if runs else Engine()


def datasets(project: Path | None) -> list[Path]:
    """The project's datasets by name."""
    found = (project / STATE_DIR / DATASETS_DIR).glob("*/split.json") if project is not None else ()
    return sorted(file.parent for file in found)


def newest(found: list[Path]) -> Path:
    """The dataset that was written last."""
    return max(found, key=lambda dataset: _age(dataset / "split.json"))


def _age(file: Path) -> float:
    return file.stat().st_mtime
