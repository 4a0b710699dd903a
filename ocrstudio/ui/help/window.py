"""The help's window: contents and search on the left, the topic on the right, back and forward above it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QShortcut,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.shortcuts import Shortcuts
from ocrstudio.ui.actions import native_keys, plain_text
from ocrstudio.ui.help import topics
from ocrstudio.ui.help.browser import HelpBrowser
from ocrstudio.ui.i18n import current_language
from ocrstudio.ui.icons import icon
from ocrstudio.ui.widgets.dialog import Dialog
from ocrstudio.ui.widgets.parts import GRID, SearchField, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

LETTERS, LINES = 132, 44  # size of the window in average letters and lines of the text font
CONTENTS_LETTERS = 34
# Part of the text: Qt paints an indentation of a chosen row in a colour of its own.
INDENT = "\u2003"
PLACE_ROLE = int(Qt.ItemDataRole.UserRole)
# A link to `page:train` or `command:undo` is carried out by the window.
WINDOW_LINKS = ("page", "command")


class HelpWindow(Dialog):
    """Stays open beside the work; follows language, theme, text size and keys at once.

    Args:
        shortcuts: Names and keys of all commands.
        parent: The window.
    """

    wish_met = pyqtSignal(str, str)  # "page" or "command", and which: a link was followed that the window carries out

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpWindow")
        self.setWindowFlags(Qt.WindowFlags(Qt.WindowType.Window))
        letters = self.fontMetrics()
        self.resize(LETTERS * letters.averageCharWidth(), LINES * letters.lineSpacing())
        self._shortcuts = shortcuts
        self._sections: list[topics.Section] = []
        self._markdown: dict[str, str] = {}
        self._places: list[str] = []
        self._now = -1
        self._build()
        self._connect()
        self._read()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        words = TranslatedWidget(self)
        self.search = SearchField("helpSearch")
        self.contents = QTreeWidget()
        self.contents.setObjectName("helpContents")
        self.contents.setHeaderHidden(True)
        self.contents.setIndentation(0)
        self.contents.setRootIsDecorated(False)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._nothing = label("muted", "helpNothing", wrap=True)
        self._nothing.hide()
        self.text = HelpBrowser()
        self.back, self.forward = (
            self._arrow("helpBack", "fa5s.arrow-left"),
            self._arrow("helpForward", "fa5s.arrow-right"),
        )
        left, right = QWidget(), QWidget()
        left_column, right_column = QVBoxLayout(left), QVBoxLayout(right)
        left_column.setContentsMargins(0, 0, GRID, 0)
        right_column.setContentsMargins(GRID, 0, 0, 0)
        for widget in (self.search, self._nothing, self.contents):
            left_column.addWidget(widget)
        right_column.addLayout(row(self.back, self.forward, None))
        right_column.addWidget(self.text)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        letter = self.fontMetrics().averageCharWidth()
        split.setSizes([CONTENTS_LETTERS * letter, (LETTERS - CONTENTS_LETTERS) * letter])
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        outer = QVBoxLayout(self)
        outer.addWidget(words)
        words.say(self.setWindowTitle, lambda: self.tr("Help of OCR Studio"))
        words.say(self.search.setPlaceholderText, lambda: self.tr("Search the help"))
        words.say(self.search.setAccessibleName, lambda: self.tr("Search the help"))
        words.say(self.contents.setAccessibleName, lambda: self.tr("Contents"))
        words.say(self.text.setAccessibleName, lambda: self.tr("Topic"))
        words.say(self._nothing.setText, lambda: self.tr("Nothing found. Try one word, or a part of it."))
        for made, name in ((self.back, lambda: self.tr("Back")), (self.forward, lambda: self.tr("Forward"))):
            words.say(made.setToolTip, name)
            words.say(made.setAccessibleName, name)

    def _arrow(self, name: str, icon_name: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setIcon(icon(icon_name))
        return made

    def _connect(self) -> None:
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.contents.currentItemChanged.connect(self._follow_item)
        self.contents.itemClicked.connect(self._follow_item)
        self.text.link_followed.connect(self.follow)
        self.back.clicked.connect(partial(self._go, -1))
        self.forward.clicked.connect(partial(self._go, 1))
        self._shortcuts.changed.connect(self._read)
        self._key(QKeySequence.StandardKey.Back, partial(self._go, -1))
        self._key(QKeySequence.StandardKey.Forward, partial(self._go, 1))
        self._key(QKeySequence.StandardKey.Find, self.search.setFocus)

    def _key(self, key: QKeySequence.StandardKey, slot: Callable[..., None]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(slot)

    # --- reading ---------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _read(self) -> None:
        """Reads all topics in the language of the window, and shows the place in front again."""
        language = current_language()
        commands = {command.id: command for command in self._shortcuts.commands}

        def command(kind: str, name: str) -> str:
            if kind == "key":
                return native_keys(self._shortcuts.keys(name)[:1]) or self.tr("no key")
            return plain_text(QCoreApplication.translate("Actions", commands[name].text))

        def window_text(context: str, text: str) -> str:
            return plain_text(QCoreApplication.translate(context, text))

        self._markdown = {
            name: topics.fill(topics.read_topic(language, name), window_text, command) for name in topics.TOPICS
        }
        self._sections = [part for name, text in self._markdown.items() for part in topics.sections(name, text)]
        self._list()
        if self._places:
            self._show(self._places[self._now])

    @pyqtSlot()
    @pyqtSlot(str)
    def _list(self, _text: str = "") -> None:
        """Lists the contents, or what was found."""
        wanted = self.search.text().strip()
        hits = topics.search(self._sections, wanted)
        self.contents.blockSignals(True)
        self.contents.clear()
        self._nothing.setVisible(bool(wanted) and not hits)
        if wanted:
            titles = {part.topic: part.title for part in self._sections if part.level == 1}
            for hit in hits:
                title, topic = hit.section.title, titles[hit.section.topic]
                item = self._add(self.contents, hit.section, title if title == topic else f"{title} – {topic}")
                item.setToolTip(0, hit.around)
        else:
            self._list_contents()
        self.contents.blockSignals(False)
        self.text.mark_words(wanted.split())

    def _list_contents(self) -> None:
        topic: QTreeWidgetItem | None = None
        for section in self._sections:
            if section.level == 1:
                topic = self._add(self.contents, section, section.title)
            elif topic is not None:
                self._add(topic, section, INDENT + section.title)
        self._mark_place()

    def _add(self, parent: QTreeWidget | QTreeWidgetItem, section: topics.Section, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text])
        item.setData(0, PLACE_ROLE, section.place)
        return item

    # --- places ----------------------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """What is shown, such as `train.md#steps`; empty before the first."""
        return self._places[self._now] if self._places else ""

    @pyqtSlot(str)
    def follow(self, link: str) -> None:
        """Goes where a link of a topic points."""
        kind, _, rest = link.partition(":")
        if rest and kind in WINDOW_LINKS:
            self.wish_met.emit(kind, rest)
            return
        topic, _, anchor = link.partition("#")
        name = topic.removesuffix(topics.ENDING)
        if not name and self._places:
            name = self.place.partition(topics.ENDING)[0]
        if name in self._markdown:
            self.go_to(name, anchor)

    def go_to(self, topic: str, anchor: str = "") -> None:
        """Shows a topic of `topics.TOPICS`, from its beginning or from a heading's id on."""
        place = f"{topic}{topics.ENDING}#{anchor}" if anchor else topic + topics.ENDING
        if place != self.place:
            self._places = [*self._places[: self._now + 1], place]
            self._now = len(self._places) - 1
        self._show(place)

    def _go(self, step: int) -> None:
        if 0 <= self._now + step < len(self._places):
            self._now += step
            self._show(self.place)

    def _show(self, place: str) -> None:
        topic, _, anchor = place.partition(topics.ENDING)
        self.text.show_topic(self._markdown[topic])
        if anchor:
            self.text.show_section(anchor.removeprefix("#"))
        self.text.mark_words(self.search.text().split())
        self.back.setEnabled(self._now > 0)
        self.forward.setEnabled(self._now < len(self._places) - 1)
        if not self.search.text().strip():
            self._mark_place()

    def _mark_place(self) -> None:
        """Marks the topic in front in the contents, opened, and closes the others."""
        name = self.place.partition(topics.ENDING)[0]
        self.contents.blockSignals(True)
        for number in range(self.contents.topLevelItemCount()):
            item = self.contents.topLevelItem(number)
            if item is None:
                continue
            is_front = str(item.data(0, PLACE_ROLE)).partition(topics.ENDING)[0] == name
            item.setExpanded(is_front)
            if is_front:
                inner = [item.child(index) for index in range(item.childCount())]
                exact = [child for child in inner if child is not None and child.data(0, PLACE_ROLE) == self.place]
                self.contents.setCurrentItem(exact[0] if exact else item)
        self.contents.blockSignals(False)

    def _follow_item(self, item: QTreeWidgetItem | None, *_: object) -> None:
        if item is not None:
            self.follow(str(item.data(0, PLACE_ROLE)))

    @pyqtSlot()
    def _on_search_return_pressed(self) -> None:
        if self.search.text().strip():
            self._follow_item(self.contents.topLevelItem(0))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._read()
        super().changeEvent(event)
