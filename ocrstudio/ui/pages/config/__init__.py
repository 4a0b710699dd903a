"""The config page."""

from ocrstudio.ui.pages.config.page import ConfigPage

__all__ = ["ConfigPage"]
