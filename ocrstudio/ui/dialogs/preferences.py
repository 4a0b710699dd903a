"""The user's choices in one dialog; each takes effect at once."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import PROFILES
from ocrstudio.ui.dialogs.look_fields import LookFields, translated_combo
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.parts import GRID, button, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

WIDTH = 560
KEY_LINES = 5


class PreferencesDialog(Dialog):
    """Look, keyboard, labelling and training.

    Args:
        settings: Read and changed.
        parent: Owner.
    """

    keys_requested = pyqtSignal()  # the list of keys is wanted

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form = PreferencesForm(settings)
        form.keys_requested.connect(self.keys_requested)
        form.say(self.setWindowTitle, lambda: self.tr("Preferences"))
        buttons = ButtonBox()
        close = buttons.addButton(ButtonBox.StandardButton.Close)
        if close is not None:
            form.say(close.setText, lambda: self.tr("Close"))
            close.setAutoDefault(False)  # Return ends the field, not the dialog
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scrolled(form), 1)
        column.addWidget(buttons)
        self._below = buttons
        settings.changed.connect(self._on_settings_changed)
        self._fit()

    def _fit(self) -> None:
        self.forget_sizes()
        margin = 6 * GRID  # around the form, its scroll bar included
        width = max(WIDTH, self.form.minimumSizeHint().width() + margin)
        self.fit(self.form, width, self._below.sizeHint().height() + margin)

    @pyqtSlot(str)
    def _on_settings_changed(self, key: str) -> None:
        if key in ("language", "font_percent"):
            self._fit()


class PreferencesForm(TranslatedWidget):
    """The fields of the dialog."""

    keys_requested = pyqtSignal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._form = QFormLayout(self)
        self._form.setSpacing(GRID)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setLabelAlignment(Qt.Alignment(Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
        self._add_look()
        self._add_keyboard()
        self._add_labelling()
        self._add_training()
        settings.changed.connect(self._show_values)
        self._show_values()

    # --- building --------------------------------------------------------------------------------------------------

    def _add_heading(self, text: Callable[[], str]) -> None:
        made = label("subtitle")
        self.say(made.setText, text)
        if self._form.rowCount():
            made.setContentsMargins(0, GRID, 0, 0)
        self._form.addRow(made)

    def _add_row(self, text: Callable[[], str], field: QWidget, *beside: QWidget) -> None:
        name = label()
        name.setBuddy(field)
        self.say(name.setText, text)
        self.say(field.setAccessibleName, text)
        line = row(field, *beside)
        line.setStretch(0, 1)
        self._form.addRow(name, line)

    def _check(self, name: str, text: Callable[[], str]) -> QCheckBox:
        made = QCheckBox()
        made.setObjectName(name)
        self.say(made.setText, text)
        made.clicked.connect(self._on_changed)
        self._form.addRow(made)
        return made

    def _add_look(self) -> None:
        self._add_heading(lambda: self.tr("Look"))
        self.look = LookFields("prefer", self._settings, self)
        for text, field in self.look.named():
            self._add_row(text, field)

    def _add_keyboard(self) -> None:
        self._add_heading(lambda: self.tr("Keyboard"))
        texts = (lambda: self.tr("Keys of OCR Studio"), lambda: self.tr("Keys of PPOCRLabel"))
        self.profile = translated_combo(self, "preferProfile", PROFILES, texts)
        self.profile.activated.connect(self._on_changed)
        self._keys = button("preferKeys", "fa5s.keyboard")
        self.say(self._keys.setText, lambda: self.tr("All keys…"))
        self._keys.clicked.connect(self.keys_requested)
        self._add_row(lambda: self.tr("Keys"), self.profile, self._keys)

    def _add_labelling(self) -> None:
        self._add_heading(lambda: self.tr("Labelling"))
        self.low = QSpinBox()
        self.low.setObjectName("preferLow")
        self.low.setRange(0, 100)
        self.low.setSuffix(" %")
        self.low.valueChanged.connect(self._on_changed)
        self.dictionary = QLineEdit()
        self.dictionary.setObjectName("preferDictionary")
        self.dictionary.editingFinished.connect(self._on_changed)
        browse = button("preferDictionaryBrowse", "fa5s.folder-open")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        for say in (browse.setToolTip, browse.setAccessibleName):
            self.say(say, lambda: self.tr("Choose a dictionary file"))
        self.say(self.dictionary.setPlaceholderText, lambda: self.tr("That of the model in use"))
        self.say(
            self.dictionary.setToolTip, lambda: self.tr("Characters of labels that it does not have count as unknown.")
        )
        self._add_row(lambda: self.tr("Doubtful below a confidence of"), self.low)
        self._add_row(lambda: self.tr("Known characters"), self.dictionary, browse)
        self.read_new = self._check("preferReadNew", lambda: self.tr("Read each box as soon as it is drawn"))
        self.kie = self._check("preferKie", lambda: self.tr("Boxes have keys and links (KIE)"))
        self.key_classes = QPlainTextEdit()
        self.key_classes.setObjectName("preferKeyClasses")
        self.key_classes.setTabChangesFocus(True)
        self.key_classes.setFixedHeight(KEY_LINES * self.fontMetrics().lineSpacing() + 2 * GRID)
        self.key_classes.textChanged.connect(self._on_changed)
        self.say(self.key_classes.setPlaceholderText, lambda: self.tr("One key a line, such as: date"))
        self._add_row(lambda: self.tr("Keys to choose from"), self.key_classes)

    def _add_training(self) -> None:
        self._add_heading(lambda: self.tr("Training"))
        self.keep_training = self._check(
            "preferKeepTraining", lambda: self.tr("When the window closes or dies, trainings go on")
        )
        self.say(
            self.keep_training.setToolTip,
            lambda: self.tr(
                "Otherwise a training saves its best state and ends as soon as the window is gone, "
                "even if the window crashed."
            ),
        )
        self.notify_training = self._check(
            "preferNotifyTraining", lambda: self.tr("Show a notification of the desktop when a training ends")
        )

    # --- values ----------------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(str)
    def _show_values(self, _key: str = "") -> None:
        settings = self._settings
        self.profile.setCurrentIndex(self.profile.findData(settings.key_profile))
        for field in (self.low, self.key_classes):
            field.blockSignals(True)
        self.low.setValue(round(settings.low_confidence * 100))
        if _lines(self.key_classes.toPlainText()) != settings.key_classes:
            self.key_classes.setPlainText("\n".join(settings.key_classes))
        for field in (self.low, self.key_classes):
            field.blockSignals(False)
        self.dictionary.setText(settings.dictionary)
        self.read_new.setChecked(settings.read_new_boxes)
        self.kie.setChecked(settings.kie_mode)
        self.keep_training.setChecked(settings.keep_training)
        self.notify_training.setChecked(settings.notify_training)

    @pyqtSlot()
    def _on_changed(self) -> None:
        """Writes the field that the signal came from: the others may not show the latest value yet."""
        settings, sender = self._settings, self.sender()
        if sender is self.profile:
            settings.key_profile = str(self.profile.currentData())
        elif sender is self.low:
            settings.low_confidence = self.low.value() / 100
        elif sender is self.dictionary:
            settings.dictionary = self.dictionary.text().strip()
        elif sender is self.read_new:
            settings.read_new_boxes = self.read_new.isChecked()
        elif sender is self.kie:
            settings.kie_mode = self.kie.isChecked()
        elif sender is self.keep_training:
            settings.keep_training = self.keep_training.isChecked()
        elif sender is self.notify_training:
            settings.notify_training = self.notify_training.isChecked()
        else:
            settings.key_classes = _lines(self.key_classes.toPlainText())

    @pyqtSlot()
    def _on_browse_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a dictionary file"), self._settings.dictionary, self.tr("Dictionaries") + " (*.txt)"
        )
        if name:
            self._settings.dictionary = name


def _lines(text: str) -> list[str]:
    """The names in a text of one a line, as the settings keep them."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
