"""The training page."""

from ocrstudio.ui.pages.train.page import TrainPage

__all__ = ["TrainPage"]
