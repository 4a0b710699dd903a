"""A checkout whose `tools/train.py` only pretends: it prints PaddleOCR's lines and writes files of its kinds.

Both dialects: the newer writes `train.log` itself, forgets the best `acc` on resume, ends lines plainly; the older
writes no log and ends its step lines with `,  `. What it does is told by a file `plan.json` beside the tools.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TOOL = Path(__file__).with_name("fake_train_tool.py")


def make_checkout(folder: Path, major: int = 3, **plan: Any) -> Path:
    """Makes a folder that passes for a PaddleOCR checkout.

    Args:
        folder: To be made.
        major: 2 or 3: which dialect it speaks.
        plan: What the tool does: `accs` (one evaluation an epoch), `die_at`, `hang_at`, `code`, `workers`, `say`...
    """
    (folder / "tools").mkdir(parents=True)
    (folder / "ppocr" / "data").mkdir(parents=True)
    (folder / "ppocr" / "__init__.py").write_text("")
    (folder / "paddleocr.py").write_text("")
    version = "3.1.0" if major == 3 else "2.8.0"
    (folder / "pyproject.toml").write_text(f'[project]\nname = "paddleocr"\nversion = "{version}"\n')
    # the tool needs hardly anything of the interpreter
    (folder / "requirements.txt").write_text("numpy\n")
    (folder / "configs" / "rec").mkdir(parents=True)
    (folder / "configs" / "det").mkdir()
    for name in ("train", "eval", "export_model", "infer_rec", "infer_det"):
        (folder / "tools" / f"{name}.py").write_text(TOOL.read_text(encoding="utf-8"))
    change_plan(folder, major=major, **plan)
    return folder


def change_plan(folder: Path, **plan: Any) -> None:
    """Changes what the tool will do next."""
    path = folder / "tools" / "plan.json"
    known = json.loads(path.read_text()) if path.is_file() else {}
    path.write_text(json.dumps({**known, **plan}))
