"""The page where pages are labelled."""

from ocrstudio.ui.pages.annotate.page import AnnotatePage

__all__ = ["AnnotatePage"]
