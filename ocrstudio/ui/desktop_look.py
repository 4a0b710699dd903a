"""What the desktop asks windows to look like, now and when it changes its mind while the program runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, QSettings, Qt, pyqtSlot
from PyQt5.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusPendingReply
from PyQt5.QtWidgets import QApplication

from ocrstudio.services.settings import Settings
from ocrstudio.ui import theme

# https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html, 2026-11
PORTAL, PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
PORTAL_SETTINGS, APPEARANCE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
COLOR_SCHEME, CONTRAST = "color-scheme", "contrast"
PREFERS_DARK = MORE_CONTRAST = 1
ANSWER_MS = 2000
# https://learn.microsoft.com/windows/win32/api/winuser/ns-winuser-highcontrasta, 2026-11
HIGH_CONTRAST_ON = 1


def from_registry() -> theme.Desktop:
    """What Windows is set to."""
    user = "HKEY_CURRENT_USER\\"
    colours = _registry(user + r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize")
    contrast = _registry(user + r"Control Panel\Accessibility\HighContrast")
    flags = str(contrast.value("Flags", 0))
    return theme.Desktop(
        is_dark=str(colours.value("AppsUseLightTheme", 1)) == "0",
        is_contrast=flags.isdigit() and bool(int(flags) & HIGH_CONTRAST_ON),
    )


def _registry(key: str) -> QSettings:
    return QSettings(key, QSettings.Format.NativeFormat)


class DesktopLook(QObject):
    """Follows the desktop for as long as the theme is "system".

    Windows is asked when the program comes to the front; a Linux desktop tells through its portal, if it has one.

    Args:
        app: The application, which owns it.
        settings: The user's choice.
    """

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app, self._settings = app, settings
        if sys.platform == "win32":
            app.applicationStateChanged.connect(self._on_state_changed)
            self.take(from_registry())
        elif sys.platform.startswith("linux") and _has_session_bus():
            self._listen()

    def take(self, desktop: theme.Desktop) -> None:
        """Takes over what the desktop asks for; the window changes if it follows the desktop."""
        if theme.follow(desktop) and self._settings.theme == "system":
            theme.apply(self._app, "system", self._settings.font_percent)

    @pyqtSlot(Qt.ApplicationState)
    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.take(from_registry())

    def _listen(self) -> None:
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        bus.connect("", PORTAL_PATH, PORTAL_SETTINGS, "SettingChanged", self._on_setting_changed)
        for key in (COLOR_SCHEME, CONTRAST):
            question = QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, PORTAL_SETTINGS, "Read")
            question.setArguments([APPEARANCE, key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(question, ANSWER_MS), self)
            watcher.setObjectName(key)
            watcher.finished.connect(self._on_read)

    @pyqtSlot(QDBusPendingCallWatcher)
    def _on_read(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = QDBusPendingReply(watcher)
        if reply.isValid():
            self.take_setting(APPEARANCE, watcher.objectName(), reply.argumentAt(0))
        watcher.deleteLater()

    @pyqtSlot(QDBusMessage)
    def _on_setting_changed(self, message: QDBusMessage) -> None:
        arguments = message.arguments()
        if len(arguments) == 3:
            self.take_setting(*arguments)

    def take_setting(self, group: str, key: str, value: Any) -> None:
        """Takes over one setting of the portal: its group, its key and its value, in D-Bus variants."""
        while hasattr(value, "variant"):
            value = value.variant()
        if group != APPEARANCE or not isinstance(value, int):
            return
        now = theme.desktop()
        if key == COLOR_SCHEME:
            self.take(theme.Desktop(is_dark=value == PREFERS_DARK, is_contrast=now.is_contrast))
        elif key == CONTRAST:
            self.take(theme.Desktop(is_dark=now.is_dark, is_contrast=value == MORE_CONTRAST))


def _has_session_bus() -> bool:
    """Whether a bus runs: without one, asking for it would start one and wait."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return folder is not None and Path(folder, "bus").exists()
