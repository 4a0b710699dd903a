"""What a look at a config and its data finds before a run starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ocrstudio.core.errors import StudioError


@dataclass(frozen=True)
class Finding:
    """Something that would stop a run, or that its user should know.

    Attributes:
        severity: `fatal` refuses the run, `warning` does not.
        what: Template of the Errors context: what is wrong, naming file and line.
        remedy: Template: what to do.
        values: For both; `file`, `line` (of the first place, from 1) and `count` where they apply.
    """

    severity: Literal["fatal", "warning"]
    what: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_fatal(self) -> bool:
        """Whether the run must not start."""
        return self.severity == "fatal"

    def text(self) -> str:
        """The English sentences."""
        return " ".join(part.format(**self.values) for part in (self.what, self.remedy) if part)


def refuse(findings: Iterable[Finding], kind: type[StudioError]) -> None:
    """Raises the first fatal finding.

    Args:
        findings: What was found.
        kind: The family's error to raise.

    Raises:
        StudioError: Of that kind, if one of them is fatal.
    """
    for finding in findings:
        if finding.is_fatal:
            raise kind(finding.what, finding.remedy, **finding.values)
