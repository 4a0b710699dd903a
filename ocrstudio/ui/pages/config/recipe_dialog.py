"""From what somebody wants to the numbers of a training, each with its reason."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QSignalBlocker, Qt
from PyQt5.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.recipes import Advice, Goal, Recipe, Remark, Situation
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_recipe import with_recipe
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.config.fields import label_of, shown
from ocrstudio.ui.widgets.dialog import ButtonBox, Dialog
from ocrstudio.ui.widgets.parts import GRID, label, row, scrolled

SIZE = (640, 680)
GOAL_NAMES: dict[Goal, str] = {
    "read": QT_TRANSLATE_NOOP("Recipes", "Read my lines better"),
    "characters": QT_TRANSLATE_NOOP("Recipes", "Add new characters"),
    "find": QT_TRANSLATE_NOOP("Recipes", "Find lines better"),
    "codes": QT_TRANSLATE_NOOP("Recipes", "Read codes such as captchas"),
    "try": QT_TRANSLATE_NOOP("Recipes", "Just try whether it learns"),
}
CARDS = (0, 1, 2, 4, 8)
USUAL_SAMPLES = 1000


class RecipeDialog(Dialog):
    """Shows a recipe while the questions are answered; `config` and `recipe` are what was accepted.

    Args:
        config: What it would change; a copy is changed.
        samples: Lines ("rec") and pages ("det") to learn from, as far as they are known.
        engine: "builtin" or "paddleocr".
        dataset: The dataset in use.
        parent: Owner.
    """

    def __init__(
        self,
        config: TrainConfig,
        samples: dict[str, int],
        engine: str,
        dataset: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recipeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Recipe"))
        self.resize(*SIZE)
        self._before, self._engine, self._dataset, self._samples = config, engine, dataset, samples
        self.config: TrainConfig | None = None
        self.recipe: Recipe | None = None
        self.goal_box, self.cards_box, self.samples_box = QComboBox(), QComboBox(), QSpinBox()
        self.goal_box.setObjectName("recipeGoal")
        self.cards_box.setObjectName("recipeCards")
        for goal, name in GOAL_NAMES.items():
            self.goal_box.addItem(_said(name), goal)
        self.goal_box.setCurrentIndex(self.goal_box.findData("find" if config.task == "det" else "read"))
        for count in CARDS:
            self.cards_box.addItem(self.tr("{count} graphics cards").format(count=count), count)
        self.cards_box.setItemText(0, self.tr("the processor"))
        self.cards_box.setItemText(1, self.tr("one graphics card"))
        self.cards_box.setCurrentIndex(int(config.get("Global.use_gpu") is True))
        self.samples_box.setRange(1, 100_000_000)
        self.samples_box.setGroupSeparatorShown(True)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._build()
        self.goal_box.currentIndexChanged.connect(self._on_goal_changed)
        self.cards_box.currentIndexChanged.connect(self._fill)
        self.samples_box.valueChanged.connect(self._fill)
        self._on_goal_changed()

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(self.tr("What do you want?"), self.goal_box)
        form.addRow(self.tr("Lines or pages to learn from"), self.samples_box)
        form.addRow(self.tr("Learns on"), self.cards_box)
        self._counted = label("hint", wrap=True)
        self._trouble = label("bad", wrap=True)
        buttons = ButtonBox()
        self.apply_button = buttons.addButton(self.tr("Put it into the config"), ButtonBox.ButtonRole.AcceptRole)
        if self.apply_button is not None:
            self.apply_button.setProperty("role", "primary")
        buttons.addButton(ButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addWidget(self._counted)
        column.addWidget(self._trouble)
        column.addWidget(scrolled(self._rows), 1)
        column.addWidget(buttons)

    @property
    def situation(self) -> Situation:
        """What was answered."""
        dictionary = self._dataset / "dict.txt" if self._dataset is not None else None
        return Situation(
            self.goal_box.currentData(),
            self.samples_box.value(),
            self.cards_box.currentData(),
            "paddleocr" if self._engine == "paddleocr" else "builtin",
            dictionary.resolve().as_posix() if dictionary is not None and dictionary.is_file() else None,
        )

    def _on_goal_changed(self) -> None:
        known = self._samples.get("det" if self.goal_box.currentData() == "find" else "rec", 0)
        self._counted.setText(
            self.tr("Counted in the training list.")
            if known
            else self.tr("There is no training list for that yet: estimate them.")
        )
        blocker = QSignalBlocker(self.samples_box)
        self.samples_box.setValue(known or USUAL_SAMPLES)
        blocker.unblock()
        self._fill()

    def _fill(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        try:
            self.config, self.recipe = with_recipe(self._before, self.situation, self._dataset)
        except StudioError as error:
            self.config = self.recipe = None
            self._trouble.setText(in_words(error))
        self._trouble.setVisible(self.recipe is None)
        if self.apply_button is not None:
            self.apply_button.setEnabled(self.recipe is not None)
        if self.recipe is None:
            return
        for remark in self.recipe.remarks:
            self._column.addWidget(_remark_row(remark))
        for advice in self.recipe.advices:
            self._column.addWidget(self._advice_row(advice))
        self._column.addStretch(1)

    def _advice_row(self, advice: Advice) -> QWidget:
        name, value, why = label(), label("good"), label("hint", wrap=True)
        name.setText(label_of(advice.key) or advice.key)
        name.setToolTip(advice.key)
        old, new = shown(self._before.get(advice.key)), shown(advice.value)
        value.setText(new if old == new else f"{old} → {new}")
        value.setWordWrap(len(value.text()) > 40)
        why.setText(f"{_said(advice.why).format(**advice.values)} {self._source(advice.source)}")
        return _block(name, value, why)

    def _source(self, source: str) -> str:
        return self.tr("({source})").format(source=_said(source))


def _remark_row(remark: Remark) -> QWidget:
    text, source = label("warn", wrap=True), label("hint", wrap=True)
    text.setText(_said(remark.what).format(**remark.values))
    source.setText(_said(remark.source))
    return _block(text, None, source)


def _block(name: QWidget, value: QWidget | None, why: QWidget) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, GRID // 2, 0, 0)
    column.setSpacing(2)
    if value is None:
        column.addWidget(name)
    else:
        line = row(name, value)
        line.setStretch(0, 1)
        column.addLayout(line)
    column.addWidget(why)
    rule = QFrame()
    rule.setProperty("role", "line")
    rule.setFixedHeight(1)
    column.addSpacing(GRID // 2)
    column.addWidget(rule)
    return block


def _said(text: str) -> str:
    return QCoreApplication.translate("Recipes", text)
