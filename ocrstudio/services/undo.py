"""Undo steps of a page: each holds the page before and after, so a step can never half apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt5.QtWidgets import QUndoCommand

from ocrstudio.core.page import Page

# Qt asks only commands of the same non-negative id whether they merge.
MERGEABLE_ID = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the document shows at one moment. Boxes are immutable and shared, so a snapshot costs one tuple."""

    page: Page
    selection: tuple[str, ...]


class PageCommand(QUndoCommand):
    """One step from one snapshot of a page to another."""

    def __init__(
        self,
        text: str,
        before: Snapshot,
        after: Snapshot,
        restore: Callable[[Snapshot], None],
        merge_key: tuple[str, ...] | None = None,
    ) -> None:
        """Makes the step; pushing it on a stack applies it.

        Args:
            text: What the user reads in the Edit menu, already translated.
            before: The state that undo brings back.
            after: The state that redo brings back.
            restore: Shows and stores a snapshot; reports its own failure.
            merge_key: Steps with the same key that follow each other become one step; None never merges.
        """
        super().__init__(text)
        self._before = before
        self._after = after
        self._restore = restore
        self._merge_key = merge_key

    @property
    def before(self) -> Snapshot:
        """The state that undo brings back."""
        return self._before

    @property
    def after(self) -> Snapshot:
        """The state that redo brings back."""
        return self._after

    def undo(self) -> None:
        """Brings back the state before this step."""
        self._restore(self._before)

    def redo(self) -> None:
        """Brings back the state after this step."""
        self._restore(self._after)

    def id(self) -> int:
        """The kind of step that may merge; -1 for one that never does."""
        return -1 if self._merge_key is None else MERGEABLE_ID

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Takes over a following step of the same key, so that one undo takes both back."""
        if not isinstance(other, PageCommand) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        return True
