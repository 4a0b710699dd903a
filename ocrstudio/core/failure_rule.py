"""What a known failure consists of: how it is recognised, what it means, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError

Kind = Literal["fatal", "stuck", "warning", "sample", "harmless"]
Page = Literal["", "config", "dataset", "setup"]
More = Callable[[Mapping[str, Any]], Mapping[str, Any]]

CORRECT_PATH = QT_TRANSLATE_NOOP("Errors", "Correct the path in the config and start again.")
INSTALL = QT_TRANSLATE_NOOP("Errors", "Install in that interpreter: {command}")
INSTALL_REQUIREMENTS = QT_TRANSLATE_NOOP(
    "Errors", "Install the checkout's requirements.txt in it, or choose another interpreter."
)
CORRECT_SPELLING = QT_TRANSLATE_NOOP("Errors", "Correct the spelling, or choose a checkout that has it.")
RESUME = QT_TRANSLATE_NOOP("Errors", "What was saved before is kept: resume the run.")
NOTHING_TO_DO = QT_TRANSLATE_NOOP("Errors", "There is nothing to do.")


@dataclass(frozen=True)
class Rule:
    """One kind of failure.

    Attributes:
        id: Stable name for tests and scripts.
        hints: Plain texts, one of which is in every line that the pattern matches: searching them is what makes the
            thousands of other lines cheap.
        pattern: Regular expression, searched in a line; its named groups fill the templates. A second group for the
            same value has the name with a 2 or 3 behind it.
        what: Template of what happened, and why (context "Errors").
        remedy: Template of what to do; `{command}` in it is the filled-in command.
        kind: `fatal` ends a training, `stuck` leaves it waiting for ever, `warning` lets it go on, `sample` is a
            warning that says why when a training is stuck, `harmless` only looks like a failure.
        command: Template of a command that mends it; `{python}` is the interpreter. Never translated.
        page: The page of the window on which it can be mended.
        more: Makes further values of those that were found.
        info: Whether it stands in lines of the logger's level INFO, which are not searched otherwise.
    """

    id: str
    hints: tuple[str, ...]
    pattern: str
    what: str
    remedy: str
    kind: Kind = "fatal"
    command: str = ""
    page: Page = ""
    more: More | None = None
    info: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed: all of them take as long as a page takes to appear."""
        return re.compile(self.pattern)


@dataclass(frozen=True)
class Failure:
    """A failure that was recognised: templates and the values that fill them; `command` is one of the values."""

    id: str
    what: str
    remedy: str
    values: dict[str, Any] = field(default_factory=dict)
    kind: Kind = "fatal"
    page: Page = ""

    def text(self) -> str:
        """In English."""
        return " ".join(part.format(**self.values) for part in (self.what, self.remedy) if part)

    def error(self) -> EngineError:
        """The same as an error to raise."""
        return EngineError(self.what, self.remedy, **self.values)
