"""The PaddleOCR checkouts: adding, checking and forgetting them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QFrame, QMenu, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ocrstudio.formats.checkout_list import KnownCheckout
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.checkouts import Checkouts, install_arguments
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.setup.clone_dialog import CloneDialog
from ocrstudio.ui.pages.setup.fix_dialog import FixDialog
from ocrstudio.ui.widgets.message_bar import Kind
from ocrstudio.ui.widgets.parts import GRID, ElidedLabel, button, card, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class CheckoutsCard(TranslatedWidget):
    """Lists checkouts, each with its interpreter and whether that can train.

    Args:
        checkouts: Closed by whoever made it.
        parent: Owner; it calls `shut_down`.
        program: Replaces the commands' program; for tests.
    """

    failed = pyqtSignal(object)  # what a message bar shows
    environments_changed = pyqtSignal()  # something was installed

    def __init__(self, checkouts: Checkouts, parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._checkouts, self._program = checkouts, program
        self._target: Path | None = None
        self.dialog: FixDialog | None = None
        self._answers: dict[Path, dict[str, Any]] = {}
        title, hint = label("subtitle"), label("hint", wrap=True)
        self.add_button = button("addCheckoutButton", "fa5s.folder-plus")
        self.unpack_button = button("unpackCheckoutButton", "fa5s.file-archive")
        self.clone_button = button("cloneCheckoutButton", "fa5s.cloud-download-alt")
        self.cancel_button = button("cancelCheckoutButton", "fa5s.times")
        self._doing = label("muted", "checkoutDoing")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        frame = card(title, hint, spacing=GRID)
        column = frame.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(row(self.add_button, self.unpack_button, self.clone_button, None))
            column.addLayout(row(self._doing, self._progress, self.cancel_button))
            column.addLayout(self._rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.say(title.setText, lambda: self.tr("PaddleOCR's own trainer"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "With PaddleOCR's source code every model of its configs can be trained, on several graphics cards "
                "too. The program's own engine needs none of this."
            ),
        )
        self.say(self.add_button.setText, lambda: self.tr("Add a folder…"))
        self.say(self.unpack_button.setText, lambda: self.tr("Unpack an archive…"))
        self.say(self.clone_button.setText, lambda: self.tr("Clone with git…"))
        self.say(self.cancel_button.setText, lambda: self.tr("Cancel"))
        self._connect()
        self._show_job()

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._on_add_clicked)
        self.unpack_button.clicked.connect(self._on_unpack_clicked)
        self.clone_button.clicked.connect(self._on_clone_clicked)
        self.cancel_button.clicked.connect(self._checkouts.cancel)
        self._checkouts.listed.connect(self._fill)
        self._checkouts.added.connect(self._on_added)
        self._checkouts.checked.connect(self._on_checked)
        self._checkouts.planned.connect(self._on_planned)
        self._checkouts.job_changed.connect(self._show_job)
        self._checkouts.progressed.connect(self._on_progressed)
        self._checkouts.failed.connect(self.failed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()

    # --- what is shown ---------------------------------------------------------------------------------------------

    @pyqtSlot()
    @pyqtSlot(object)
    def _fill(self, _known: object = None) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for known in self._checkouts.known:
            line = QFrame()
            line.setProperty("role", "line")
            line.setFixedHeight(1)
            self._rows.addWidget(line)
            self._rows.addWidget(self._row(known))

    def _row(self, known: KnownCheckout) -> QWidget:
        name, place = label(), ElidedLabel()
        name.setText(known.title)
        place.setProperty("role", "muted")
        place.show_text(str(known.checkout.path))
        choose = button("chooseCheckoutPython", "fa5b.python", "quiet")
        choose.setText(self.tr("Its Python…"))
        choose.setToolTip(self.tr("Choose the Python that has Paddle and what PaddleOCR needs."))
        choose.clicked.connect(partial(self._choose_python, known))
        check = button("checkCheckout", "fa5s.stethoscope", "quiet")
        check.setText(self.tr("Check"))
        check.clicked.connect(partial(self._checkouts.check, known))
        forget = button("forgetCheckout", "fa5s.unlink", "quiet")
        forget.setText(self.tr("Forget"))
        forget.setToolTip(self.tr("Takes it off this list. Its files stay."))
        forget.clicked.connect(partial(self._checkouts.forget, known.checkout.path))
        install = button("installForCheckout", "fa5s.box-open", "quiet")
        install.setText(self.tr("Install…"))
        install.setToolTip(self.tr("Installs Paddle and what PaddleOCR needs; the commands are shown first."))
        menu = self._install_menu(known, install)
        # a menu of the button's own would take room of its text for an arrow
        install.clicked.connect(lambda: menu.popup(install.mapToGlobal(install.rect().bottomLeft())))
        for one in (choose, install, check, forget):
            one.setEnabled(not self._checkouts.is_busy)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        first = row(name, install, choose, check, forget)
        first.insertWidget(1, place, 1)
        column.addLayout(first)
        for role, text in self._verdict(known):
            said = label(role, "checkoutVerdict", wrap=True)
            said.setText(text)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(said)
        return made

    def _verdict(self, known: KnownCheckout) -> list[tuple[str, str]]:
        """What is known about its interpreter: (role, text) of each line."""
        answer = self._answers.get(known.checkout.path)
        if answer is None and known.python is not None:
            return [("muted", self.tr("Python: {python}").format(python=known.python))]
        if answer is None:
            return [("muted", self.tr("Not checked yet: “Check” looks for a Python that can train with it."))]
        told: list[tuple[str, str]] = []
        asked = [one for one in answer["interpreters"] if known.python is None or one["python"] == str(known.python)]
        for one in asked or answer["interpreters"]:
            text = self.tr("{python}: Python {version}, Paddle {paddle}")
            if one["usable"]:
                text = self.tr("Can train. {found}").format(found=text)
            found = text.format(python=one["python"], version=one["version"] or "?", paddle=one["paddle"] or "–")
            told.append(("good" if one["usable"] else "bad", found))
            for problem in one["problems"]:
                said = Failed(what=problem["what"], remedy=problem["remedy"], values=problem["values"])
                role = "bad" if problem["severity"] == "fatal" else "warn"
                told.append((role, in_words(said)))
        return told

    @pyqtSlot()
    def _show_job(self) -> None:
        busy = self._checkouts.is_busy
        for one in (self.add_button, self.unpack_button, self.clone_button):
            one.setEnabled(not busy)
        for widget in (self._doing, self._progress, self.cancel_button):
            widget.setVisible(busy)
        self._progress.setRange(0, 0)
        self._doing.clear()
        self._fill()

    @pyqtSlot(str, int, int)
    def _on_progressed(self, name: str, done: int, total: int) -> None:
        words = {"unpack": self.tr("Unpacking"), "clone": self.tr("Cloning"), "check": self.tr("Checking")}
        self._doing.setText(words.get(name, name))
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    # --- what the user does ----------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_add_clicked(self) -> None:
        title = self.tr("Choose the folder of a PaddleOCR checkout")
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self._checkouts.add(Path(folder))

    @pyqtSlot()
    def _on_unpack_clicked(self) -> None:
        title, kinds = (
            self.tr("Choose an archive of PaddleOCR's source code"),
            self.tr("Archives (*.zip *.tar.gz *.tgz)"),
        )
        file, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if file:
            self._checkouts.unpack(Path(file))

    @pyqtSlot()
    def _on_clone_clicked(self) -> None:
        dialog = CloneDialog(self, self._program)
        dialog.clone_requested.connect(self._checkouts.clone)
        dialog.open()

    def _choose_python(self, known: KnownCheckout) -> None:
        start = str(known.python or known.checkout.path)
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose its Python"), start)
        if file:
            self._answers.pop(known.checkout.path, None)
            self._checkouts.add(known.checkout.path, Path(file))

    # --- installing ------------------------------------------------------------------------------------------------

    def _install_menu(self, known: KnownCheckout, parent: QPushButton) -> QMenu:
        menu = QMenu(parent)
        menu.setObjectName("installMenu")
        menu.setToolTipsVisible(True)
        new = menu.addAction(self.tr("Into a new environment of its own"))
        others = [menu.addAction(self.tr("Into its Python"))] if known.python is not None else []
        other = menu.addAction(self.tr("Into another environment…"))
        if new is not None:
            new.triggered.connect(lambda: self._plan(known, None))
        for action in others:
            if action is not None:
                action.setToolTip(str(known.python))
                action.triggered.connect(lambda: self._plan(known, known.python))
        if other is not None:
            other.triggered.connect(lambda: self._plan_elsewhere(known))
        return menu

    def _plan_elsewhere(self, known: KnownCheckout) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the Python of an environment"), str(Path.home()))
        if file:
            self._plan(known, Path(file))

    def _plan(self, known: KnownCheckout, python: Path | None) -> None:
        self._target = python
        self._checkouts.plan(known, python)

    @pyqtSlot(object, object)
    def _on_planned(self, known: KnownCheckout, plan: dict[str, Any]) -> None:
        if self.dialog is not None:
            return
        arguments = ["checkout", *install_arguments(known, self._target)]
        title = self.tr("Install what {checkout} needs").format(checkout=known.title)
        dialog = FixDialog(title, plan["commands"], arguments, self._install_verdict, self, self._program)
        dialog.ended.connect(partial(self._on_install_ended, known.checkout.path))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _install_verdict(self, result: dict[str, Any]) -> tuple[Kind, str]:
        if all(one["usable"] for one in result["interpreters"]):
            return "good", self.tr("Done, and tried: this checkout can train now.")
        return "warn", self.tr("The commands ran, but this checkout cannot train yet. Its line says what is left.")

    def _on_install_ended(self, path: Path, result: dict[str, Any] | None) -> None:
        if result is not None and "interpreters" in result:
            self._answers[path] = result
        self._checkouts.reload()
        self.environments_changed.emit()

    @pyqtSlot()
    def _on_dialog_finished(self) -> None:
        self.dialog = None

    def shut_down(self) -> None:
        """Ends an installation; for an owner that goes away."""
        if self.dialog is not None:
            self.dialog.shut_down()
            self.dialog = None

    # --- what comes back -------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_added(self, known: KnownCheckout) -> None:
        if known.checkout.path not in self._answers:
            self._checkouts.check(known)

    @pyqtSlot(object, object)
    def _on_checked(self, path: Path, answer: dict[str, Any]) -> None:
        self._answers[path] = answer
        self._fill()
