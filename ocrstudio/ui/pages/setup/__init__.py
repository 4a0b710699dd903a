"""The setup page."""

from ocrstudio.ui.pages.setup.page import SetupPage

__all__ = ["SetupPage"]
