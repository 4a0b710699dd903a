"""What the config is compared with, and the ways back: the differences tab, its command line, and the form's arrows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog

from ocrstudio.core.config_difference import ABSENT, Difference, value_at
from ocrstudio.core.errors import StudioError
from ocrstudio.core.findings import Finding
from ocrstudio.formats.config_base import Base, find_base
from ocrstudio.formats.config_overrides import COPIES, Override, overrides_of
from ocrstudio.services.background import Background, tried
from ocrstudio.services.config_draft import ConfigDraft
from ocrstudio.ui.pages.config.engine_bar import EngineBar
from ocrstudio.ui.pages.config.left_side import DIFFERENCES, LeftSide


class Comparing(QObject):
    """Keeps the differences tab in step with the draft.

    Args:
        draft: The config.
        left: Where differences are shown.
        engine_bar: Whose checkout's configs may be the template.
        parent: Owner; it calls `close`.
    """

    failed = pyqtSignal(object)  # StudioError

    def __init__(self, draft: ConfigDraft, left: LeftSide, engine_bar: EngineBar, parent: QObject) -> None:
        super().__init__(parent)
        self._draft, self._left, self._engine_bar = draft, left, engine_bar
        self._background = Background(self, threads=1)
        self._others: list[Base] = []
        self._chosen: Base | None = None
        self._taken: tuple[str, list[Finding]] = ("", [])
        self._looked_for: tuple[Any, str] | None = None
        draft.base_changed.connect(self._on_draft_base_changed)
        left.differences.compared_changed.connect(self._on_compared_changed)
        left.differences.revert_requested.connect(self._on_revert_requested)
        left.tree.template_requested.connect(self._on_template_requested)
        left.overrides.overrides_typed.connect(self._on_overrides_typed)

    def close(self) -> None:
        """Drops what is under way."""
        self._background.close()

    def look_for_base(self, opened: Base | None = None) -> None:
        """Finds the template of a config that does not say where it came from.

        Args:
            opened: The file as it was opened: something to compare with, and the template if none is found.
        """
        plain, known = self._draft.config.plain(), self._engine_bar.known
        checkout = known.checkout if known is not None else None
        before = self._draft.base

        def take(base: object) -> None:
            if self._draft.base is not before:
                return  # another config was chosen meanwhile
            found = base if isinstance(base, Base) else opened
            if found is not None and (before is None or found.name != before.name):
                self._draft.set_base(found)
            if opened is not None and found is not opened:
                self._others = [opened]
                self._offer()

        self._background.run(lambda: tried(lambda: find_base(plain, checkout)), take)

    def show_since(self, before: Base) -> None:
        """Shows what changed since a state of the config."""
        self._others = [before, *(base for base in self._others if base.name != before.name)]
        self._chosen = before
        self._offer()
        self.refresh()
        self._left.tabs.setCurrentIndex(DIFFERENCES)

    def _follow(self) -> None:
        """Another model's config, such as undo brings back, has another template."""
        base, config = self._draft.base, self._draft.config
        named = (config.get("Global.model_name"), config.task)
        if base is not None and named != self._looked_for and named != base.model:
            self._looked_for = named
            self.look_for_base()

    def refresh(self) -> frozenset[str]:
        """Compares anew; paths that differ from the template."""
        self._follow()
        draft, view = self._draft, self._left.differences
        found = draft.differences()
        self._left.show_count(len(found))
        chosen = view.base
        others = found if chosen is draft.base else draft.differences(chosen) if chosen is not None else []
        view.show_differences(others, draft.text)
        if draft.base is not None:
            overrides, notes = overrides_of(found)
            taken = self._taken[1] if self._taken[0] == draft.text else []  # until something else changes
            self._left.overrides.show_overrides(f"{Path(draft.base.name).stem}.yml", overrides, [*taken, *notes])
        self._left.overrides.setEnabled(draft.base is not None)
        return frozenset(difference.key for difference in found)

    def template_values(self, keys: list[str]) -> dict[str, Any]:
        """The template's values of general keys, those it has, as the config's own places say."""
        base = self._draft.base
        if base is None:
            return {}
        places = {key: self._draft.config.place_of(key) for key in keys}
        found = {key: value_at(base.plain, place) for key, place in places.items() if place is not None}
        return {key: value for key, value in found.items() if value is not ABSENT}

    def _offer(self) -> None:
        base = self._draft.base
        bases = [*([base] if base is not None else []), *self._others]
        if self._chosen not in bases:
            self._chosen = base
        self._left.differences.offer(bases, self._chosen)

    @pyqtSlot()
    def _on_draft_base_changed(self) -> None:
        self._others = []
        self._looked_for = None
        self._chosen = self._draft.base
        self._offer()

    @pyqtSlot(object)
    def _on_compared_changed(self, base: Base | None) -> None:
        if base is None:
            title, kinds = self.tr("Compare with a config"), self.tr("Configs (*.yml *.yaml)")
            file, _ = QFileDialog.getOpenFileName(self._left, title, "", kinds)
            if file:
                try:
                    base = Base.file(Path(file))
                except StudioError as error:
                    self.failed.emit(error)
                else:
                    self._others = [base, *self._others]
        self._chosen = base if base is not None else self._chosen
        self._offer()
        self.refresh()

    @pyqtSlot(object)
    def _on_revert_requested(self, difference: Difference) -> None:
        self._change({difference.key: difference.theirs})

    @pyqtSlot(str)
    def _on_template_requested(self, path: str) -> None:
        below = [one for one in self._draft.differences() if one.key == path or one.key.startswith(f"{path}.")]
        self._change({one.key: one.theirs for one in below})

    @pyqtSlot(object, object)
    def _on_overrides_typed(self, overrides: list[Override], about_all: list[Finding]) -> None:
        notes = [*about_all, *(note for override in overrides for note in override.notes)]
        for override in overrides:
            count = self._draft.config.copies(override.key)
            if count:
                notes.append(Finding("warning", COPIES, values={"key": override.key, "count": count}))
        if self._change({override.key: override.value for override in overrides}, copies=False):
            self._taken = (self._draft.text, notes)
            self._left.overrides.clear_typed()
            self.refresh()

    def _change(self, changes: dict[str, Any], *, copies: bool = True) -> bool:
        try:
            self._draft.take_over(self._draft.changed_copy(changes, copies=copies))
        except StudioError as error:
            self.failed.emit(error)
            return False
        return True
