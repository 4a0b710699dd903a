"""What people call a model."""

from __future__ import annotations

from datetime import datetime

from PyQt5.QtCore import QCoreApplication

from ocrstudio.formats.bundle import ModelInfo


def model_name(info: ModelInfo) -> str:
    """The name of a model in lists: the one that came along, or the user's own and the day it was trained."""
    if info.path is None:
        return QCoreApplication.translate("Test", "Standard model")
    try:
        day = datetime.fromisoformat(info.created).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return info.name
    return QCoreApplication.translate("Test", "{name}, trained on {date}").format(name=info.name, date=day)
