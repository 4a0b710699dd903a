"""ONNX models beside Paddle: how the engine opens them itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(model: Path | bytes, threads: int | None = None) -> InferenceSession:
    """A model, loaded without a word; raises bare Exceptions of onnxruntime's own kinds for a damaged one.

    Args:
        model: Its file or its content.
        threads: Processor cores to use; all if None.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.log_severity_level = 4
    # waiting threads would take the processor from Paddle's
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = model if isinstance(model, bytes) else str(model)
    return InferenceSession(source, options, providers=["CPUExecutionProvider"])
