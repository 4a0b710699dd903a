"""The test page."""

from ocrstudio.ui.pages.test.page import TestPage

__all__ = ["TestPage"]
