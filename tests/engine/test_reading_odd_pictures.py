"""Pictures of every odd kind through the real recogniser child: the right text or a plain sentence, never a crash."""

from __future__ import annotations

import os
import queue
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.protocol import messages

DEADLINE_S = 240
TEXT = "Hello 42"


def sheet(mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (300, 120), "white")
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), 40)
    ImageDraw.Draw(image).text((40, 35), TEXT, font=font, fill="black")
    return image.convert(mode)


def as_plain(file: Path) -> None:
    sheet().save(file)


def as_cmyk(file: Path) -> None:
    sheet("CMYK").save(file)


def as_grey_of_16_bits(file: Path) -> None:
    Image.fromarray(np.asarray(sheet("L"), np.uint16) * 257).save(file)


def as_colour_of_16_bits(file: Path) -> None:
    done, data = cv2.imencode(".png", np.asarray(sheet(), np.uint16) * 257)
    assert done
    file.write_bytes(data.tobytes())


def as_turned_by_exif(file: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sheet().rotate(90, expand=True).save(file, exif=exif)


def as_animated(file: Path) -> None:
    sheet().save(file, save_all=True, append_images=[Image.new("RGB", (300, 120), "navy")] * 2)


def as_transparent(file: Path) -> None:
    pixels = np.zeros((120, 300, 4), np.uint8)
    pixels[..., 3] = 255 - np.asarray(sheet("L"))
    Image.fromarray(pixels).save(file)


def as_one_pixel(file: Path) -> None:
    Image.new("RGB", (1, 1)).save(file)


def as_nothing(file: Path) -> None:
    file.write_bytes(b"")


def as_letter(file: Path) -> None:
    file.write_text("Dear Sir or Madam")


def as_broken_off(file: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(file)
    file.write_bytes(file.read_bytes()[:2000])


def as_bomb(file: Path) -> None:
    """A few bytes that claim 3.6 thousand million pixels."""
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        data += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    file.write_bytes(data)


def as_pdf(file: Path) -> None:
    sheet().save(file, resolution=100)


def as_broken_pdf(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7\nand nothing else")


# Name, how it is made, page of a PDF, and the text that is read ("": none) or how the sentence goes on after the name.
GOOD: tuple[tuple[str, Callable[[Path], None], int, str], ...] = (
    ("cmyk.jpg", as_cmyk, 0, TEXT),
    ("grey 16.png", as_grey_of_16_bits, 0, TEXT),
    ("colour 16.png", as_colour_of_16_bits, 0, TEXT),
    ("turned.jpg", as_turned_by_exif, 0, TEXT),
    ("animated.gif", as_animated, 0, TEXT),
    ("animated.png", as_animated, 0, TEXT),
    ("transparent.png", as_transparent, 0, TEXT),
    ("smile 😀 Ⅻ.png", as_plain, 0, TEXT),
    ("one page.pdf", as_pdf, 1, TEXT),
    ("dot.png", as_one_pixel, 0, ""),
)
BAD: tuple[tuple[str, Callable[[Path], None], int, str], ...] = (
    ("zero.png", as_nothing, 0, "is empty (0 bytes)."),
    ("letter.png", as_letter, 0, "is not a picture that can be read."),
    ("half.png", as_broken_off, 0, "is not a picture that can be read."),
    ("bomb.png", as_bomb, 0, "has too many pixels to be opened."),
    ("broken.pdf", as_broken_pdf, 1, "is damaged and cannot be opened."),
    ("two.pdf", as_pdf, 2, "is damaged."),
)
# What only Linux and its kin allow as a name.
POSIX_NAMES = (("new\nline.png", as_plain, 0, TEXT), (os.fsdecode(b"caf\xe9.png"), as_plain, 0, TEXT))


class ReaderChild:
    """`ocrstudio engine recognize`, which is asked for one picture after the other."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "ocrstudio", "engine", "recognize"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8")
        self._answers: queue.Queue[messages.Message] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            message = messages.decode(line)
            if isinstance(message, (messages.PageRead, messages.Failed)):
                self._answers.put(message)

    def ask(self, file: Path, page: int) -> messages.Message:
        self.process.stdin.write(messages.encode(messages.RecognizePage(1, str(file), page=page, mode=messages.AUTO)))
        self.process.stdin.flush()
        return self._answers.get(timeout=DEADLINE_S)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def child():
    made = ReaderChild()
    yield made
    made.close()
    assert made.process.returncode == 0


READABLE = GOOD if os.name == "nt" else GOOD + POSIX_NAMES


@pytest.mark.parametrize(("name", "make", "page", "text"), READABLE, ids=[ascii(name) for name, *_ in READABLE])
def test_odd_pictures_are_read_as_they_look(child, tmp_path, name, make, page, text):
    file = tmp_path / name
    make(file)
    answer = child.ask(file, page)
    assert isinstance(answer, messages.PageRead), answer
    assert " ".join(line["text"] for line in answer.lines) == text
    assert answer.width >= answer.height  # upright


@pytest.mark.parametrize(("name", "make", "page", "sentence"), BAD, ids=[name for name, *_ in BAD])
def test_what_cannot_be_read_gets_a_sentence_and_a_remedy(child, tmp_path, name, make, page, sentence):
    file = tmp_path / name
    make(file)
    answer = child.ask(file, page)
    assert isinstance(answer, messages.Failed), answer
    assert answer.what.format(**answer.values).endswith(f"{name} {sentence}")
    assert answer.remedy


@pytest.mark.slow
def test_three_hundred_megapixels_are_read(child, tmp_path):
    small = sheet("1")
    large = Image.new("1", (20000, 15000), 1)
    large.paste(small.resize((6000, 2400)), (1000, 2000))
    large.save(tmp_path / "large.png")
    answer = child.ask(tmp_path / "large.png", 0)
    assert isinstance(answer, messages.PageRead), answer
    assert [line["text"] for line in answer.lines] == [TEXT]
