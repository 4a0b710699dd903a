"""Undo steps of a page: each holds the page before and after, so a step can never half apply."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QUndoCommand, QUndoGroup, QUndoStack

from ocrstudio.core.page import Page

# Qt asks only commands of the same non-negative id whether they merge.
MERGEABLE_ID = 1
# Pages whose history is kept when another page is opened; the oldest one goes first.
REMEMBERED_PAGES = 40


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


class UndoHistory(QUndoGroup):
    """The open page's undo stack, under one name whichever page is open; other pages' stacks wait for their return.

    `undo`, `redo`, `canUndo`, `canRedo`, `undoText`, `isClean` and their signals are those of the open page's stack.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nothing = QUndoStack(self)
        self._open: tuple[QUndoStack, str] | None = None
        self._stacks: OrderedDict[str, tuple[QUndoStack, Page | None]] = OrderedDict()
        self.setActiveStack(self._nothing)

    def open(self, page: Page) -> None:
        """Goes on with a page's history if the page is as the history left it, else begins a new one."""
        stack, left = self._stacks.pop(page.key, (None, None))
        if stack is None:
            stack = QUndoStack(self)
        elif left != page:
            stack.clear()
        self._stacks[page.key] = (stack, None)
        self._open = (stack, page.key)
        self.setActiveStack(stack)
        while len(self._stacks) > REMEMBERED_PAGES:
            _, (oldest, _) = self._stacks.popitem(last=False)
            self._drop(oldest)

    def leave(self, page: Page) -> None:
        """No page is open any more; `page` is how the history leaves it."""
        if self._open is not None:
            self._stacks[page.key] = (self._open[0], page)
        self._open = None
        self.setActiveStack(self._nothing)

    def forget_all(self) -> None:
        """Drops the history of every page."""
        self._open = None
        self.setActiveStack(self._nothing)
        for stack, _ in self._stacks.values():
            self._drop(stack)
        self._stacks.clear()

    def push(self, command: PageCommand) -> None:
        """Does a step on the open page."""
        self._stack.push(command)

    def record(self, step: str, before: Page, after: Page) -> None:
        """Takes note of a step on a page that is not open."""
        stack, _ = self._stacks.pop(after.key, (None, None))
        if stack is not None:
            self._drop(stack)

    def clear(self) -> None:
        """Drops the open page's history."""
        self._stack.clear()

    def count(self) -> int:
        """How many steps the open page's history holds, those taken back included."""
        return self._stack.count()

    def index(self) -> int:
        """How many of them are done."""
        return self._stack.index()

    @property
    def _stack(self) -> QUndoStack:
        return self._open[0] if self._open is not None else self._nothing

    def _drop(self, stack: QUndoStack) -> None:
        self.removeStack(stack)
        stack.deleteLater()
