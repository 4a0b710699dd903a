"""PDF files written by hand, well made and otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image

TEXT = b"BT /F1 24 Tf 72 700 Td (Invoice 2024) Tj 0 -40 Td (Total 12.50) Tj 250 0 Td (EUR) Tj ET"


def pdf_bytes(pages: Iterable[tuple[str, bytes]], extra: str = "", objects: Iterable[bytes] = ()) -> bytes:
    """A PDF.

    Args:
        pages: Entries of each page's dictionary such as `/MediaBox [0 0 612 792]`, and its content.
        extra: Entries of the trailer.
        objects: More objects; the first has number 3.
    """
    listed, bodies = [], [b"", b"", *objects]
    for entries, content in pages:
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        font = "" if "/Resources" in entries else font
        bodies.append(f"<< /Type /Page /Parent 2 0 R /Contents {len(bodies)} 0 R {font} {entries} >>".encode())
        listed.append(len(bodies))
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{number} 0 R" for number in listed)
    bodies[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(listed)} >>".encode()
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def text_pdf(path: Path, pages: int = 1) -> Path:
    """Letter pages with three pieces of text: two in the second line, far apart."""
    path.write_bytes(pdf_bytes([("/MediaBox [0 0 612 792]", TEXT)] * pages))
    return path


def protected_pdf(path: Path) -> Path:
    """A PDF that no password opens."""
    mark = "5a" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{mark}> /U <{mark}> /P -4 >> /ID [<{mark}> <{mark}>]"
    path.write_bytes(pdf_bytes([("/MediaBox [0 0 612 792]", TEXT)], lock))
    return path


def scan_pdf(path: Path, pictures: Iterable[Image.Image], entries: str = "") -> Path:
    """A page for each picture, filled by it as a JPEG, such as scanners make; 150 pixels an inch."""
    objects, pages = [], []
    for number, picture in enumerate(pictures, start=3):
        data = BytesIO()
        picture.save(data, "JPEG", quality=95)
        colours = "/DeviceGray" if picture.mode == "L" else "/DeviceRGB"
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} /ColorSpace {colours} "
            f"/BitsPerComponent 8 /Filter /DCTDecode /Length {data.tell()} >>\nstream\n"
        )
        objects.append(head.encode() + data.getvalue() + b"\nendstream")
        width, height = picture.width * 72 / 150, picture.height * 72 / 150
        box = f"/MediaBox [0 0 {width} {height}] /Resources << /XObject << /Im0 {number} 0 R >> >> {entries}"
        pages.append((box, f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode()))
    path.write_bytes(pdf_bytes(pages, objects=objects))
    return path
