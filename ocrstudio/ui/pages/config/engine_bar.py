"""What trains, and which of its configs to begin with: the program's own engine or a PaddleOCR checkout."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QCompleter, QFileDialog, QHBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.checkout_list import KnownCheckout
from ocrstudio.formats.checkout_templates import CheckoutTemplate
from ocrstudio.formats.config import TEMPLATE, TrainConfig
from ocrstudio.formats.config_base import Base
from ocrstudio.formats.run_folder import Engine
from ocrstudio.services.checkouts import Checkouts
from ocrstudio.ui import dressing
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

ADD = "add"
# The newest first, and reading before finding: that is what most people train.
OWN_TEMPLATES = (TEMPLATE, "ppocrv6_small_det", "ppocrv4_mobile_rec", "ppocrv4_mobile_det")


class EngineBar(TranslatedWidget):
    """Two choices: the engine, and a template of it.

    Args:
        parent: Owner; it calls `close`.
    """

    engine_changed = pyqtSignal()  # another engine, or what is known of it
    template_chosen = pyqtSignal()  # the user chose one: `load` gives its config
    config_ready = pyqtSignal(object)  # TrainConfig that `load` asked for
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checkouts = Checkouts(self)
        self._wanted = Engine()
        self._shown: KnownCheckout | None = None
        self._own = TEMPLATE
        self._engine_label, self._template_label = label("muted"), label("muted")
        self.engine_box, self.template_box = QComboBox(), QComboBox()
        self.engine_box.setObjectName("configEngine")
        self.template_box.setObjectName("configTemplate")
        for box in (self.engine_box, self.template_box):
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        # a checkout has some hundred configs: typing a part of the name finds one
        self.template_box.setEditable(True)
        self.template_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.template_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.template_box.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            popup = completer.popup()
            if popup is not None:
                dressing.dress_window(popup)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        for widget in (self._engine_label, self.engine_box, self._template_label):
            line.addWidget(widget)
        line.addWidget(self.template_box, 1)
        self._engine_label.setBuddy(self.engine_box)
        self._template_label.setBuddy(self.template_box)
        self.say(self._engine_label.setText, lambda: self.tr("Trained by"))
        self.say(self._template_label.setText, lambda: self.tr("Template"))
        self.engine_box.activated.connect(self._on_engine_activated)
        self.template_box.activated.connect(self._on_template_activated)
        self.template_box.currentIndexChanged.connect(self._on_template_index_changed)
        self.checkouts.listed.connect(self._on_listed)
        self.checkouts.added.connect(self._on_added)
        self.checkouts.templates_listed.connect(self._on_templates_listed)
        self.checkouts.prepared.connect(self.config_ready)
        self.checkouts.failed.connect(self.failed)
        self._fill_engines()
        self._fill_templates()

    @property
    def known(self) -> KnownCheckout | None:
        """The checkout that trains; None for the program's own engine."""
        data = self.engine_box.currentData()
        return data if isinstance(data, KnownCheckout) else None

    @property
    def engine(self) -> Engine:
        """What trains, for `RunFolder.create`."""
        return self.known.engine if self.known is not None else Engine()

    @property
    def has_checkout_template(self) -> bool:
        """Whether a config of a checkout is chosen."""
        return self.known is not None and isinstance(self.template_box.currentData(), CheckoutTemplate)

    def base(self) -> Base | None:
        """The template that is chosen, to compare with; None if it cannot be read."""
        data = self.template_box.currentData()
        try:
            if isinstance(data, CheckoutTemplate):
                return Base.of(data.name, data.load())
            return Base.template(str(data)) if data else None
        except StudioError:
            return None

    def choose(self, engine: Engine) -> None:
        """Chooses an engine as soon as the list of checkouts has it; unknown ones leave the program's own."""
        self._wanted = engine
        self.reload()

    def reload(self) -> None:
        """Reads the list of checkouts again; the choice stays."""
        self.checkouts.reload()

    def load(self, dataset: Path | None) -> None:
        """Asks for the chosen template's config, ready for a dataset; `config_ready` or `failed` follows."""
        data, known = self.template_box.currentData(), self.known
        if known is not None and isinstance(data, CheckoutTemplate):
            self.checkouts.load(data, known, dataset)
            return
        self._own = str(data)
        try:
            config = TrainConfig.template(str(data))
            if dataset is not None:
                config.use_dataset(dataset)
        except StudioError as error:
            self.failed.emit(error)
            return
        self.config_ready.emit(config)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill_engines()
            if self.known is None:
                self._fill_templates()

    def _fill_engines(self) -> None:
        self.engine_box.clear()
        self.engine_box.addItem(self.tr("This program"), None)
        for known in self.checkouts.known:
            self.engine_box.addItem(known.title, known)
            place = self.engine_box.count() - 1
            self.engine_box.setItemData(place, str(known.checkout.path), int(Qt.ItemDataRole.ToolTipRole))
        self.engine_box.addItem(self.tr("Add a PaddleOCR checkout…"), ADD)
        self._show_wanted()

    def _show_wanted(self) -> None:
        places = range(self.engine_box.count())
        self.engine_box.setCurrentIndex(next((place for place in places if self._is_wanted(place)), 0))

    @pyqtSlot(object)
    def _on_listed(self, _checkouts: list[KnownCheckout]) -> None:
        before = self._shown
        self._fill_engines()
        if self.known != before:
            self._fill_templates()
        self.engine_changed.emit()

    def _is_wanted(self, place: int) -> bool:
        data = self.engine_box.itemData(place)
        return isinstance(data, KnownCheckout) and data.checkout.path == self._wanted.checkout

    def _fill_templates(self) -> None:
        self._shown = self.known
        self.template_box.clear()
        if self.known is not None:
            self.checkouts.list_templates(self.known)
            return
        for name in OWN_TEMPLATES:
            self.template_box.addItem(self._own_title(name), name)
        self._show_own_template()

    def _own_title(self, name: str) -> str:
        """What a template of the program's own is for: "PP-OCRv6 small: reading lines"."""
        model, _, task = name.replace("ppocr", "PP-OCR").rpartition("_")
        texts = {"rec": self.tr("{model}: reading lines"), "det": self.tr("{model}: finding lines")}
        return texts[task].format(model=model.replace("_", " "))

    def show_config(self, config: TrainConfig) -> None:
        """Chooses the program's own template that a config was made from, if it was one."""
        self._own = str(config.get("Global.model_name") or "").lower().replace("-", "")
        if self.known is None:
            self._show_own_template()

    def _show_own_template(self) -> None:
        self.template_box.setCurrentIndex(self.template_box.findData(self._own))
        if self.template_box.currentIndex() < 0:
            self.template_box.setEditText("")
        self._say_placeholder(self.tr("Choose a template"))

    @pyqtSlot(int)
    def _on_template_index_changed(self, _place: int) -> None:
        editor = self.template_box.lineEdit()
        if editor is not None:
            editor.setCursorPosition(0)  # a name is known by its beginning

    def _say_placeholder(self, text: str) -> None:
        editor = self.template_box.lineEdit()
        if editor is not None:
            editor.setPlaceholderText(text)

    @pyqtSlot(object, object)
    def _on_templates_listed(self, path: Path, templates: list[CheckoutTemplate]) -> None:
        if self.known is None or self.known.checkout.path != path:
            return  # another engine was chosen meanwhile
        self.template_box.clear()
        for template in templates:
            self.template_box.addItem(template.name, template)
        self.template_box.setCurrentIndex(-1)
        self.template_box.setEditText("")
        self._say_placeholder(self.tr("{count} configs: type a part of the name").format(count=len(templates)))

    @pyqtSlot(int)
    def _on_engine_activated(self, place: int) -> None:
        if self.engine_box.itemData(place) != ADD:
            self._wanted = self.engine
            self._fill_templates()
            self.engine_changed.emit()
            if self.known is None:
                self.template_chosen.emit()
            return
        self._show_wanted()
        title = self.tr("Choose the folder of a PaddleOCR checkout")
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self.checkouts.add(Path(folder))

    @pyqtSlot(object)
    def _on_added(self, known: KnownCheckout) -> None:
        self._wanted = known.engine
        if known.python is None:
            self.checkouts.check(known)  # a Python that can train with it is chosen at once

    @pyqtSlot(int)
    def _on_template_activated(self, _place: int) -> None:
        self.template_chosen.emit()
