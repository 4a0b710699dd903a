"""Importing rapidocr in half the time."""

from __future__ import annotations

import functools
from typing import Any

from ocrstudio.core.errors import EngineError
from ocrstudio.core.proven import INSTALL, RAPIDOCR_COMMAND
from ocrstudio.engine.nets.weights import NO_RAPIDOCR


def rapid_ocr() -> Any:
    """The class `RapidOCR`.

    WORKAROUND: while it is imported, rapidocr 3.10 parses its list of downloads twice, which takes longer than all the
    rest; what is parsed once is the same the second time.

    Raises:
        EngineError: If rapidocr is missing.
    """
    try:
        from omegaconf import OmegaConf
    except ImportError as error:
        raise EngineError(NO_RAPIDOCR, INSTALL, command=RAPIDOCR_COMMAND) from error
    config: Any = OmegaConf
    load = config.load
    try:
        config.load = functools.cache(load)
        from rapidocr import RapidOCR
    except ImportError as error:
        raise EngineError(NO_RAPIDOCR, INSTALL, command=RAPIDOCR_COMMAND) from error
    finally:
        config.load = staticmethod(load)
    return RapidOCR
