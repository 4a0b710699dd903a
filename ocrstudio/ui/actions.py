"""Every command as data: its text, icon, shortcut and menu stand in one table per page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication, QEvent, Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QWidget

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.services.shortcuts import SEPARATOR, Command
from ocrstudio.ui.icons import icon

PORTABLE = QKeySequence.SequenceFormat.PortableText


@dataclass(frozen=True)
class ActionSpec:
    """One command.

    Attributes:
        id: Name for tests and scripts; the action's `objectName`.
        text: English text, marked `QT_TRANSLATE_NOOP("Actions", ...)`; "…" at its end if a dialog follows.
        icon: qtawesome's name; empty for none.
        shortcut: Key sequences in portable form, several parted by "; ", such as "Ctrl+Y; Ctrl+Shift+Z".
        menu: Menu that shows it: "file", "edit", "boxes", "page", "view", "go", "help", or empty;
            "direction" is a menu within "boxes".
        checkable: Whether it stays on or off.
        peer: Its keys for those who come from PPOCRLabel; None: the same.
        many: English text with {count}, of the same context, while the command is about several pages.
    """

    id: str
    text: str
    icon: str = ""
    shortcut: str = ""
    menu: str = ""
    checkable: bool = False
    peer: str | None = None
    many: str = ""

    def keys(self, profile: str = "studio") -> tuple[str, ...]:
        """The keys of a profile of `services.shortcuts`, in portable form."""
        text = self.peer if profile == "ppocrlabel" and self.peer is not None else self.shortcut
        return tuple(part for part in text.split(SEPARATOR) if part)

    def key_sequences(self) -> list[QKeySequence]:
        """Our keys as Qt knows them."""
        return [QKeySequence.fromString(key, PORTABLE) for key in self.keys()]


class StudioAction(QAction):
    """A command of the window, which translates itself."""

    def __init__(self, spec: ActionSpec, owner: QWidget) -> None:
        super().__init__(owner)
        self.spec = spec
        self._count = 1
        self.setObjectName(spec.id)
        self.setCheckable(spec.checkable)
        if spec.icon:
            self.setIcon(icon(spec.icon))
        self.setShortcuts(spec.key_sequences())
        self._translate()

    def set_keys(self, keys: Iterable[str]) -> None:
        """Takes other keys, in portable form; the tooltip and the menus follow."""
        sequences = [QKeySequence.fromString(key, PORTABLE) for key in keys]
        if sequences != self.shortcuts():
            self.setShortcuts(sequences)
            self._translate()

    def set_count(self, count: int) -> None:
        """Says how many pages the command is about."""
        if count != self._count and self.spec.many:
            self._count = count
            self._translate()

    def event(self, event: QEvent) -> bool:
        # A widget hands the change of language on to all its children, actions included.
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        return super().event(event)

    def _translate(self) -> None:
        text = QCoreApplication.translate("Actions", self.spec.many if self._count > 1 else self.spec.text)
        text = text.replace("{count}", f"{self._count:,}")
        self.setText(text)
        keys = native_keys(key.toString(PORTABLE) for key in self.shortcuts())
        name = plain_text(text)
        self.setToolTip(f"{name} ({keys})" if keys else name)


def plain_text(text: str) -> str:
    """A command's text without the mark of its access key, "(&F)" in Chinese, and without the dots of a dialog."""
    return re.sub(r"\(&\w\)|&", "", text).removesuffix("…")


def native_keys(keys: Iterable[str]) -> str:
    """Keys of portable form as the user's desktop writes them, such as "Ctrl+Y, F2"."""
    return ", ".join(
        QKeySequence.fromString(key, PORTABLE).toString(QKeySequence.SequenceFormat.NativeText) for key in keys
    )


def commands_of(scope: str, table: Iterable[ActionSpec]) -> list[Command]:
    """A table's commands for `Shortcuts.add`. `scope`: name of the page, or `EVERYWHERE`."""
    return [Command(spec.id, scope, spec.text, spec.keys(), spec.keys("ppocrlabel")) for spec in table]


