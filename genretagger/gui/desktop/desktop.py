"""What the window asks of the desktop around it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Desktop(QObject):
    """A desktop that shows nothing; others override what they can show. Nothing here ever fails."""

    clicked = Signal()  # the notification

    def notify(self, title: str, text: str) -> None:
        """Show a notification, in the place of the one before."""

    def show_progress(self, share: float | None) -> None:
        """Show in the taskbar how much of a job is done, from 0 to 1; None: there is no job."""

    def close(self) -> None:
        """Take back what is shown."""
