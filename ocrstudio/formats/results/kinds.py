"""The forms in which results can be saved. Apart from the writers, which take long to load."""

from __future__ import annotations

from dataclasses import dataclass

from ocrstudio.core.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class SaveFormat:
    """One form.

    Attributes:
        id: Name on the command line and in the settings.
        title: What people call it (context "Formats").
        about: One sentence on what it is good for (context "Formats").
        suffix: Of the file; empty for a new folder.
    """

    id: str
    title: str
    about: str
    suffix: str


PPOCRLABEL = "ppocrlabel"
_ALL = (
    SaveFormat(
        "txt",
        QT_TRANSLATE_NOOP("Formats", "Text"),
        QT_TRANSLATE_NOOP("Formats", "Just the words, for any program."),
        ".txt",
    ),
    SaveFormat(
        "docx",
        QT_TRANSLATE_NOOP("Formats", "Word document"),
        QT_TRANSLATE_NOOP("Formats", "To go on writing in Word or LibreOffice."),
        ".docx",
    ),
    SaveFormat(
        "pdf",
        QT_TRANSLATE_NOOP("Formats", "Searchable PDF"),
        QT_TRANSLATE_NOOP("Formats", "Looks like the pictures, and its text can be searched and copied."),
        ".pdf",
    ),
    SaveFormat(
        "md",
        QT_TRANSLATE_NOOP("Formats", "Markdown"),
        QT_TRANSLATE_NOOP("Formats", "Text with headings, for notes and web pages."),
        ".md",
    ),
    SaveFormat(
        "csv",
        QT_TRANSLATE_NOOP("Formats", "Table (CSV)"),
        QT_TRANSLATE_NOOP("Formats", "One row for each line, with its place and how sure it is; for Excel."),
        ".csv",
    ),
    SaveFormat(
        "json",
        QT_TRANSLATE_NOOP("Formats", "JSON"),
        QT_TRANSLATE_NOOP("Formats", "Everything that is known, for programmers."),
        ".json",
    ),
    SaveFormat(
        "jsonl",
        QT_TRANSLATE_NOOP("Formats", "JSON Lines"),
        QT_TRANSLATE_NOOP("Formats", "One line for each line of text, for programmers."),
        ".jsonl",
    ),
    SaveFormat(
        PPOCRLABEL,
        QT_TRANSLATE_NOOP("Formats", "Project to annotate"),
        QT_TRANSLATE_NOOP("Formats", "A new folder with the pictures and their text, for this program and PPOCRLabel."),
        "",
    ),
)
FORMATS: dict[str, SaveFormat] = {one.id: one for one in _ALL}
