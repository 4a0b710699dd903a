"""The dataset page."""

from ocrstudio.ui.pages.dataset.page import DatasetPage

__all__ = ["DatasetPage"]
