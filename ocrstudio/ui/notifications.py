"""Telling somebody who looks at another window that something is done: by the desktop, or by a mark in the taskbar."""

from __future__ import annotations

import logging

from PyQt5.QtCore import QObject, QVariant, pyqtSlot
from PyQt5.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusPendingReply
from PyQt5.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from ocrstudio.services.timers import single_shot

log = logging.getLogger(__name__)

SHOWN_MS = 10_000
SERVICE, PLACE = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


class DesktopNotifier(QObject):
    """Shows one short message outside the window; without any means for that the taskbar's entry asks for attention.

    Args:
        window: A widget of the window that has news; nothing is shown while the user is looking at it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting = ("", "")
        self._tray: QSystemTrayIcon | None = None
        self._hide = single_shot(self, SHOWN_MS, self._on_hide_timeout)

    def tell(self, title: str, text: str) -> None:
        """Shows a message, unless the window is in front anyway."""
        window = self._window.window()
        if window is None or window.isActiveWindow():
            return
        QApplication.alert(window)
        self._waiting = title, text
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._show_in_tray()
            return
        # asked without waiting: a desktop that hangs must not hold the window up
        watcher = QDBusPendingCallWatcher(bus.asyncCall(_notification(title, text)), self)
        watcher.finished.connect(self._on_notification_answered)

    @pyqtSlot("QDBusPendingCallWatcher*")
    def _on_notification_answered(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = QDBusPendingReply(watcher)
        if reply.isError():
            log.info("no notification by the desktop: %s", reply.error().message())
            self._show_in_tray()
        watcher.deleteLater()

    def _show_in_tray(self) -> None:
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        title, text = self._waiting
        self._tray = self._tray or QSystemTrayIcon(QApplication.windowIcon(), self)
        self._tray.show()  # an icon that is hidden tells nothing
        self._tray.showMessage(title, text, QApplication.windowIcon(), SHOWN_MS)
        self._hide.start()

    @pyqtSlot()
    def _on_hide_timeout(self) -> None:
        if self._tray is not None:
            self._tray.hide()


def _notification(title: str, text: str) -> QDBusMessage:
    """The call that the desktops' common rule for notifications describes (freedesktop.org, Notify)."""
    call = QDBusMessage.createMethodCall(SERVICE, PLACE, SERVICE, "Notify")
    replaced = QVariant(0)
    replaced.convert(int(QVariant.Type.UInt))
    no_actions = QVariant([])
    no_actions.convert(int(QVariant.Type.StringList))
    name = QApplication.applicationDisplayName()
    call.setArguments([name, replaced, "ocrstudio", title, text, no_actions, {}, SHOWN_MS])
    return call
