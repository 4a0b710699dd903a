"""What was read on pictures, written for people and programs: text, tables, documents, projects."""

from ocrstudio.formats.results.saving import FORMATS, Saved, SaveFormat, save
from ocrstudio.formats.results.values import ReadLine, ReadPage

__all__ = ["FORMATS", "ReadLine", "ReadPage", "SaveFormat", "Saved", "save"]
