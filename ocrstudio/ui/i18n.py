"""The language of the window: catalogues read as they are written, switched while the window is open."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from xml.parsers import expat

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QObject,
    QTranslator,
)

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.qm_file import compiled
from ocrstudio.formats.store_files import AT_LINE, Problem
from ocrstudio.paths import resources
from ocrstudio.ui import qt_files

LOGGER = logging.getLogger(__name__)

SOURCE_LANGUAGE = "en"
# What each language calls itself; never translated.
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

Catalogue = dict[tuple[str, str], str]


class SaysWhat(Protocol):
    """What `StudioError` and the protocol's `Failed` share."""

    @property
    def what(self) -> str:
        """Template of what happened."""

    @property
    def remedy(self) -> str:
        """Template of what to do next; may be empty."""


class _Texts(QTranslator):
    """Texts that Qt finds by itself, without Python.

    Qt translates in any thread, under locks of its own. A translator that has to wait there for Python's lock holds up
    whoever has that one and waits for Qt's: the whole program, when two threads look which plugin reads a picture.
    """

    def __init__(self, catalogue: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._content = compiled(catalogue)  # Qt only points to it
        self.loadFromData(self._content)


def catalogue_path(language: str) -> Path:
    """The catalogue of a language of `LANGUAGES`; English has none."""
    return resources() / "translations" / f"ocrstudio_{language}.ts"


def read_catalogue(path: Path) -> Catalogue:
    """Reads the finished texts of a Qt `.ts` file.

    Args:
        path: The file; a missing or broken one gives what could be read, with a line in the log.

    Returns:
        (context, source) -> translation.
    """
    try:
        data = path.read_bytes()
    except OSError:
        LOGGER.warning("no catalogue %s", path)
        return {}
    reading = _CatalogueReading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        LOGGER.warning("%s: %s", path, error)
    return reading.found


class _CatalogueReading:
    """What was found so far. Expat is ten times as fast as Qt's reader from Python, and the window waits for it."""

    def __init__(self) -> None:
        self.found: Catalogue = {}
        self._context = self._source = self._text = ""
        self._is_finished = False
        # The file is the program's own; nothing in it refers to another.
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text = ""
        if name == "translation":
            self._is_finished = "type" not in attributes

    def _add(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if name == "name":
            self._context = self._text
        elif name == "source":
            self._source = self._text
        elif name == "translation" and self._is_finished and self._text:
            self.found[self._context, self._source] = self._text
        self._text = ""


def resolve_language(wanted: str, system: list[str] | None = None) -> str:
    """The language to use.

    Args:
        wanted: "system", or a key of `LANGUAGES`.
        system: The desktop's languages, best first, such as `["zh-Hans-CN", "en-US"]`; None asks Qt.

    Returns:
        A key of `LANGUAGES`.
    """
    if wanted in LANGUAGES:
        return wanted
    for name in QLocale.system().uiLanguages() if system is None else system:
        short = name.replace("_", "-").split("-")[0].lower()
        for language in LANGUAGES:
            if language.split("_")[0] == short:
                return language
    return SOURCE_LANGUAGE


def switch_language(app: QCoreApplication, language: str) -> str:
    """Shows everything in `language`, at once and without a restart.

    Args:
        app: The application.
        language: "system", or a key of `LANGUAGES`.

    Returns:
        The key of `LANGUAGES` that is now in use.
    """
    chosen = resolve_language(language)
    before = app.findChildren(QTranslator)
    # The words of Qt's own buttons and menus. English is built in.
    qt = QTranslator(app)
    qt.load(f"qtbase_{chosen}", str(qt_files.translations()))
    ours = _Texts({} if chosen == SOURCE_LANGUAGE else read_catalogue(catalogue_path(chosen)), app)
    for translator in before:
        app.removeTranslator(translator)
        translator.deleteLater()
    for translator in (qt, ours):
        app.installTranslator(translator)
    QCoreApplication.translate("", "")  # only the first time PyQt looks whether a translator is written in Python
    QLocale.setDefault(QLocale(chosen))
    app.setProperty("language", chosen)
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    return chosen


def current_language() -> str:
    """The key of `LANGUAGES` that is in use."""
    app = QCoreApplication.instance()
    return str(app.property("language") or SOURCE_LANGUAGE) if app is not None else SOURCE_LANGUAGE


def translated(error: SaysWhat, values: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """An error's sentences in the language in use.

    Args:
        error: A `StudioError`, or a child's `Failed` message.
        values: Values of the templates; None takes the error's own.

    Returns:
        (what happened, what to do next); the second may be empty.
    """
    filling = dict(getattr(error, "values", {}) if values is None else values)
    return filled("Errors", error.what, filling), filled("Errors", error.remedy, filling)


def in_words(error: SaysWhat, values: Mapping[str, Any] | None = None) -> str:
    """As `translated`, in one text."""
    return " ".join(part for part in translated(error, values) if part)


def translated_problem(problem: Problem) -> str:
    """Where something in a project's files needs a look, and why, in the language in use."""
    values = {"file": problem.file, "line": problem.line}
    place = filled("Errors", AT_LINE, values) if problem.line else problem.file
    return f"{place}: {filled('Errors', problem.template, problem.values)}"


def filled(context: str, template: str, values: Mapping[str, Any]) -> str:
    """A template in the language in use, with its values; the template itself if they do not fit.

    An error among the values, which another one gives as its reason, is told in that language as well.
    """
    if not template:
        return ""
    values = {name: in_words(value) if isinstance(value, StudioError) else value for name, value in values.items()}
    for text in (QCoreApplication.translate(context, template), template):
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError):
            # Telling the error matters more than its details: the next best text follows.
            LOGGER.warning("values %s do not fit %r", sorted(values), text)
    return template
