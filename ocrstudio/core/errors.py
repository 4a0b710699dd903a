"""The error family that users see: what happened, where, and what to do next.

The texts are templates with named values, so that the window can translate them before the values go in. Mark each
template with `QT_TRANSLATE_NOOP("Errors", ...)` where it stands; the string extractor finds it there.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks `text` for translation under `context` and returns it unchanged (the name that Qt's tools know)."""
    return text


class StudioError(Exception):
    """A failure that a user can understand and act on.

    Args:
        what: English template of what happened, naming the file or item: `"{file} holds no images."`.
        remedy: English template of what to do next; empty when `what` already says it.
        values: Named values for both templates.
    """

    details: str = ""  # what else a person may want to read, behind a button

    def __init__(self, what: str, remedy: str = "", **values: object) -> None:
        self.what = what
        self.remedy = remedy
        self.values = values
        super().__init__(self.text())

    def text(self) -> str:
        """The full English sentence or two, values filled in."""
        return " ".join(part.format(**self.values) for part in (self.what, self.remedy) if part)

    def __str__(self) -> str:
        return self.text()


class GeometryError(StudioError):
    """Points that do not form a region."""


class FormatError(StudioError):
    """A file whose content breaks its format. `values` has `file` and, if there is one, `line` (from 1)."""


class ProjectError(StudioError):
    """A project folder that cannot be opened, read or written."""


class ConfigError(StudioError):
    """A training config that cannot be used."""


class DatasetError(StudioError):
    """A dataset that cannot be written or read."""


class EngineError(StudioError):
    """A failure of a model runtime or of training."""


class DownloadError(StudioError):
    """A file of the network that could not be had."""
