"""Language, theme and size of the text: fields that show the settings and change them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QSpinBox, QWidget

from ocrstudio.services.settings import FONT_PERCENT_MAX, FONT_PERCENT_MIN, Settings
from ocrstudio.ui.i18n import LANGUAGES
from ocrstudio.ui.widgets.translated import TranslatedWidget


def translated_combo(
    words: TranslatedWidget, name: str, keys: Sequence[str], texts: Sequence[Callable[[], str]]
) -> QComboBox:
    """A list to choose from whose texts follow the language; each entry's data is its key."""
    made = QComboBox()
    made.setObjectName(name)
    for place, (key, text) in enumerate(zip(keys, texts, strict=True)):
        made.addItem("", key)
        words.say(partial(made.setItemText, place), text)
    return made


class LookFields(QObject):
    """The three fields, to be laid out by a dialog.

    Args:
        prefix: Of their object names.
        settings: Read and changed.
        words: What they are laid out in; their texts follow the language through it.
    """

    def __init__(self, prefix: str, settings: Settings, words: TranslatedWidget) -> None:
        super().__init__(words)
        self._settings = settings
        as_desktop = partial(self.tr, "As the desktop")
        names = [partial(str, name) for name in LANGUAGES.values()]
        self.language = translated_combo(words, f"{prefix}Language", ("system", *LANGUAGES), (as_desktop, *names))
        themes: tuple[tuple[str, Callable[[], str]], ...] = (
            ("system", as_desktop),
            ("light", lambda: self.tr("Light")),
            ("dark", lambda: self.tr("Dark")),
            ("contrast", lambda: self.tr("High contrast")),
        )
        self.theme = translated_combo(words, f"{prefix}Theme", *zip(*themes, strict=True))
        self.text_size = QSpinBox()
        self.text_size.setObjectName(f"{prefix}Size")
        self.text_size.setRange(FONT_PERCENT_MIN, FONT_PERCENT_MAX)
        self.text_size.setSingleStep(10)
        self.text_size.setSuffix(" %")
        # Every step of the size lays the whole window out again: not for each digit that is typed.
        self.text_size.setKeyboardTracking(False)
        self.language.activated.connect(self._on_language_activated)
        self.theme.activated.connect(self._on_theme_activated)
        self.text_size.valueChanged.connect(self._on_text_size_changed)
        settings.changed.connect(self._show_values)
        self._show_values()

    def named(self) -> tuple[tuple[Callable[[], str], QWidget], ...]:
        """Each field behind what gives its name."""
        return (
            (lambda: self.tr("Language"), self.language),
            (lambda: self.tr("Theme"), self.theme),
            (lambda: self.tr("Text size"), self.text_size),
        )

    @pyqtSlot()
    @pyqtSlot(str)
    def _show_values(self, _key: str = "") -> None:
        for combo, value in ((self.language, self._settings.language), (self.theme, self._settings.theme)):
            combo.setCurrentIndex(combo.findData(value))
        self.text_size.blockSignals(True)
        self.text_size.setValue(self._settings.font_percent)
        self.text_size.blockSignals(False)

    @pyqtSlot()
    def _on_language_activated(self) -> None:
        self._settings.language = str(self.language.currentData())

    @pyqtSlot()
    def _on_theme_activated(self) -> None:
        self._settings.theme = str(self.theme.currentData())

    @pyqtSlot()
    def _on_text_size_changed(self) -> None:
        self._settings.font_percent = self.text_size.value()
