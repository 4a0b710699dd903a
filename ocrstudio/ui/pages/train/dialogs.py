"""The questions that the training page asks."""

from __future__ import annotations

from typing import Literal

from PyQt5.QtCore import QCoreApplication, QEventLoop, Qt
from PyQt5.QtWidgets import QInputDialog, QMessageBox, QProgressDialog, QWidget

from ocrstudio.core.run_state import RunState
from ocrstudio.services.timers import single_shot
from ocrstudio.services.training_run import STOP_GRACE_S, TrainingRun

Answer = Literal["keep", "stop", "stay"]


def ask_about_closing(parent: QWidget | None, *, keep: bool) -> Answer:
    """Asks what is to become of a training when the window closes.

    Args:
        parent: The window.
        keep: Going on is what Return does; else it is staying.

    Returns:
        keep: the window closes, the training goes on; stop: it is stopped, then the window closes; stay: neither.
    """
    box = QMessageBox(parent)
    box.setObjectName("askAboutClosing")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(QCoreApplication.translate("Train", "A training is running."))
    box.setInformativeText(
        QCoreApplication.translate(
            "Train",
            "It can go on without the window: when you open this project again, its curves and its log are there "
            "and it can be stopped as usual. Stopped now, it keeps the best state so far.",
        )
    )
    going_on = box.addButton(
        QCoreApplication.translate("Train", "Keep training in the background"), QMessageBox.ButtonRole.AcceptRole
    )
    stop = box.addButton(QCoreApplication.translate("Train", "Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QCoreApplication.translate("Train", "Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(going_on if keep else stay)
    box.setEscapeButton(stay)
    box.exec()
    clicked = box.clickedButton()
    answer: Answer = "keep" if clicked is going_on else "stop" if clicked is stop else "stay"
    box.deleteLater()
    return answer


def confirm_end_by_force(parent: QWidget | None) -> bool:
    """Asks whether a training that is saving may be ended at once."""
    box = QMessageBox(parent)
    box.setObjectName("confirmEndByForce")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(QCoreApplication.translate("Train", "The training is still saving its work."))
    box.setInformativeText(
        QCoreApplication.translate("Train", "Ended now, it keeps the best state so far but loses what came after.")
    )
    end = box.addButton(QCoreApplication.translate("Train", "End now"), QMessageBox.ButtonRole.DestructiveRole)
    wait = box.addButton(QCoreApplication.translate("Train", "Wait"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(wait)
    box.setEscapeButton(wait)
    box.exec()
    chosen = box.clickedButton() is end
    box.deleteLater()
    return chosen


def wait_for_end(run: TrainingRun, parent: QWidget | None) -> None:
    """Stops a training and waits for its end behind a small window; after `STOP_GRACE_S` or on request by force.

    Args:
        run: A run that is active.
        parent: The window that is about to close.
    """
    wait = QProgressDialog(parent)
    wait.setObjectName("savingTraining")
    wait.setLabelText(QCoreApplication.translate("Train", "The best state of the training is being kept…"))
    wait.setCancelButtonText(QCoreApplication.translate("Train", "End now"))
    wait.setRange(0, 0)
    wait.setMinimumDuration(0)
    wait.setModal(True)
    loop = QEventLoop()
    run.ended.connect(loop.quit)
    wait.canceled.connect(run.stop)  # a second stop ends it by force
    limit = single_shot(wait, STOP_GRACE_S * 1000, run.stop)
    if run.state is not RunState.STOPPING:
        run.stop()
    if run.state.is_active:
        limit.start()
        wait.show()
        loop.exec()
    run.ended.disconnect(loop.quit)
    limit.stop()
    wait.deleteLater()


def confirm_delete(parent: QWidget | None, name: str) -> bool:
    """Asks whether a run may leave the list."""
    box = QMessageBox(parent)
    box.setObjectName("confirmDeleteRun")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(QCoreApplication.translate("Train", "Delete the run “{run}”?").format(run=name))
    box.setInformativeText(
        QCoreApplication.translate(
            "Train",
            "Its folder is moved to .ocrstudio/trash in the project, with its checkpoints and its model, "
            "and can be brought back right afterwards. Empty that folder yourself when you need the space.",
        )
    )
    delete = box.addButton(QCoreApplication.translate("Train", "Delete"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QCoreApplication.translate("Train", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    chosen = box.clickedButton() is delete
    box.deleteLater()
    return chosen


def ask_text(parent: QWidget, title: str, question: str, text: str, *, lines: bool = False) -> str | None:
    """Asks for a text.

    Args:
        parent: The window it belongs to.
        title: Of the dialog.
        question: Above the field.
        text: What stands there at first.
        lines: Several lines.

    Returns:
        The text, or None if the user changed nothing.
    """
    dialog = QInputDialog(parent)
    dialog.setObjectName("askText")
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    dialog.setTextValue(text)
    dialog.setOkButtonText(QCoreApplication.translate("Train", "OK"))
    dialog.setCancelButtonText(QCoreApplication.translate("Train", "Cancel"))
    dialog.resize(440, dialog.sizeHint().height())
    agreed = dialog.exec() == QInputDialog.DialogCode.Accepted
    given = dialog.textValue()
    dialog.deleteLater()
    return given if agreed and given != text else None
