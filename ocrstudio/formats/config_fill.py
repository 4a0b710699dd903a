"""What a project knows of a training, put into a config: lists, characters, weights, output, and when to evaluate."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.formats.base_models import BASE_MODELS
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_config import Machine, count_samples, prepare
from ocrstudio.formats.config import TrainConfig

WEIGHTS = "Global.pretrained_model"
BATCH = "Train.loader.batch_size_per_card"


def fill_in(
    config: TrainConfig, dataset: Path, output: Path, *, own_characters: bool = True, checkout: Checkout | None = None
) -> TrainConfig:
    """A config for a dataset, changed only where the project knows better.

    Args:
        config: Stays as it is.
        dataset: What `formats.dataset.write_split` wrote.
        output: Where runs go.
        own_characters: Train only the characters of the dataset; False keeps those that the config names.
        checkout: The checkout that trains; its config is made ready as `checkout_config.prepare` does. None: the
            program's engine.

    Raises:
        StudioError: If a file of the dataset cannot be read, or the config is for another task than det or rec.
    """
    if checkout is not None:
        filled = prepare(config, checkout, dataset, Machine.this())
        filled.set("Global.save_model_dir", output.as_posix())
        return filled
    filled = config.raw_copy()
    filled.use_dataset(dataset, own_characters=own_characters)
    filled.set("Global.save_model_dir", output.as_posix())
    if not _starts_from_something(filled):
        filled.set(WEIGHTS, _base_of(filled))
    samples = count_samples(filled, "Train")
    batch = filled.get(BATCH)
    if isinstance(batch, int) and 0 < samples < batch:
        filled.set(BATCH, samples)
    # at the end of every epoch, whatever the data's size; by steps a small dataset is never reached
    filled.set("Global.eval_batch_step", [0, 0])
    filled.set("Global.eval_batch_epoch", 1)
    return TrainConfig.from_yaml(filled.to_yaml(), config.source)


def _starts_from_something(config: TrainConfig) -> bool:
    weights = config.get(WEIGHTS)
    if not isinstance(weights, str) or not weights or "://" in weights:
        return False
    known = weights == BUNDLED or any(base.name == weights for base in BASE_MODELS)
    return known or Path(weights).exists() or Path(f"{weights}.pdparams").exists()


def _base_of(config: TrainConfig) -> str:
    """The base model of the config's own name, else the one that comes along for its task."""
    name = config.get("Global.model_name")
    return name if any(base.name == name and base.task == config.task for base in BASE_MODELS) else BUNDLED
