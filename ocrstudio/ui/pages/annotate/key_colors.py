"""The colours of key classes (key information extraction): the same class has the same colour on every page.

After Okabe and Ito, told apart by colour-blind eyes; each is drawn on a dark halo and its name stands beside it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from PyQt5.QtGui import QColor

PALETTE = ("#56b4e9", "#e69f00", "#00b386", "#f0e442", "#d55e00", "#cc79a7", "#4f8fe0", "#b8b8b8", "#a6d854", "#b39ddb")
# Boxes without a class.
NO_CLASS = "#9aa4b2"


def key_color(name: str, classes: Sequence[str] = ()) -> QColor:
    """The colour of a key class.

    Args:
        name: The class; empty for none.
        classes: The project's classes in their order: the first ones have colours of their own. A class that is not
            among them has a colour that follows from its name alone.
    """
    if not name:
        return QColor(NO_CLASS)
    place = classes.index(name) if name in classes else zlib.crc32(name.encode("utf-8"))
    return QColor(PALETTE[place % len(PALETTE)])