def make_action(
    spec: ActionSpec,
    owner: QWidget,
    slot: Callable[..., None] | None = None,
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> StudioAction:
    """Makes a command and gives it to its owner, whose shortcuts it joins.

    Args:
        spec: What it is.
        owner: The page or window it belongs to; a page's shortcuts work while the page is shown.
        slot: Called when it is triggered; a bound method of something that lives as long as `owner`.
        context: `WidgetWithChildrenShortcut` for keys that must work in one widget only.

    Returns:
        The action.
    """
    action = StudioAction(spec, owner)
    action.setShortcutContext(context)
    if slot is not None:
        action.triggered.connect(slot)
    owner.addAction(action)
    return action


def trigger_key(actions: Iterable[QAction], key: str) -> bool:
    """Triggers the command that has a key, for a widget that has to take the key press itself.

    Args:
        actions: Where to look.
        key: In portable form, such as "Space".

    Returns:
        Whether an enabled command has it.
    """
    wanted = QKeySequence(key)
    for action in actions:
        if action.isEnabled() and wanted in action.shortcuts():
            action.trigger()
            return True
    return False


PAGES = (
    ActionSpec("showAnnotate", QT_TRANSLATE_NOOP("Actions", "Annotate"), "fa5s.draw-polygon", "Ctrl+1", "go", True),
    ActionSpec("showDataset", QT_TRANSLATE_NOOP("Actions", "Dataset"), "fa5s.layer-group", "Ctrl+2", "go", True),
    ActionSpec("showConfig", QT_TRANSLATE_NOOP("Actions", "Config"), "fa5s.sliders-h", "Ctrl+3", "go", True),
    ActionSpec("showTrain", QT_TRANSLATE_NOOP("Actions", "Train"), "fa5s.chart-line", "Ctrl+4", "go", True),
    ActionSpec("showTest", QT_TRANSLATE_NOOP("Actions", "Test"), "fa5s.search", "Ctrl+5", "go", True),
    ActionSpec("showSetup", QT_TRANSLATE_NOOP("Actions", "Setup"), "fa5s.check-circle", "Ctrl+6", "go", True),
)

OPEN_FOLDER = ActionSpec(
    "openFolder", QT_TRANSLATE_NOOP("Actions", "&Open folder…"), "fa5s.folder-open", "Ctrl+O; Ctrl+U", "file"
)
OPEN_SAMPLE = ActionSpec(
    "openSample", QT_TRANSLATE_NOOP("Actions", "Open the &sample project"), "fa5s.magic", "", "file"
)
IMPORT_LABELS = ActionSpec(
    "importLabels",
    QT_TRANSLATE_NOOP("Actions", "&Import labels, PDF or zip…"),
    "fa5s.file-import",
    "Ctrl+Shift+I",
    "file",
)
EXPORT_LABELS = ActionSpec(
    "exportLabels", QT_TRANSLATE_NOOP("Actions", "&Export labels…"), "fa5s.file-export", "Ctrl+Shift+E", "file"
)
EXPORT_CROPS = ActionSpec("exportCrops", QT_TRANSLATE_NOOP("Actions", "Export &crops…"), "fa5s.crop-alt", "", "file")
PACKAGE = ActionSpec("exchangePackage", QT_TRANSLATE_NOOP("Actions", "Project &package…"), "fa5s.archive", "", "file")
OPEN_PACKAGE = ActionSpec(
    "openPackage", QT_TRANSLATE_NOOP("Actions", "Open a project pac&kage…"), "fa5s.box-open", "", "file"
)
MERGE = ActionSpec(
    "mergePackage", QT_TRANSLATE_NOOP("Actions", "&Merge a colleague's work…"), "fa5s.code-branch", "", "file"
)
PREFERENCES = ActionSpec("preferences", QT_TRANSLATE_NOOP("Actions", "P&references…"), "fa5s.cog", "Ctrl+,", "file")
REPLACE = ActionSpec(
    "replaceText", QT_TRANSLATE_NOOP("Actions", "Find and re&place…"), "fa5s.exchange-alt", "Shift+F3", "edit"
)
PROBLEMS = ActionSpec(
    "problems", QT_TRANSLATE_NOOP("Actions", "&Problems"), "fa5s.exclamation-triangle", "F8", "view", True
)
SAVE = ActionSpec("save", QT_TRANSLATE_NOOP("Actions", "&Save"), "fa5s.save", "Ctrl+S", "file")
QUIT = ActionSpec("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "fa5s.sign-out-alt", "Ctrl+Q", "file")
UNDO = ActionSpec("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "fa5s.undo", "Ctrl+Z", "edit")
REDO = ActionSpec("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), "fa5s.redo", "Ctrl+Y; Ctrl+Shift+Z", "edit")
FULL_SCREEN = ActionSpec(
    "fullScreen", QT_TRANSLATE_NOOP("Actions", "F&ull screen"), "fa5s.expand-arrows-alt", "F11", "view", True
)
LARGER = ActionSpec(
    "largerText", QT_TRANSLATE_NOOP("Actions", "&Larger text"), "fa5s.font", "Ctrl+Alt++; Ctrl+Alt+=", "view"
)
SMALLER = ActionSpec("smallerText", QT_TRANSLATE_NOOP("Actions", "S&maller text"), "", "Ctrl+Alt+-", "view")
NORMAL = ActionSpec("normalText", QT_TRANSLATE_NOOP("Actions", "&Normal text size"), "", "Ctrl+Alt+0", "view")
SHOW_HELP = ActionSpec("showHelp", QT_TRANSLATE_NOOP("Actions", "&Help"), "fa5s.question-circle", "Shift+F1", "help")
SHOW_WELCOME = ActionSpec("showWelcome", QT_TRANSLATE_NOOP("Actions", "&Welcome…"), "fa5s.hand-sparkles", "", "help")
SHOW_KEYS = ActionSpec("showKeys", QT_TRANSLATE_NOOP("Actions", "&Keys…"), "fa5s.keyboard", "F1", "help")
SHOW_ABOUT = ActionSpec("showAbout", QT_TRANSLATE_NOOP("Actions", "&About OCR Studio…"), "fa5s.info-circle", "", "help")

EXCHANGE = (IMPORT_LABELS, EXPORT_LABELS, EXPORT_CROPS)
TEAM = (PACKAGE, OPEN_PACKAGE, MERGE)
ACTIONS = (
    OPEN_FOLDER,
    OPEN_SAMPLE,
    SAVE,
    *EXCHANGE,
    *TEAM,
    PREFERENCES,
    QUIT,
    UNDO,
    REDO,
    REPLACE,
    PROBLEMS,
    FULL_SCREEN,
    LARGER,
    SMALLER,
    NORMAL,
    SHOW_HELP,
    SHOW_WELCOME,
    SHOW_KEYS,
    SHOW_ABOUT,
    *PAGES,
)
