"""Undo steps of a page: each holds the page before and after, so a step can never half apply.

Every step is also written to the page's history on disk, from where it comes back after a restart, or when a page is
opened again whose steps were dropped from memory.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSlot
from PyQt5.QtWidgets import QUndoCommand, QUndoGroup, QUndoStack

from ocrstudio.core.page import Page
from ocrstudio.formats.history import HistoryError, HistoryFiles, PageHistory, StoredStep

log = logging.getLogger(__name__)

# Qt asks only commands of the same non-negative id whether they merge.
MERGEABLE_ID = 1
# Pages whose history is kept in memory when another page is opened; the oldest one goes first.
REMEMBERED_PAGES = 20
# Steps on the open page's stack: beyond so many, the older half waits on disk until undo comes near it.
MOST_STEPS = 400
FEWEST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the document shows at one moment. Boxes are immutable and shared, so a snapshot costs one tuple."""

    page: Page
    selection: tuple[str, ...]


Restore = Callable[[Snapshot], None]
# Turns the open page's image by quarters clockwise and restores the snapshot when that is done.
Turn = Callable[[int, Snapshot], None]


class PageCommand(QUndoCommand):
    """One step from one snapshot of a page to another."""

    def __init__(
        self,
        step: str,
        before: Snapshot,
        after: Snapshot,
        restore: Restore,
        merge_key: tuple[str, ...] | None = None,
    ) -> None:
        """Makes the step; pushing it on a stack applies it.

        Args:
            step: English name of the context "Steps", shown translated in the Edit menu.
            before: The state that undo brings back.
            after: The state that redo brings back.
            restore: Shows and stores a snapshot; reports its own failure.
            merge_key: Steps with the same key that follow each other become one step; None never merges.
        """
        super().__init__(shown_step(step))
        self.step = step
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


class _StoredCommand(QUndoCommand):
    """A step that came from disk: it is worked out only when it is undone or redone."""

    def __init__(self, step: StoredStep, owner: UndoHistory) -> None:
        super().__init__(shown_step(step.name))
        self._step = step
        self._owner = owner

    def undo(self) -> None:
        self._owner.travel(self._step, forth=False)

    def redo(self) -> None:
        self._owner.travel(self._step, forth=True)


@dataclass
class _Entry:
    """What is remembered of one page.

    Attributes:
        stack: Its steps as far as they are in memory.
        history: All of its steps, on disk; None without a project.
        first: How many steps of `history` are older than those on the stack.
        left: The page as it was left; None while it is open.
    """

    stack: QUndoStack
    history: PageHistory | None = None
    first: int = 0
    left: Page | None = field(default=None)


