"""What a look at a config and its data finds before a run starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ocrstudio.core.errors import StudioError


@dataclass(frozen=True)
class Place:
    """Where something was found.

    Attributes:
        file: A list, a config or a folder.
        line: From 1; 0 if it is about the whole file.
        text: What stands there: a label, the name of a picture.
        picture: The picture that it is about, if it is known.
    """

    file: str
    line: int = 0
    text: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Cure:
    """What the program can do about a finding. Nothing that the user has is changed: lists are written anew beside it.

    Attributes:
        title: Template: what it does.
        settings: Config key to its new value.
        removed: Config keys that go.
        fix: A change of the lists' lines, one of `core.line_fixes.FIXES`; "" for none.
        lines: List file to the numbers of the lines it is for; empty for all lines of all lists.
        command: What is to be run in a terminal, when it takes more than a moment.
    """

    title: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    fix: str = ""
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    command: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something that would stop a run, or that its user should know.

    Attributes:
        severity: `fatal` refuses the run, `warning` does not; a `note` is nothing bad.
        what: Template of the Errors context: what is wrong, naming file and line.
        remedy: Template: what to do.
        values: For both; `file`, `line` (of the first place, from 1) and `count` where they apply.
        check: Id of `core.checks` that it belongs to.
        places: All places, as far as they were counted.
        cure: What the program can do about it.
    """

    severity: Literal["fatal", "warning", "note"]
    what: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    check: str = ""
    places: tuple[Place, ...] = ()
    cure: Cure | None = None

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
