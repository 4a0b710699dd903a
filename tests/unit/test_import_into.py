"""Whole imports: PDF files, archives, pictures copied or linked, and lists of which every defect is named."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ocrstudio.core.errors import FormatError
from ocrstudio.core.page import PageState
from ocrstudio.formats import archives
from ocrstudio.formats.exchange.import_into import Import, ImportWishes, import_into
from ocrstudio.formats.exchange.import_log import write_log
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.exchange.reading import PdfWishes
from ocrstudio.formats.pdf_pages import PdfPasswordError
from ocrstudio.formats.store import ProjectStore
from tests.unit.pdf_parts import pdf_bytes, protected_pdf, scan_pdf, text_pdf


def bring(paths, folder, how=None, **wishes) -> Import:
    listed = paths if isinstance(paths, list) else [paths]
    with closing(ImportSource(listed, folder)) as source:
        return import_into(source, folder, ImportWishes(**wishes), how)


def told(done: Import) -> list[str]:
    return [str(problem) for problem in done.problems]


def texts(folder: Path) -> dict[str, list[str]]:
    store = ProjectStore.open(folder)
    found = {store.file_of(key): [box.text for box in store.page(key).boxes] for key in store.keys}
    store.close()
    return found


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.[pj][np]g") if ".ocr" not in str(path)
    )


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def picture(shade: int) -> bytes:
    out, image = BytesIO(), Image.new("L", (60, 20), 255)
    image.paste(shade, (5, 5, 5 + shade % 40, 15))
    image.save(out, "PNG")
    return out.getvalue()


# --- lists ----------------------------------------------------------------------------------------------------------


def numbered(folder: Path, lines: list[bytes]) -> Path:
    """A recognition list, and a picture for each line."""
    folder.mkdir()
    for number in range(len(lines)):
        (folder / f"{number}.png").write_bytes(picture(number))
    (folder / "rec_gt.txt").write_bytes(b"\n".join(lines))
    return folder / "rec_gt.txt"


def test_one_odd_line_of_a_list_keeps_no_others_back(tmp_path):
    odd = {
        3: b"3.png\t[1] a text may begin with a bracket",
        5: b"5.png\tnot \xff\xfe\xe4 text",
        7: b"7.png\tte\x00xt",
        9: b"../../etc/passwd\tout",
    }
    lines = [odd.get(number, b"%d.png\tline %d" % (number, number)) for number in range(12)]
    done = bring(numbered(tmp_path / "in", lines), tmp_path / "p", "copy")
    assert (done.gathered.form, done.gathered.boxes) == ("paddlex-rec", 10)
    assert [problem.split(":")[0] for problem in told(done)] == [f"rec_gt.txt, line {row}" for row in (6, 8, 10)]
    found = texts(tmp_path / "p")
    assert (found["3.png"], found["7.png"]) == (["[1] a text may begin with a bracket"], ["text"])


def test_why_nothing_came_into_a_new_project_is_told(tmp_path):
    source = numbered(tmp_path / "in", [b"gone %d.png\tline" % number for number in range(3)])
    done = bring(source, tmp_path / "p", "copy")
    assert not done.gathered.pages
    assert [problem.split(":")[0] for problem in told(done)] == [f"rec_gt.txt, line {row}" for row in (1, 2, 3)]


# --- PDF ------------------------------------------------------------------------------------------------------------


def test_pdf_pages_become_pages_with_their_text_and_a_second_import_adds_nothing(tmp_path):
    project, pdf = tmp_path / "项目", text_pdf(tmp_path / "a b.pdf", 2)
    assert len(bring(pdf, project).brought) == 2
    assert texts(project) == {f"a b_p00{n}.png": ["Invoice 2024", "Total 12.50", "EUR"] for n in (1, 2)}
    store = ProjectStore.open(project)
    assert {store.state(key) for key in store.keys} == {PageState.AUTO}
    store.close()
    again = bring(pdf, project)
    assert (again.brought, again.changed) == ([], [])


def test_a_dry_run_says_what_would_come_and_makes_nothing(tmp_path):
    pdf = text_pdf(tmp_path / "a.pdf", 2)
    with closing(ImportSource([pdf], None)) as source:
        done = import_into(source, tmp_path / "p", ImportWishes(), None, dry_run=True)
    assert (len(done.gathered.copyable), done.brought) == (2, [])
    assert not (tmp_path / "p").exists()


def test_another_pdf_of_the_same_name_overwrites_nothing(tmp_path):
    project = tmp_path / "p"
    bring(text_pdf(tmp_path / "a.pdf"), project)
    (tmp_path / "other").mkdir()
    bring(scan_pdf(tmp_path / "other" / "a.pdf", [Image.new("RGB", (300, 200), "red")]), project)
    assert names(project) == ["a-2_p001.jpg", "a_p001.png"]


def test_a_scan_keeps_its_own_jpeg_and_one_that_is_turned_is_drawn(tmp_path):
    noise = Image.effect_noise((400, 300), 60).convert("RGB")
    plain = scan_pdf(tmp_path / "plain.pdf", [noise])
    turned = scan_pdf(tmp_path / "turned.pdf", [noise], "/Rotate 90")
    bring([plain, turned], tmp_path / "p", pdf=PdfWishes(dpi=150))
    assert (tmp_path / "p" / "plain_p001.jpg").read_bytes() in plain.read_bytes()
    with Image.open(tmp_path / "p" / "turned_p001.png") as drawn:
        assert drawn.size == (300, 400)


def test_damaged_pages_and_files_are_named_and_the_others_come(tmp_path):
    good = pdf_bytes([("/MediaBox [0 0 99 99]", b"")] * 3)
    (tmp_path / "half.pdf").write_bytes(good.replace(b"/Kids [4 0 R 6 0 R 8 0 R]", b"/Kids [4 0 R 3 0 R 8 0 R]"))
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7 nothing")
    protected_pdf(tmp_path / "secret.pdf")
    done = bring(tmp_path, tmp_path / "p", form="pdf")
    assert names(tmp_path / "p") == ["half_p001.png", "half_p003.png"]
    assert [text.partition(".")[0] for text in told(done)] == ["Page 2 of half", "none", "secret"]
    with pytest.raises(PdfPasswordError):
        bring(tmp_path / "secret.pdf", tmp_path / "p")


# --- archives -------------------------------------------------------------------------------------------------------


def test_a_zip_with_a_list_and_its_pictures(tmp_path):
    files = {"data/rec_gt.txt": "crops/1.png\t合计\ncrops/2.png\tTotal\n".encode()}
    files |= {f"data/crops/{n}.png": picture(20 + n) for n in (1, 2)}
    done = bring(packed(tmp_path / "a.zip", files), tmp_path / "p", "copy")
    assert texts(tmp_path / "p") == {"1.png": ["合计"], "2.png": ["Total"]}
    assert told(done) == []
    assert not list((tmp_path / "p" / ".ocrstudio").glob("unpacked*"))


def test_a_zip_of_plain_pictures_with_names_from_chinese_windows(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile.ZipInfo, "_encodeFilenameFlags", lambda info: (info.filename.encode("gbk"), 0))
    path = packed(tmp_path / "a.zip", {"图/发票.png": picture(30), "图/说明.png": picture(31)})
    monkeypatch.undo()
    bring(path, tmp_path / "p")
    assert names(tmp_path / "p") == ["发票.png", "说明.png"]


def test_a_zip_of_a_ppocrlabel_folder_comes_whole(tmp_path):
    line = '[{"transcription": "%s", "points": [[1,1],[9,1],[9,9],[1,9]], "difficult": false}]'
    files = {f"扫描/{n}.png": picture(10 + n) for n in range(4)}
    files["扫描/Label.txt"] = f"扫描/0.png\t{line % 'checked'}\n扫描/1.png\t{line % 'edited'}\n".encode()
    files["扫描/Cache.cach"] = f"扫描/2.png\t{line % 'found'}\n".encode()
    files["扫描/fileState.txt"] = "扫描/0.png\t1\n".encode()
    files["扫描/crop_img/0_crop_0.png"] = picture(5)
    bring(packed(tmp_path / "a.zip", files), tmp_path / "p", "copy")
    assert texts(tmp_path / "p") == {"0.png": ["checked"], "1.png": ["edited"], "2.png": ["found"], "3.png": []}
    store = ProjectStore.open(tmp_path / "p")
    states = [store.state(key) for key in store.keys]
    store.close()
    assert states == [PageState.CHECKED, PageState.EDITED, PageState.AUTO, PageState.NEW]


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("发票.png".encode("gbk"), "发票.png"),
        ("发票.png".encode(), "发票.png"),
        ("Müller Größe.png".encode("cp437"), "Müller Größe.png"),
    ],
)
def test_names_without_a_mark_are_read_as_they_were_meant(raw, meant):
    info = zipfile.ZipInfo(raw.decode("cp437"))
    assert archives._names([info]) == {info.filename: meant}


def test_hostile_entries_are_left_out_and_named(tmp_path):
    good = {"a.png": picture(10), "A.PNG": picture(11), "a.png/b.png": picture(12)}
    bad = ("../up.png", "/abs.png", "C:/drive.png", "..\\up.png", "con.png", "x/../../y.png")
    (tmp_path / "in").mkdir()
    path = packed(tmp_path / "in" / "a.zip", {**good, **dict.fromkeys(bad, picture(13))})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/._a.png", b"x")
    done = bring(path, tmp_path / "p")
    assert names(tmp_path / "p") == ["a.png"]
    assert sum("leads out" in text for text in told(done)) == 6
    assert sum("twice" in text for text in told(done)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "p"]


def test_bombs_broken_and_protected_archives_leave_nothing(tmp_path, monkeypatch):
    project = tmp_path / "p"
    path = packed(tmp_path / "a.zip", {"a.png": picture(10), "big.txt": bytes(50_000)})
    whole = path.read_bytes()
    monkeypatch.setattr(archives, "_LIKELY_BYTES", 10_000)
    monkeypatch.setattr(archives, "_LIKELY_RATIO", 0)
    with pytest.raises(FormatError, match="holds more than"):
        bring(path, project)
    monkeypatch.undo()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FormatError, match=r"a\.zip is no archive") as caught:
        bring(path, project)
    assert "\n" not in str(caught.value)
    locked = bytearray(whole)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[whole.index(mark) + place] |= 1
    path.write_bytes(locked)
    with pytest.raises(FormatError, match="protected by a password"):
        bring(path, project)
    packed(path, {"manifest.json": b"{}", "pages.jsonl": b""})
    with pytest.raises(FormatError, match="is a project package"):
        bring(path, project)
    assert not list(project.glob(".ocrstudio/*"))


# --- pictures -------------------------------------------------------------------------------------------------------


def listed(folder: Path, **lines: str) -> Path:
    folder.mkdir()
    for number, name in enumerate(lines):
        (folder / f"{name}.png").write_bytes(picture(10 + 7 * number))
    rows = "".join(f"{name}.png\t{text}\n" for name, text in lines.items())
    (folder / "rec_gt.txt").write_text(rows, encoding="utf-8")
    return folder


def test_different_pictures_of_one_name_stay_apart(tmp_path):
    project, first = tmp_path / "p", listed(tmp_path / "one", a="A", b="B")
    second = listed(tmp_path / "two", x="X", b="another")
    (second / "x.png").unlink()
    (second / "a.png").write_bytes(picture(33))
    (second / "rec_gt.txt").write_text("a.png\tother\nb.png\tB\n", encoding="utf-8")
    (second / "b.png").write_bytes((first / "b.png").read_bytes())
    bring(first, project, "copy")
    for _ in range(2):  # also when it is imported again
        bring(second, project, "copy")
        assert texts(project) == {"a.png": ["A"], "a-2.png": ["other"], "b.png": ["B"]}


def test_pictures_of_one_name_in_two_folders_of_the_source_keep_their_folders(tmp_path):
    for number, name in enumerate("ab"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "1.png").write_bytes(picture(10 + 9 * number))
    (tmp_path / "in" / "gt.txt").write_text("a/1.png\tA\nb/1.png\tB\n", encoding="utf-8")
    for _ in range(2):
        bring(tmp_path / "in", tmp_path / "p", "copy")
        assert texts(tmp_path / "p") == {"a/1.png": ["A"], "b/1.png": ["B"]}


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_links_are_hard_where_they_can_be_and_symbolic_else(tmp_path, monkeypatch):
    source = listed(tmp_path / "in", a="A")
    bring(source, tmp_path / "hard", "link")
    assert (tmp_path / "hard" / "a.png").samefile(source / "a.png")

    def other_disk(*_paths: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_disk)
    for _ in range(2):
        bring(source, tmp_path / "soft", "link")
        assert texts(tmp_path / "soft") == {"a.png": ["A"]}
    assert (tmp_path / "soft" / "a.png").is_symlink()
    monkeypatch.setattr(Path, "symlink_to", other_disk)
    done = bring(source, tmp_path / "none", "link")
    assert told(done)[0].startswith("rec_gt.txt, line 1: a.png cannot be linked")
    (tmp_path / "none" / "own.png").write_bytes(picture(50))
    done = bring(source, tmp_path / "none", "link")
    assert told(done)[0].startswith("rec_gt.txt, line 1: a.png cannot be linked")
    assert names(tmp_path / "none") == ["own.png"]


# --- what bad lists get ---------------------------------------------------------------------------------------------


def test_every_defect_of_a_recognition_list_is_named_with_its_row(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("good", "space name", "comma", "empty", "gbk", "tabs", "last"):
        (folder / f"{name}.png").write_bytes(picture(len(name) * 3))
    (folder / "zero.png").write_bytes(b"")
    rows = [
        "good.png\t好".encode(),
        b"gone.png\tmissing",
        b"space name.png no tab",
        "comma.png,还是没有".encode(),
        b"empty.png\t",
        "gbk.png\t发票".encode("gbk"),
        b"",
        "good.png\t好".encode(),
        "good.png\t坏".encode(),
        b"oo",
        b"tabs.png\ta\tb",
        b"zero.png\tnull",
        b"\xff\xff.png\t\xff",
        b"last.p\ttruncated",
        "last.png\t尾".encode(),
    ]
    (folder / "rec_gt.txt").write_bytes(b"\r\n".join(rows))
    done = bring(folder, tmp_path / "p", "copy")
    assert texts(tmp_path / "p") == {
        "comma.png": ["还是没有"],
        "empty.png": [""],
        "gbk.png": ["发票"],
        "good.png": ["好"],
        "last.png": ["尾"],
        "space name.png": ["no tab"],
        "tabs.png": ["a"],
    }
    found = {text.partition(":")[0]: text for text in told(done)}
    assert {int(place.rpartition(" ")[2]) for place in found} == {2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14}
    for row, words in {
        2: "gone.png",
        3: "no tab",
        5: "empty",
        6: "UTF-8",
        9: "another text, 坏",
        12: "0 bytes",
    }.items():
        assert words in found[f"rec_gt.txt, line {row}"]


def test_every_defect_of_a_detection_list_is_named_with_its_row(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.png").write_bytes(picture(10))
    box = '[{"transcription": "%s", "points": [[1,1],[9,1],[9,9],[1,9]]}]'
    rows = [f"no tab {box % 0}", f"a.png\t{box % 1}", f"gone.png\t{box % 2}", "a.png\t[{", f"a.png\t{box % 3}"]
    (folder / "train.list").write_text("\n".join(rows), encoding="utf-8")
    done = bring(folder / "train.list", tmp_path / "p", "copy")
    assert texts(tmp_path / "p") == {"a.png": ["1", "3"]}
    assert [text.partition(":")[0] for text in told(done)] == [f"train.list, line {row}" for row in (1, 4, 5, 3)]


@pytest.mark.parametrize("head", ["filename,words\n", "Image;Text\n", ""])
def test_a_table_of_line_pictures_from_anywhere(tmp_path, head):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.png").write_bytes(picture(10))
    separator = ";" if ";" in head else ","
    rows = [("a.png", '"x, y"'), ("gone.png", "z"), ("", "t"), ("a.png", "again")]
    if not head:
        rows = rows[:2] + rows[3:]
    (folder / "labels.csv").write_text(head + "".join(f"{n}{separator}{t}\n" for n, t in rows), encoding="utf-8")
    done = bring(folder, tmp_path / "p", "copy")
    assert texts(tmp_path / "p") == {"a.png": ["x, y"]}
    first = 2 if head else 1
    assert [text.partition(":")[0] for text in told(done)] == [
        f"labels.csv, line {row + first}" for row in ((1, 2, 3) if head else (1, 2))
    ]


def test_what_was_left_out_is_kept_in_a_file(tmp_path):
    assert write_log(tmp_path, tmp_path / "in", "nothing", []) is None
    log = write_log(tmp_path, tmp_path / "列表.txt", "1 page", ["列表.txt, line 2: gone \ud800"])
    text = log.read_text(encoding="utf-8-sig")
    assert log.is_relative_to(tmp_path / ".ocrstudio" / "imports")
    assert "列表.txt, line 2: gone" in text
