"""Labels in other programs' formats: one module each, and the table of all of them in `registry`."""

from ocrstudio.formats.exchange.registry import FORMATS, detect, export_pages
from ocrstudio.formats.exchange.values import Exchange, FoundPage, SourcePage, Trouble

__all__ = ["FORMATS", "Exchange", "FoundPage", "SourcePage", "Trouble", "detect", "export_pages"]
