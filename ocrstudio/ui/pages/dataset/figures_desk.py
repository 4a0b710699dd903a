"""What the figures' buttons do: list the lines behind a figure, open one of them, mend what can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.lines import PageLines
from ocrstudio.core.page import PageState
from ocrstudio.core.statistics import ODDITIES, Ref, lines_in_bar, lines_with, odd_lines
from ocrstudio.services.page_lot import LotReport
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.project_statistics import ProjectStatistics
from ocrstudio.services.replacing import Replacing
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.pages.dataset.figure_words import ODD, TITLES, named, named_state
from ocrstudio.ui.pages.dataset.figures_card import FiguresCard
from ocrstudio.ui.pages.dataset.lines_behind import PAGE_ONLY, LinesBehind, refs_of
from ocrstudio.ui.widgets.message_bar import Kind, MessageBar


class FiguresDesk(QObject):
    """Serves a `FiguresCard`.

    Args:
        session: The open project.
        statistics: Its figures.
        card: Asks.
        message: Says what was mended, with a button to take it back.
        parent: Owner; the window of the lists.
    """

    shown = pyqtSignal()  # a page is being opened, which Annotate shows

    def __init__(
        self,
        session: ProjectSession,
        statistics: ProjectStatistics,
        card: FiguresCard,
        message: MessageBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._statistics, self._card, self._message = session, statistics, card, message
        self._window = parent
        self.list: LinesBehind | None = None
        self._to_select: tuple[str, int] | None = None
        self.replacing = Replacing(session, self)
        self.replacing.finished.connect(self._on_replacing_finished)
        self.replacing.taken_back.connect(self._on_replacing_taken_back)
        self._taking_back = lambda: self.tr("Take back")
        message.action_requested.connect(self._on_message_action_requested)
        card.bar_chosen.connect(self._on_card_bar_chosen)
        card.character_chosen.connect(self.show_character)
        card.oddity_chosen.connect(self._on_card_oddity_chosen)
        card.alike_chosen.connect(self._on_card_alike_chosen)
        card.repair_requested.connect(self._on_card_repair_requested)
        session.page_opened.connect(self._on_session_page_opened)
        session.project_closed.connect(self.close_list)
        # not at once: whoever shows the new page may select a line of its own
        self._select_timer = single_shot(self, 0, self._select)

    def close(self) -> None:
        """Stops mending between two pages and closes the list."""
        self.replacing.close()
        self.close_list()

    @pyqtSlot()
    def close_list(self) -> None:
        """Closes the list of lines, if one is open."""
        if self.list is not None:
            self.list.close()
            self.list.deleteLater()
            self.list = None

    def _show(self, title: str, refs: Sequence[tuple[str, int, str]]) -> None:
        self.close_list()
        self.list = LinesBehind(title, refs, self._window)
        self.list.line_chosen.connect(self._on_list_line_chosen)
        self.list.show()

    @pyqtSlot(str, int)
    def _on_card_bar_chosen(self, name: str, bar: int) -> None:
        title = f"{named(TITLES[name])}: {self._card.histograms[name].range_text(bar)}"
        self._show(title, refs_of(lines_in_bar(self._statistics.figures(), name, bar)))

    @pyqtSlot(str)
    def show_pages(self, state: str) -> None:
        """Lists the pages of a state; all for "", those with boxes for "boxes", those with text for "lines"."""
        store = self._session.store
        if store is None:
            return
        if state in ("boxes", "lines"):
            found = [page for page in self._statistics.figures() if state == "boxes" or page.readable]
            keys = [page.lines.key for page in found]
        else:
            keys = [key for key in self._session.keys if state in ("", store.states[key].value)]
        titles = {"": self.tr("All pages"), "boxes": self.tr("Pages with boxes"), "lines": self.tr("Pages with text")}
        title = titles.get(state) or self.tr("Pages: {state}").format(state=named_state(PageState(state)))
        self._show(title, [(key, PAGE_ONLY, "") for key in keys])

    @pyqtSlot(str)
    def show_character(self, character: str) -> None:
        """Lists the lines that have a character."""
        title = self.tr("Lines with {character}").format(character=character)
        self._show(title, refs_of(lines_with(self._statistics.figures(), character)))

    @pyqtSlot(str)
    def _on_card_oddity_chosen(self, name: str) -> None:
        self._show(named(ODD[name]), refs_of(odd_lines(self._statistics.figures(), name)))

    @pyqtSlot()
    def _on_card_alike_chosen(self) -> None:
        refs = [(key, PAGE_ONLY, "") for key in self._statistics.alike()]
        self._show(self.tr("Pages that look like another one"), refs)

    @pyqtSlot(str, int)
    def _on_list_line_chosen(self, key: str, row: int) -> None:
        self._session.commit_requested.emit()
        self._to_select = (key, row)
        self.shown.emit()
        page = self._session.document.page
        if page is not None and page.key == key and not self._session.is_loading:
            self._select()
        else:
            self._session.open_page(key)

    @pyqtSlot(str)
    def _on_session_page_opened(self, _key: str) -> None:
        if self._to_select is not None:
            self._select_timer.start()

    @pyqtSlot()
    def _select(self) -> None:
        page = self._session.document.page
        if self._to_select is None or page is None or page.key != self._to_select[0]:
            return
        row, self._to_select = self._to_select[1], None
        if 0 <= row < len(page.boxes):
            self._session.document.select((page.boxes[row].id,))

    @pyqtSlot(str)
    def _on_card_repair_requested(self, name: str) -> None:
        repair = ODDITIES[name].repair
        if repair is None:
            return
        if self.replacing.is_running:
            # not queued: which lines need it is known only when those that are being changed are counted again
            self._message.show_message("warn", self._busy_sentence)
            return
        by_page: dict[str, tuple[PageLines, list[int]]] = {}
        lines: list[Ref] = odd_lines(self._statistics.figures(), name)
        for page, row in lines:
            by_page.setdefault(page.key, (page, []))[1].append(row)
        self.close_list()
        self.replacing.apply(list(by_page.values()), repair)

    @pyqtSlot(object)
    def _on_replacing_finished(self, report: LotReport) -> None:
        action = self._taking_back if report.lines else None
        kind: Kind = "warn" if report.stopped else "good"
        self._message.show_message(kind, partial(self._sentence, report.lines, report.pages), action=action)

    def _busy_sentence(self) -> str:
        done, total = self.replacing.progress
        text = self.tr(
            "An earlier repair is still at work ({done} of {total} pages). Click again when it has finished."
        )
        return text.format(done=done, total=total)

    def _sentence(self, lines: int, pages: int) -> str:
        text = self.tr("{lines} lines on {pages} pages were repaired; each page can also be undone in Annotate.")
        return text.format(lines=lines, pages=pages)

    @pyqtSlot(object)
    def _on_replacing_taken_back(self, report: LotReport) -> None:
        text = self.tr("{lines} lines are as they were.")
        self._message.show_message("good", lambda: text.format(lines=report.lines))

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self._message.offers(self._taking_back):
            self._message.clear()
            self.replacing.undo_all()
