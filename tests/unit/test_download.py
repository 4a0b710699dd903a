"""Downloads from a server that breaks off, lies, hangs, and sends something else."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from hostile_server import (
    breaks_off,
    drips,
    goes_to,
    good,
    hangs,
    hidden_web_page,
    hostile_server,
    knows_no_ranges,
    says_wrong_length,
    web_page,
)

from ocrstudio.core.errors import DownloadError, ProjectError
from ocrstudio.formats import download as downloading
from ocrstudio.formats.download import Limits, Wish, download
from ocrstudio.formats.model_catalogue import RemoteFile, Source
from ocrstudio.formats.proxy import check_proxy

DATA = random.Random(7).randbytes(300_000)
SUM = hashlib.sha256(DATA).hexdigest()
FULL = Path("/dev/full")
QUICK = Limits(timeout_s=0.4, attempts=2, pause_s=0)


@pytest.fixture
def server():
    with hostile_server() as running:
        yield running


def get(folder: Path, url: str, sha256: str = SUM, *, size: int = 0, **wish) -> Path:
    name = url.rsplit("/", 1)[-1]
    wish = {"limits": QUICK, "proxy": "direct", **wish}
    download(Source("here", (RemoteFile(url, name, sha256),)), folder, Wish(**wish), size)
    return folder / name


def full_if_part(path: Path) -> Path:
    """A disk without room for what comes in."""
    return FULL if path.suffix == ".part" else path


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_and_alone_and_tells_how_far_it_is(server, tmp_path):
    told = []
    file = get(tmp_path, server.put("/a.tar", good(DATA)), progress=lambda *numbers: told.append(numbers))
    assert file.read_bytes() == DATA
    assert left(tmp_path) == [".a.tar.part.json", "a.tar"]
    assert told[-1] == (len(DATA), len(DATA))


def test_what_broke_off_is_continued_and_not_begun_again(server, tmp_path):
    url = server.put("/a.tar", breaks_off(DATA, 100_000, then=good(DATA)))
    assert get(tmp_path, url, "").read_bytes() == DATA
    assert server.ranges == [None, "bytes=100000-"]


def test_the_next_call_continues_what_an_earlier_one_left(server, tmp_path):
    url = server.put("/a.tar", breaks_off(DATA, 100_000))
    with pytest.raises(DownloadError, match="broke off again and again"):
        get(tmp_path, url)
    assert left(tmp_path) == [".a.tar.part", ".a.tar.part.json"]
    server.put("/a.tar", good(DATA))
    assert get(tmp_path, url).read_bytes() == DATA
    assert server.ranges[-1] == "bytes=100000-"


def test_a_server_that_knows_no_ranges_sends_all_again(server, tmp_path):
    url = server.put("/a.tar", breaks_off(DATA, 100_000, then=knows_no_ranges(DATA)))
    assert get(tmp_path, url).read_bytes() == DATA


def test_a_file_that_changed_meanwhile_is_not_mixed_with_the_old_one(server, tmp_path):
    newer = bytes(reversed(DATA))
    url = server.put("/a.tar", breaks_off(DATA, 100_000, then=good(newer, '"two"')))
    assert get(tmp_path, url, "").read_bytes() == newer


def test_a_part_that_is_longer_than_the_file_is_dropped(server, tmp_path):
    url = server.put("/a.tar", good(DATA))
    (tmp_path / ".a.tar.part").write_bytes(DATA + b"more")
    (tmp_path / ".a.tar.part.json").write_text(json.dumps({"url": url, "mark": '"one"'}))
    assert get(tmp_path, url).read_bytes() == DATA


def test_a_part_of_another_source_is_used_only_with_a_checksum(server, tmp_path):
    url = server.put("/a.tar", good(DATA))
    for sha256, wanted in ((SUM, "bytes=100-"), ("", None)):
        (tmp_path / ".a.tar.part").write_bytes(DATA[:100])
        (tmp_path / ".a.tar.part.json").write_text(json.dumps({"url": "http://elsewhere/a.tar", "mark": "x"}))
        assert get(tmp_path, url, sha256).read_bytes() == DATA
        assert server.ranges[-1] == wanted
        (tmp_path / "a.tar").unlink()


def test_a_whole_file_is_not_fetched_twice(server, tmp_path):
    url = server.put("/a.tar", good(DATA))
    for sha256 in (SUM, "", SUM):
        get(tmp_path, url, sha256)
    assert server.asked["/a.tar"] == 1


@pytest.mark.parametrize("announced", [len(DATA) + 50, len(DATA) - 50])
def test_a_length_that_is_a_lie_never_makes_a_file(server, tmp_path, announced):
    url = server.put("/a.tar", says_wrong_length(DATA, announced))
    with pytest.raises(DownloadError, match=r"broke off again|checksum differs"):
        get(tmp_path, url)
    assert not (tmp_path / "a.tar").exists()


def test_a_wrong_file_is_refused_and_not_kept(server, tmp_path):
    url = server.put("/a.tar", good(DATA[:-1] + b"!"))
    with pytest.raises(DownloadError, match=r"a\.tar from 127\.0\.0\.1 is not the file that it should be"):
        get(tmp_path, url)
    assert left(tmp_path) == []


def test_a_wrong_size_is_refused(server, tmp_path):
    url = server.put("/a.tar", good(DATA))
    with pytest.raises(DownloadError, match=r"has 300000 bytes instead of 299999"):
        get(tmp_path, url, "", size=len(DATA) - 1)
    assert left(tmp_path) == []


@pytest.mark.parametrize("page", [web_page, hidden_web_page])
def test_a_web_page_is_no_file(server, tmp_path, page):
    with pytest.raises(DownloadError, match=r"answered with a web page instead of a\.tar.*login"):
        get(tmp_path, server.put("/a.tar", page))
    assert not (tmp_path / "a.tar").exists()


def test_circles_and_unsafe_places_are_not_followed(server, tmp_path):
    server.put("/b.tar", goes_to(f"{server.address}/a.tar"))
    server.put("/c.tar", goes_to("file:///etc/passwd"))
    server.put("/d.tar", goes_to("ftp://127.0.0.1/d.tar"))
    url = server.put("/a.tar", goes_to(f"{server.address}/b.tar"))
    for one in (url, f"{server.address}/c.tar", f"{server.address}/d.tar"):
        with pytest.raises(DownloadError, match="in circles or to a place that is not safe"):
            get(tmp_path, one)
    assert server.asked["/a.tar"] < 12


def test_a_redirection_is_followed(server, tmp_path):
    server.put("/real.tar", good(DATA))
    assert get(tmp_path, server.put("/a.tar", goes_to("/real.tar"))).read_bytes() == DATA


def test_a_server_that_gives_a_little_each_time_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr(downloading, "_MOST_CONNECTIONS", 5)
    sent: list[int] = []

    def answer(handler):
        start = int((handler.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        sent.append(start)
        handler.head(206 if start else 200, Content_Length=999, Content_Range=f"bytes {start}-998/999", ETag='"a"')
        handler.wfile.write(b"x")

    with pytest.raises(DownloadError, match="broke off again and again"):
        get(tmp_path, server.put("/a.tar", answer))
    assert sent == [0, 1, 2, 3, 4]


def test_silence_ends_a_download_which_can_be_continued(server, tmp_path):
    url = server.put("/a.tar", hangs(DATA, 100_000))
    with pytest.raises(DownloadError, match=r"stopped answering while it sent a\.tar"):
        get(tmp_path, url)
    assert (tmp_path / ".a.tar.part").stat().st_size == 100_000


def test_dripping_is_silence_too(server, tmp_path):
    slow = Limits(timeout_s=2, patience_s=0.3, slowest=1000)
    with pytest.raises(DownloadError, match="stopped answering"):
        get(tmp_path, server.put("/a.tar", drips(DATA)), limits=slow)


def test_a_missing_file_says_so(server, tmp_path):
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1 does not hand out a\.tar \(answer 404\)"):
        get(tmp_path, f"{server.address}/a.tar")


def test_nobody_there(tmp_path):
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1 cannot be reached .*imported"):
        get(tmp_path, "http://127.0.0.1:9/a.tar")


def test_more_than_any_model_has_is_refused(server, tmp_path):
    with pytest.raises(DownloadError, match="is larger than"):
        get(tmp_path, server.put("/a.tar", good(DATA)), limits=Limits(max_bytes=1000))


@pytest.mark.skipif(not FULL.exists(), reason="the system has no disk that is always full")
def test_a_full_disk_is_told_before_and_while_writing(server, tmp_path, monkeypatch):
    url = server.put("/a.tar", good(DATA))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 100))
    with pytest.raises(DownloadError, match="needs 0 MB, but the disk"):
        get(tmp_path, url)
    monkeypatch.undo()
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *how, **more: opened(full_if_part(path), *how, **more))
    with pytest.raises(ProjectError, match=r"a\.tar could not be written: the disk is full"):
        get(tmp_path, url)


def test_a_stop_is_heard_and_keeps_what_came(server, tmp_path):
    url = server.put("/a.tar", good(DATA))
    calls = iter([False, False, True])
    with pytest.raises(DownloadError, match="Stopped"):
        get(tmp_path, url, cancelled=lambda: next(calls))
    assert 0 < (tmp_path / ".a.tar.part").stat().st_size < len(DATA)


def test_a_proxy_is_used(server, tmp_path):
    # the server answers whatever host is asked for through it
    server.put("/a.tar", good(DATA))
    assert get(tmp_path, "http://models.example/a.tar", proxy=server.address).read_bytes() == DATA


@pytest.mark.parametrize("proxy", ["localhost:8080", "ftp://a", "http://", "http://a:99999"])
def test_a_proxy_that_is_no_address_is_refused(proxy):
    with pytest.raises(DownloadError, match="no address of a proxy"):
        check_proxy(proxy)
    assert check_proxy(" http://user:secret@a:3128 ") == "http://user:secret@a:3128"