class UndoHistory(QUndoGroup):
    """The open page's undo stack, under one name whichever page is open; other pages' stacks wait for their return.

    `undo`, `redo`, `canUndo`, `canRedo`, `undoText`, `isClean` and their signals are those of the open page's stack.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nothing = QUndoStack(self)
        self._open: _Entry | None = None
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._files: HistoryFiles | None = None
        self._restore: Restore | None = None
        self._page: Page | None = None
        self._is_busy = False  # the stack changes without anything being undone or redone
        self.turn: Turn | None = None
        self.setActiveStack(self._nothing)
        self.indexChanged.connect(self._on_index_changed)

    def attach(self, files: HistoryFiles | None, restore: Restore) -> None:
        """Works on another project from now on.

        Args:
            files: Where its histories are; None keeps steps in memory only.
            restore: Shows and stores a snapshot of the open page; reports its own failure.
        """
        self.forget_all()
        self._files = files
        self._restore = restore

    def open(self, page: Page) -> None:
        """Goes on with a page's history if the page is as the history left it, else begins a new one."""
        entry = self._entries.pop(page.key, None)
        if entry is None or entry.left != page:
            if entry is not None:
                self._drop(entry)
            entry = self._loaded(page)
        entry.left = None
        self._entries[page.key] = entry
        self._open, self._page = entry, page
        self.setActiveStack(entry.stack)
        while len(self._entries) > REMEMBERED_PAGES:
            _, oldest = self._entries.popitem(last=False)
            self._drop(oldest)

    def leave(self, page: Page) -> None:
        """No page is open any more; `page` is how the history leaves it."""
        entry = self._open
        if entry is not None:
            history = entry.history
            # After a step that could not be done the history is read again, and goes on from where the page is.
            entry.left = page if history is None or history.is_at(page) else None
        self._open = self._page = None
        self.setActiveStack(self._nothing)

    def forget_all(self) -> None:
        """Drops the history of every page from memory."""
        self._open = self._page = None
        self.setActiveStack(self._nothing)
        for entry in self._entries.values():
            self._drop(entry)
        self._entries.clear()
        self._files = None

    def push(self, command: PageCommand) -> None:
        """Does a step on the open page."""
        if self._open is None:
            self._nothing.push(command)
            self._nothing.clear()
            return
        entry, stack = self._open, self._open.stack
        self._is_busy = True
        try:
            stack.push(command)
        finally:
            self._is_busy = False
        top = stack.command(stack.index() - 1)
        if isinstance(top, PageCommand):
            self._page = top.after.page
            self._write(entry, top)
        if stack.count() > MOST_STEPS and entry.history is not None and entry.history.is_kept:
            self._fill(entry, len(entry.history.steps) - FEWEST_STEPS)

    def record(self, step: str, before: Page, after: Page, *, turns: int = 0) -> None:
        """Takes note of a step on a page that is not open.

        Args:
            step: English name, of the context "Steps".
            before: The page before it.
            after: The page after it, as stored.
            turns: Quarters clockwise by which it turned the image.
        """
        entry = self._entries.pop(after.key, None)
        if entry is not None:
            self._drop(entry)
        if self._files is not None:
            history = self._files.page(after.file)
            if not history.fits(before):
                history.begin_anew()
            history.add(history.index + 1, step, (before, ()), (after, ()), turns=turns)

    def clear(self) -> None:
        """Drops the open page's history."""
        if self._open is not None:
            self._is_busy = True
            self._open.stack.clear()
            self._is_busy = False
            self._open.first = 0
            if self._open.history is not None:
                self._open.history.begin_anew()

    def count(self) -> int:
        """How many steps the open page's history holds, those taken back included."""
        if self._open is None:
            return 0
        return self._open.first + self._open.stack.count()

    def index(self) -> int:
        """How many of them are done."""
        return self._open.first + self._open.stack.index() if self._open is not None else 0

    def travel(self, step: StoredStep, *, forth: bool) -> None:
        """Does a step from disk again, or takes it back."""
        if self._is_busy or self._page is None or self._restore is None:
            return
        try:
            page, selection = step.done(self._page) if forth else step.undone(self._page)
            turns = step.turns() * (1 if forth else -1)
        except HistoryError:
            log.warning("a step of %s cannot be used", self._page.file, exc_info=True)
            return
        if turns and self.turn is not None:
            self.turn(turns, Snapshot(page, selection))
        else:
            self._page = page
            self._restore(Snapshot(page, selection))

    def _loaded(self, page: Page) -> _Entry:
        entry = _Entry(QUndoStack(self))
        if self._files is not None:
            entry.history = self._files.page(page.file)
            if not entry.history.fits(page):
                entry.history.begin_anew()
            self._fill(entry, entry.history.index - FEWEST_STEPS)
        return entry

    def _fill(self, entry: _Entry, first: int) -> None:
        """Puts the steps of the history from number `first` (from 0) on the stack."""
        if entry.history is None:
            return
        entry.first = max(0, first)
        done = entry.history.index
        self._is_busy = True
        try:
            entry.stack.clear()
            for step in entry.history.steps[entry.first :]:
                entry.stack.push(_StoredCommand(step, self))
            entry.stack.setIndex(done - entry.first)
        finally:
            self._is_busy = False

    def _write(self, entry: _Entry, command: PageCommand) -> None:
        if entry.history is not None:
            before, after = command.before, command.after
            entry.history.add(
                entry.first + entry.stack.index(),
                command.step,
                (before.page, before.selection),
                (after.page, after.selection),
            )

    @pyqtSlot(int)
    def _on_index_changed(self, index: int) -> None:
        entry = self._open
        if entry is None or self._is_busy or self.activeStack() is not entry.stack:
            return
        stack = entry.stack
        last = stack.command(index) if index < stack.count() else None
        done = stack.command(index - 1) if index else None
        if isinstance(last, PageCommand):
            self._page = last.before.page
        elif isinstance(done, PageCommand):
            self._page = done.after.page
        if entry.history is not None:
            entry.history.move(entry.first + index)
            if index == 0 and entry.first:
                self._fill(entry, entry.first - FEWEST_STEPS)

    def _drop(self, entry: _Entry) -> None:
        self.removeStack(entry.stack)
        entry.stack.deleteLater()


def shown_step(step: str) -> str:
    """The name of a step in the language in use."""
    return QCoreApplication.translate("Steps", step)
