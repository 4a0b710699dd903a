"""What leaks between the parts of a dataset, in words."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QCoreApplication

from ocrstudio.ui.widgets.message_bar import MessageBar

_SHOWN = 200


def show_leaks(message: MessageBar, result: dict[str, Any]) -> None:
    """Shows the answer of `split --leaks`, the pages behind the details button."""
    leaking, same = result["leaking"], result["same_pictures"]
    details = [*(str(page) for page in leaking[:_SHOWN]), *(" = ".join(map(str, pair)) for pair in same[:_SHOWN])]

    def text() -> str:
        name = str(result["dataset"]).replace("\\", "/").rpartition("/")[2]
        if not leaking and not same:
            said = QCoreApplication.translate(
                "Leaks", "Nothing leaks in “{name}”: no page and no picture is in two parts."
            )
            return said.format(name=name)
        said = QCoreApplication.translate(
            "Leaks",
            "{count} of {pages} pages of “{name}” leak ({share}): their lines are learned and tested. {same} pictures "
            "are in two parts. Figures measured with it are too good; split the pages here instead.",
        )
        share = f"{100 * result['share']:.0f} %"
        return said.format(count=len(leaking), pages=result["pages"], name=name, share=share, same=len(same))

    message.show_message("warn" if details else "good", text, details="\n".join(details))
