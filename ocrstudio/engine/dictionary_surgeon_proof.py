"""The proof that a grafted network reads what it read before: the same crops through both, text against text.

Two readers: ONNX Runtime for the built-in networks, and for `.pdparams` the checkout's own `tools/infer_rec.py` in its
own interpreter. Crops are the user's list, or lines typeset from the old dictionary.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ocrstudio.core.charset import SPACE, Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.engine.rec.crops import Image, normalised, padded_width, straighten
from ocrstudio.engine.rec.typesetting import lines, typefaces
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.images import opened, unreadable_image, upright
from ocrstudio.formats.rec_list import read_rec_list

# Crops that a proof needs at least, unless the user's own list is shorter.
PROOF_LINES = 200
BATCH = 16
# One by one on a processor, and PaddleOCR's start-up.
CHECKOUT_SECONDS = 1800
CHANGED = QT_TRANSLATE_NOOP(
    "Errors", "The new weights read {changed} of {lines} lines differently: {before} was {after} before training."
)
NOT_WRITTEN = QT_TRANSLATE_NOOP("Errors", "Nothing was written; please report this.")
NO_FONT = QT_TRANSLATE_NOOP("Errors", "No font on this computer holds characters of the old dictionary.")
GIVE_LIST = QT_TRANSLATE_NOOP("Errors", "Give labelled lines with --proof.")
TOOL_FAILED = QT_TRANSLATE_NOOP("Errors", "PaddleOCR's {tool} could not read the lines: {reason}.")
CHECK_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "Check the checkout, its Python and the config of these weights.")


@dataclass(frozen=True)
class Proof:
    """What two readings of the same crops showed.

    Attributes:
        reader: Which program read them.
        lines: Crops that were read.
        unchanged: Of these, how many gave the same text.
        without: Lines that were not compared, because they hold a character that was taken out.
        crops: Where they came from: "typeset" or the list.
    """

    reader: str
    lines: int
    unchanged: int
    without: int
    crops: str

    @property
    def share(self) -> float:
        """Unchanged lines, 0 to 1."""
        return self.unchanged / self.lines if self.lines else 0.0


def proof_crops(old: Charset, proof_list: Path | None, count: int = PROOF_LINES, seed: int = 0) -> list[Image]:
    """Crops to compare on.

    Args:
        old: The dictionary that the lines are typeset from.
        proof_list: The user's own lines instead.
        count: How many are typeset.
        seed: Same seed and fonts, same lines.

    Returns:
        BGR images, height 48.

    Raises:
        EngineError: If nothing can be typeset.
        StudioError: If the list or an image cannot be read.
    """
    if proof_list is not None:
        return [straighten(read_picture(sample.image)) for sample in read_rec_list(proof_list, proof_list.parent)]
    wanted = {label for label in old.characters if len(label) == 1 and not label.isspace()}
    faces = typefaces(wanted)
    if not faces:
        raise EngineError(NO_FONT, GIVE_LIST)
    return [image for image, _text in itertools.islice(lines(faces, np.random.default_rng(seed)), count)]


def read_picture(path: Path) -> Image:
    """An image file as BGR, upright.

    Raises:
        StudioError: If it cannot be read.
    """
    try:
        with opened(path) as picture:
            return np.ascontiguousarray(np.asarray(upright(picture).convert("RGB"), np.uint8)[:, :, ::-1])
    except OSError as error:
        raise unreadable_image(path) from error


def read_with_onnx(model: Path, charset: Charset, crops: Sequence[Image]) -> list[str]:
    """What an ONNX recognition model reads on crops of height 48, in their order."""
    session = open_session(model)
    name = session.get_inputs()[0].name
    texts = [""] * len(crops)
    order = sorted(range(len(crops)), key=lambda place: crops[place].shape[1])
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        width = padded_width(crops[places[-1]].shape[1])
        best = session.run(None, {name: normalised([crops[place] for place in places], width)})[0].argmax(axis=2)
        for place, row in zip(places, best, strict=True):
            texts[place] = charset.decode(row.tolist())
    return texts


@dataclass(frozen=True)
class CheckoutReader:
    """PaddleOCR's own network in its own interpreter.

    Attributes:
        checkout: The checkout.
        python: Its interpreter.
        config: A training config of the weights.
    """

    checkout: Checkout
    python: Path
    config: Path

    def read(self, weights: Path, dictionary: Path, charset: Charset, crops: Sequence[Image]) -> list[str]:
        """What `tools/infer_rec.py` reads on crops.

        Args:
            weights: The `.pdparams` file.
            dictionary: Its dictionary.
            charset: What that file holds.
            crops: BGR, height 48.

        Returns:
            The tool's answer for each crop without confidences; for a distillation JSON with all networks' texts.

        Raises:
            EngineError: If the tool fails; its last line is the reason.
        """
        with tempfile.TemporaryDirectory(prefix="ocrstudio-") as temporary:
            folder = Path(temporary)
            (folder / "crops").mkdir()
            for number, crop in enumerate(crops):
                # written through memory: OpenCV's own file names are ASCII on Windows
                (folder / "crops" / f"{number:05}.png").write_bytes(cv2.imencode(".png", crop)[1].tobytes())
            out = folder / "read.txt"
            # the tool runs in the checkout: paths from here would miss
            self._run(
                {
                    "Global.pretrained_model": weights.absolute().with_suffix("").as_posix(),
                    "Global.checkpoints": None,
                    "Global.character_dict_path": dictionary.absolute().as_posix(),
                    "Global.use_space_char": charset.use_space,
                    "Global.infer_img": (folder / "crops").as_posix(),
                    "Global.save_res_path": out.as_posix(),
                    "Global.use_gpu": False,
                    "Global.distributed": False,
                }
            )
            read = dict(_answer(line) for line in out.read_text(encoding="utf-8").splitlines() if "\t" in line)
        return [read.get(f"{number:05}.png", "") for number in range(len(crops))]

    def _run(self, values: Mapping[str, Any]) -> None:
        from ocrstudio.engine.checkout.commands import environment

        tool = "tools/infer_rec.py"
        # JSON is YAML; the tool splits at every "="
        pairs = [key + "=" + json.dumps(value).replace("=", "\\x3d") for key, value in values.items()]
        argv = [str(self.python), tool, "-c", str(self.config.resolve()), "-o", *pairs]
        try:
            done = subprocess.run(
                argv,
                cwd=self.checkout.path,
                env=dict(environment(self.checkout, "")),
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=CHECKOUT_SECONDS,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(TOOL_FAILED, CHECK_CHECKOUT, tool=tool, reason=error) from error
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
            raise EngineError(TOOL_FAILED, CHECK_CHECKOUT, tool=tool, reason=said[:300])


def _answer(line: str) -> tuple[str, str]:
    """Image name and text of a line of `infer_rec.py`: path TAB text TAB confidence.

    A distillation's line is path TAB {network: {"label": text, "score": confidence}}: its text holds all of them.
    """
    path, _, rest = line.partition("\t")
    text, tab, _score = rest.rpartition("\t")
    if tab:
        return Path(path).name, text
    try:
        told = {name: part["label"] for name, part in json.loads(rest).items()}
    except (ValueError, AttributeError, TypeError, KeyError):
        return Path(path).name, rest
    # the confidences may differ: more characters share what the softmax gives out
    return Path(path).name, json.dumps(told, ensure_ascii=False)


def compared(before: Sequence[str], after: Sequence[str], removed: Collection[str], reader: str, crops: str) -> Proof:
    """Compares two readings of the same crops.

    Args:
        before: With the old weights.
        after: With the new ones.
        removed: Characters that the new dictionary lacks; lines that read as one of them are not compared.
        reader: See `Proof`.
        crops: See `Proof`.

    Raises:
        EngineError: If a line that could be read the same is not.
    """
    gone = set(removed) - {SPACE}
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if not gone & set(old)]
    changed = [(old, new) for old, new in pairs if old != new]
    if changed:
        old, new = changed[0]
        raise EngineError(CHANGED, NOT_WRITTEN, changed=len(changed), lines=len(pairs), before=new, after=old)
    return Proof(reader, len(pairs), len(pairs), len(before) - len(pairs), crops)
