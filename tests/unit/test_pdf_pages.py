"""Pages of PDF files: sizes, pictures, text, and what broken files get."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.formats.pdf_pages import MAX_PIXELS, MAX_SIDE, PdfPasswordError, opened_pdf
from tests.unit.pdf_parts import TEXT, pdf_bytes, protected_pdf, scan_pdf, text_pdf


def test_page_becomes_picture_of_the_wanted_size(tmp_path: Path) -> None:
    with opened_pdf(text_pdf(tmp_path / "信 件.pdf", pages=2)) as pdf:
        assert pdf.count == 2
        assert pdf.size(2) == (612, 792)
        by_dpi, by_side = pdf.picture(1, dpi=144), pdf.picture(2, longest=396)
    assert by_dpi.mode == "RGB"
    assert by_dpi.size == (1224, 1584)
    assert by_side.size == (306, 396)
    pixels = np.asarray(by_dpi)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels.min() < 64  # the letters


def test_lines_lie_on_the_letters_and_columns_are_parted(tmp_path: Path) -> None:
    with opened_pdf(text_pdf(tmp_path / "a.pdf")) as pdf:
        picture = pdf.picture(1, dpi=72)
        lines = pdf.lines(1, *picture.size)
    assert [line.text for line in lines] == ["Invoice 2024", "Total 12.50", "EUR"]
    dark = np.asarray(picture.convert("L")) < 128
    rows, columns = np.nonzero(dark)
    first = lines[0]
    assert first.left - 2 <= columns.min() <= first.left + 4
    assert first.top <= rows.min() < first.bottom
    for line in lines:
        dark[int(line.top) : int(line.bottom) + 1, int(line.left) : int(line.right) + 1] = False
    assert not dark.any()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_lines_of_turned_and_cropped_page_lie_on_the_letters(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes([(f"/MediaBox [0 0 612 792] /CropBox [50 300 500 750] /Rotate {turn}", TEXT)]))
    with opened_pdf(path) as pdf:
        picture = pdf.picture(1, dpi=72)
        lines = pdf.lines(1, *picture.size)
    assert sorted(line.text for line in lines) == ["EUR", "Invoice 2024", "Total 12.50"]
    dark = np.asarray(picture.convert("L")) < 128
    for line in lines:
        box = dark[int(line.top) : int(line.bottom) + 1, int(line.left) : int(line.right) + 1]
        assert box.any()
        box[:] = False
    assert not dark.any()


def test_page_of_five_metres_gets_fewer_pixels(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf_bytes([("/MediaBox [0 0 14173 14173]", b""), ("/MediaBox [0 0 100 100000]", b"")]))
    with opened_pdf(path) as pdf:
        square, strip = pdf.pixels(1, dpi=300), pdf.pixels(2, dpi=300)
        assert pdf.picture(2, longest=2000).size == (2, 2000)
        assert pdf.pixels(1, longest=10**9) == square
    assert 0.95 * MAX_PIXELS < square[0] * square[1] <= MAX_PIXELS
    assert strip[1] <= MAX_SIDE


def test_damaged_page_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    good = pdf_bytes([("/MediaBox [0 0 612 792]", TEXT)] * 3)
    path.write_bytes(good.replace(b"/Kids [4 0 R 6 0 R 8 0 R]", b"/Kids [4 0 R 3 0 R 8 0 R]"))
    with opened_pdf(path) as pdf:
        assert pdf.count == 3
        for read in (pdf.picture, pdf.size, lambda page: pdf.lines(page, 100, 100)):
            with pytest.raises(FormatError, match=r"Page 2 of .*a\.pdf is damaged"):
                read(2)
        assert pdf.picture(3, dpi=36).size == (306, 396)
        with pytest.raises(FormatError):
            pdf.picture(4)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (b"PK\x03\x04 a zip", "is not a PDF"),
        (b"%PDF-1.7\n" + b"\0" * 4000, "is damaged and cannot be opened"),
        (pdf_bytes([]), "is damaged and cannot be opened"),
    ],
)
def test_file_that_is_no_pdf_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=rf"bad\.pdf.*{said}"), opened_pdf(path):
        pass


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"gone\.pdf could not be read"), opened_pdf(tmp_path / "gone.pdf"):
        pass


def test_protected_file_asks_for_its_password(tmp_path: Path) -> None:
    path = protected_pdf(tmp_path / "secret.pdf")
    with pytest.raises(PdfPasswordError, match="is protected by a password") as missing, opened_pdf(path):
        pass
    with pytest.raises(PdfPasswordError, match="is wrong") as wrong, opened_pdf(path, "guess"):
        pass
    assert (missing.value.values["given"], wrong.value.values["given"]) == (False, True)


def test_several_threads_and_files_share_the_library(tmp_path: Path) -> None:
    paths = [scan_pdf(tmp_path / f"{i}.pdf", [Image.new("RGB", (300, 200), (40 * i, 0, 0))] * 4) for i in range(4)]

    def colours(path: Path) -> set[int]:
        with opened_pdf(path) as pdf:
            return {np.asarray(pdf.picture(page, dpi=72))[50, 50, 0] // 40 for page in (1, 2, 3, 4)}

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(colours, paths * 4))
    assert all(len(one) == 1 for one in found)
