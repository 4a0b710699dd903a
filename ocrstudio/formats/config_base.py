"""What a config is compared with: the template it came from, as far as its own values tell."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core.config_difference import differences
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, StudioError
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_templates import CheckoutTemplate, list_templates
from ocrstudio.formats.config import TrainConfig, template_names
from ocrstudio.paths import resources

# So many configs of a checkout are read at most to find the one that is nearest.
_MOST_READ = 16
TRAIN_TOOL = "tools/train.py"


@dataclass(frozen=True)
class Base:
    """A config to compare with.

    Attributes:
        name: Of the template or the file.
        text: Its YAML.
        plain: Its values.
    """

    name: str
    text: str = field(repr=False)
    plain: Mapping[str, Any] = field(repr=False)

    @property
    def model(self) -> tuple[Any, str]:
        """The name of its model, None if it has none, and the task."""
        return _of(self.plain, "Global", "model_name"), str(_task(self.plain) or "rec")

    @classmethod
    def of(cls, name: str, config: TrainConfig) -> Base:
        """The state of a config as it is now."""
        return cls(name, config.to_yaml(), config.plain())

    @classmethod
    def template(cls, name: str) -> Base:
        """A template of the program; `ConfigError` if there is none of that name."""
        return _own(name)

    @classmethod
    def file(cls, path: Path) -> Base:
        """A config file, values unchecked; `StudioError` if it cannot be read."""
        return cls.of(path.name, TrainConfig.load(path, raw=True))


@functools.cache
def _own(name: str) -> Base:
    return Base.of(name, TrainConfig.template(name))


def own_bases() -> tuple[Base, ...]:
    """The templates of the program."""
    return tuple(Base.template(name) for name in template_names())


def find_base(plain: Mapping[str, Any], checkout: Checkout | None = None) -> Base | None:
    """The template that a config most likely came from.

    Among those for the same task the ones with its `Global.model_name` go first, then those with its network
    (`Architecture`); of several the one with the fewest differences. None if neither fits any.

    Args:
        plain: Any config's values.
        checkout: Whose configs are looked at; None for the program's own templates.
    """
    if checkout is None:
        return nearest(plain, own_bases())
    model, algorithm = _of(plain, "Global", "model_name"), _of(plain, "Architecture", "algorithm") or ""
    found = [one for one in list_templates(checkout, (str(_task(plain)),)) if one.algorithm == algorithm]
    named = [one for one in found if model and one.model == model]
    return nearest(plain, _bases((named or found)[:_MOST_READ]))


def nearest(plain: Mapping[str, Any], bases: Iterable[Base]) -> Base | None:
    """The one of some templates that a config came from; see `find_base`."""
    same_task = [base for base in bases if _of(base.plain, "Architecture", "model_type") == _task(plain)]
    model = _of(plain, "Global", "model_name")
    fitting = [base for base in same_task if model and _of(base.plain, "Global", "model_name") == model]
    if not fitting:
        network = plain.get("Architecture")
        fitting = [base for base in same_task if base.plain.get("Architecture") == network]
    return min(fitting, key=lambda base: len(differences(base.plain, plain)), default=None)


def refuse_template(path: Path) -> None:
    """Keeps templates from being written over.

    Raises:
        ConfigError: If a file is one of the program's templates, or a config of a PaddleOCR checkout.
    """
    place = path.resolve()
    ours = place.parent == (resources() / "config").resolve()
    theirs = any(up.name == "configs" and (up.parent / TRAIN_TOOL).is_file() for up in place.parents)
    if ours or theirs:
        what = QT_TRANSLATE_NOOP("Errors", "{file} is a template, which is never written over.")
        raise ConfigError(what, QT_TRANSLATE_NOOP("Errors", "Choose another folder or another name."), file=path)


def _bases(templates: Iterable[CheckoutTemplate]) -> Iterable[Base]:
    for template in templates:
        try:
            yield Base.of(template.name, template.load())
        except StudioError:
            continue  # one that cannot be read is nobody's template


def _task(plain: Mapping[str, Any]) -> Any:
    return _of(plain, "Architecture", "model_type")


def _of(plain: Mapping[str, Any], section: str, key: str) -> Any:
    part = plain.get(section)
    return part.get(key) if isinstance(part, Mapping) else None
