"""A recipe put into a config."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.core.recipes import Recipe, Situation, recipe
from ocrstudio.formats.config import TrainConfig

OTHER_TASK = QT_TRANSLATE_NOOP("Errors", "{file} is a config for {task}, which this recipe is not for.")
CHOOSE_OTHER = QT_TRANSLATE_NOOP("Errors", "Choose a template for finding lines or for reading them.")


def with_recipe(config: TrainConfig, situation: Situation, dataset: Path | None = None) -> tuple[TrainConfig, Recipe]:
    """A config with the values of a recipe.

    Args:
        config: Stays as it is. One of the program's engine for another task gives way to the recipe's template.
        situation: What is wanted, and what there is.
        dataset: For a new template: what it learns from.

    Returns:
        The config, and the recipe without those values that the config has no place for.

    Raises:
        ConfigError: If a checkout's config is for another task than the goal's.
    """
    made = recipe(situation)
    if config.task == situation.task:
        changed = config.raw_copy()
    elif made.template:
        changed = TrainConfig.template(made.template)
        if dataset is not None:
            changed.use_dataset(dataset)
    else:
        raise ConfigError(OTHER_TASK, CHOOSE_OTHER, file=config.source, task=config.task)
    used = []
    for advice in made.advices:
        parent, _, _ = advice.key.rpartition(".")
        if isinstance(changed.get(parent), dict):
            changed.set(advice.key, advice.value, copies=True)
            used.append(advice)
    return changed, Recipe(made.template, tuple(used), made.remarks)
