"""Many values at once: what the project knows, and recipes. What changed is shown, and can be undone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.checkout_config import count_samples
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_base import Base
from ocrstudio.formats.config_fill import fill_in
from ocrstudio.services.background import Background, tried
from ocrstudio.services.config_draft import ConfigDraft
from ocrstudio.ui.pages.config import project_files
from ocrstudio.ui.pages.config.comparing import Comparing
from ocrstudio.ui.pages.config.engine_bar import EngineBar
from ocrstudio.ui.pages.config.recipe_dialog import RecipeDialog
from ocrstudio.ui.widgets.message_bar import MessageBar


class Helping(QObject):
    """Changes the draft in one step, and says so.

    Args:
        draft: The config.
        engine_bar: Says what trains.
        comparing: Shows what changed.
        message: Where that is told.
        parent: Owner, and of the dialog; it calls `close`.
    """

    changed = pyqtSignal()  # the draft has other values now

    def __init__(
        self, draft: ConfigDraft, engine_bar: EngineBar, comparing: Comparing, message: MessageBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft, self._engine_bar, self._comparing = draft, engine_bar, comparing
        self._message, self._window = message, parent
        self._background = Background(self, threads=1)

    def close(self) -> None:
        """Drops what is under way."""
        self._background.close()

    def fill_in(self, project: Path) -> None:
        """Puts what a project knows into the config, with the dataset in use or the one written last."""
        found = project_files.datasets(project)
        dataset = self._draft.dataset() or (project_files.newest(found) if found else None)
        if self._draft.error is not None or dataset is None:
            return
        known = self._engine_bar.known
        work = partial(
            fill_in,
            self._draft.config.raw_copy(),
            dataset,
            project_files.output_folder(project),
            own_characters=self._draft.wants_own_characters,
            checkout=known.checkout if known is not None else None,
        )
        self._background.run(lambda: tried(work), partial(self._take_filled, self._draft.text))

    def _take_filled(self, text: str, filled: TrainConfig | StudioError) -> None:
        if isinstance(filled, StudioError):
            self._message.show_error(filled)
        elif text == self._draft.text:  # else something was typed meanwhile, which goes before
            self.apply(filled, self.tr("before filling in"))

    @pyqtSlot()
    def ask_for_recipe(self) -> None:
        """Opens the dialog once the lines to learn from are counted."""
        if self._draft.error is None:
            config, dataset = self._draft.config.raw_copy(), self._draft.dataset()
            self._background.run(lambda: tried(lambda: _count(config, dataset)), self._open_recipes)

    def _open_recipes(self, samples: dict[str, int] | StudioError) -> None:
        known = samples if isinstance(samples, dict) else {}  # a list that cannot be read
        engine = "paddleocr" if self._engine_bar.known is not None else "builtin"
        config = self._draft.config.raw_copy()
        dialog = RecipeDialog(config, known, engine, self._draft.dataset(), self._window)
        dialog.accepted.connect(partial(self._take_recipe, dialog))
        dialog.open()

    def _take_recipe(self, dialog: RecipeDialog) -> None:
        if dialog.config is None or dialog.recipe is None:
            return
        other = dialog.config.task != self._draft.config.task
        self.apply(dialog.config, self.tr("before the recipe"), dialog.recipe.template if other else "")

    def apply(self, config: TrainConfig, state: str, template: str = "") -> None:
        """Takes over a changed copy of the config in one step, and shows what changed.

        Args:
            config: The copy.
            state: What the state before is called.
            template: Name of the template that it now is made from, if that is another one.
        """
        before = Base.of(state, self._draft.config)
        changed = self._draft.take_over(config)
        if template:
            self._draft.set_base(Base.template(template))
        if not changed:
            self._message.show_message("good", lambda: self.tr("Everything is as it should be; nothing was changed."))
            return
        self._comparing.show_since(before)
        self.changed.emit()
        self._message.show_message(
            "good",
            lambda: self.tr("Values that were changed: {count}. They are listed below.").format(count=len(changed)),
            action=lambda: self.tr("Undo"),
        )


def _count(config: TrainConfig, dataset: Path | None) -> dict[str, int]:
    """Lines and pages to learn from: those of the dataset's parts, and of the config's own lists."""
    found = {}
    for task in ("rec", "det"):
        file = dataset / task / "train.txt" if dataset is not None else None
        if file is not None and file.is_file():
            other = config.raw_copy()
            other.set("Train.dataset.label_file_list", [file.as_posix()])
            found[task] = count_samples(other, "Train")
    lists = config.get("Train.dataset.label_file_list") or []
    if all(Path(file).is_file() for file in lists):
        found[config.task] = count_samples(config, "Train")
    return found
