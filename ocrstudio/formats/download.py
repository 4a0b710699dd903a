"""Files from the network: continued where they broke off, checked, and in place only when they are whole.

What a server says is not believed: neither the length it announces nor the kind of file it sends.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

from ocrstudio import __version__
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DownloadError, StudioError
from ocrstudio.formats.atomic import make_folder, read_error, replace_file, write_atomic, write_error
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.model_catalogue import RemoteFile, Source
from ocrstudio.formats.proxy import BAD_PROXY, check_proxy

Progress = Callable[[int, int], None]
_CHUNK = 1 << 16
_TELL_EACH_S = 0.2
_MOST_CONNECTIONS = 200
# What stays free of the disk, for the labels.
_SPARE_BYTES = 512 << 20
_PAGE = (b"<!doctype", b"<html", b"<?xml")

UNREACHABLE = QT_TRANSLATE_NOOP("Errors", "{host} cannot be reached ({reason}).")
SILENT = QT_TRANSLATE_NOOP("Errors", "{host} stopped answering while it sent {file}.")
REFUSED = QT_TRANSLATE_NOOP("Errors", "{host} does not hand out {file} (answer {status}).")
LED_ASTRAY = QT_TRANSLATE_NOOP(
    "Errors", "{host} sends the request for {file} in circles or to a place that is not safe."
)
BROKE_OFF = QT_TRANSLATE_NOOP("Errors", "{host} broke off again and again while it sent {file}.")
OTHER_FILE = QT_TRANSLATE_NOOP("Errors", "{file} from {host} is not the file that it should be: its checksum differs.")
OTHER_SIZE = QT_TRANSLATE_NOOP("Errors", "{file} from {host} has {found} bytes instead of {wanted}.")
WEB_PAGE = QT_TRANSLATE_NOOP("Errors", "{host} answered with a web page instead of {file}.")
TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "{file} from {host} is larger than {limit} MB; no model is.")
NO_ROOM = QT_TRANSLATE_NOOP("Errors", "{file} needs {needed} MB, but the disk of {folder} has only {free} MB left.")
STOPPED = QT_TRANSLATE_NOOP("Errors", "Stopped; what was downloaded so far is kept, to go on later.")
CHECK_NETWORK = QT_TRANSLATE_NOOP(
    "Errors", "Check the network and the proxy, or choose another source. A file fetched elsewhere can be imported."
)
OTHER_SOURCE = QT_TRANSLATE_NOOP("Errors", "Choose another source, or fetch the file elsewhere and import it.")
TRY_AGAIN = QT_TRANSLATE_NOOP("Errors", "Try again: it goes on where it stopped. Or choose another source.")
LOG_IN = QT_TRANSLATE_NOOP(
    "Errors", "Some networks ask for a login first: open any page in a browser. Or choose another source."
)
FREE_SPACE = QT_TRANSLATE_NOOP("Errors", "Free some space and try again.")
# Another source changes nothing about these.
CANNOT_GO_ON = (STOPPED, NO_ROOM, BAD_PROXY)


@dataclass(frozen=True)
class Limits:
    """How patient a download is.

    Attributes:
        timeout_s: A server may be silent so long.
        attempts: How often one address is asked again after it broke off without having sent anything more.
        pause_s: Before it is asked again.
        max_bytes: Larger files are refused.
        slowest: Bytes a second that must come in, on the mean of `patience_s`.
        patience_s: See there.
    """

    timeout_s: float = 20
    attempts: int = 3
    pause_s: float = 0.5
    max_bytes: int = 4 << 30
    slowest: int = 1024
    patience_s: float = 60


@dataclass(frozen=True)
class Wish:
    """How somebody wants to download.

    Attributes:
        proxy: Address of a proxy; "direct" for none; "" for the system's.
        limits: How patient to be.
        progress: Told (bytes done, bytes in all; 0 if unknown) a few times a second.
        cancelled: Asked between pieces.
        failed: Told of each source that was given up for the next one.
    """

    proxy: str = ""
    limits: Limits = Limits()
    progress: Progress = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    failed: Callable[[StudioError], None] = lambda _error: None


class _BrokenError(Exception):
    """The connection ended before the file did."""


def download(source: Source, folder: Path, wish: Wish | None = None, size: int = 0) -> None:
    """Gets all files of a source.

    Files that broke off stay there as `.NAME.part` and are continued by the next call; `.NAME.part.json` says where
    each file came from.

    Args:
        source: An archive, or several files.
        folder: Where the files go; made if need be.
        wish: How.
        size: Exact bytes of a single file; 0 if unknown.

    Raises:
        DownloadError: If it was stopped, or the source does not have good files.
        ProjectError: If the folder cannot be written.
    """
    wish = wish or Wish()
    opener = _opener(wish.proxy)
    make_folder(folder)
    done = 0
    for file in source.files:
        done += _Transfer(file, folder, opener, wish, size, done).run()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to the web only, and never from a protected place to an open one."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        scheme = urllib.parse.urlsplit(newurl).scheme
        if scheme != "https" and scheme != req.type:
            raise urllib.error.HTTPError(req.full_url, code, "unsafe redirection", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(proxy: str) -> urllib.request.OpenerDirector:
    proxy = check_proxy(proxy)
    own = None if not proxy else {} if proxy == "direct" else {"http": proxy, "https": proxy}
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"] and not Path(ssl.get_default_verify_paths().capath or "").is_dir():
        # a bundled interpreter looks for the system's certificates where its maker had them
        with suppress(ImportError):
            import certifi

            context.load_verify_locations(certifi.where())
    https = urllib.request.HTTPSHandler(context=context)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(own), https, _Redirects())
    opener.addheaders = [("User-Agent", f"ocrstudio/{__version__}"), ("Accept-Encoding", "identity")]
    return opener


class _Transfer:
    """One file from one address, over as many connections as it takes."""

    def __init__(
        self, file: RemoteFile, folder: Path, opener: urllib.request.OpenerDirector, wish: Wish, size: int, before: int
    ) -> None:
        self._file, self._folder, self._opener, self._wish = file, folder, opener, wish
        self._size, self._before = size, before
        self._host = urllib.parse.urlsplit(file.url).hostname or file.url
        self._target = folder / file.name
        self._part = folder / f".{file.name}.part"
        self._note = folder / f".{file.name}.part.json"
        self._told = 0.0

    def run(self) -> int:
        """Gets the file; how many bytes it has."""
        if self._is_there():
            return self._target.stat().st_size
        limits, failures = self._wish.limits, 0
        for _ in range(_MOST_CONNECTIONS):
            before = self._kept()
            try:
                self._connect()
            except _BrokenError:
                failures = 0 if self._kept() > before else failures + 1
                if failures >= limits.attempts:
                    break
                time.sleep(limits.pause_s)
            else:
                return self._finish()
        raise self._error(BROKE_OFF, TRY_AGAIN)

    def _is_there(self) -> bool:
        """Whether an earlier call got it: from this very address, or with the right checksum."""
        if not self._target.is_file():
            return False
        if self._file.sha256:
            return sha256_of(self._target) == self._file.sha256
        note = self._read_note()
        return note.get("url") == self._file.url and note.get("size") == self._target.stat().st_size

    def _kept(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _connect(self) -> None:
        # addresses of the catalogue are checked there
        request = urllib.request.Request(self._file.url)  # noqa: S310
        start, mark = self._kept(), self._read_mark()
        if start and (mark or self._file.sha256):
            request.add_header("Range", f"bytes={start}-")
            if mark:
                # if the file is another one by now, all of it comes
                request.add_header("If-Range", mark)
        try:
            with self._opener.open(request, timeout=self._wish.limits.timeout_s) as answer:
                self._take(answer, start)
        except urllib.error.HTTPError as error:
            with error:
                self._refused(error)
        except TimeoutError as error:
            self._fail(SILENT, TRY_AGAIN, cause=error)
        except (OSError, http.client.HTTPException) as error:
            # of the network: those of the disk are `ProjectError` by now
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                self._fail(SILENT, TRY_AGAIN, cause=error)
            if isinstance(error, (http.client.HTTPException, ConnectionError)):
                raise _BrokenError from error
            self._fail(UNREACHABLE, CHECK_NETWORK, cause=error, reason=getattr(reason, "strerror", None) or reason)

    def _refused(self, error: urllib.error.HTTPError) -> None:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and self._kept():
            self._forget()
            raise _BrokenError from error
        if error.code in (500, 502, 503, 504):
            raise _BrokenError from error
        if 300 <= error.code < 400:
            self._fail(LED_ASTRAY, OTHER_SOURCE, cause=error)
        self._fail(REFUSED, OTHER_SOURCE, cause=error, status=error.code)

    def _take(self, answer: Any, start: int) -> None:
        """Reads one answer to its end."""
        if answer.status != http.HTTPStatus.PARTIAL_CONTENT or not _continues(answer, start):
            # it does not know how to continue, or the file has changed
            self._forget()
            if answer.status == http.HTTPStatus.PARTIAL_CONTENT:
                raise _BrokenError
            start = 0
        if answer.headers.get_content_type() == "text/html" and not self._file.name.endswith(".html"):
            self._fail(WEB_PAGE, LOG_IN)
        announced = _number(answer.headers.get("Content-Length"))
        total = start + announced if announced else 0
        self._check_room(total or self._size, start)
        mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        # a weak one does not promise the same bytes
        self._write_note(mark="" if mark.startswith("W/") else mark)
        got = self._copy(answer, start, total)
        if got < total:
            raise _BrokenError

    def _copy(self, answer: Any, start: int, total: int) -> int:
        limits, since, came = self._wish.limits, time.monotonic(), 0
        done = start
        with self._disk(), self._part.open("ab" if start else "wb") as out:
            # what is there at once, so that a stop is heard while little comes
            while chunk := self._read(answer):
                if self._wish.cancelled():
                    raise DownloadError(STOPPED)
                if not done and chunk.lstrip()[:10].lower().startswith(_PAGE):
                    self._fail(WEB_PAGE, LOG_IN)
                done, came = done + len(chunk), came + len(chunk)
                if done > limits.max_bytes:
                    self._fail(TOO_LARGE, OTHER_SOURCE, limit=limits.max_bytes >> 20)
                out.write(chunk)
                now = time.monotonic()
                if now - since >= limits.patience_s:
                    if came < limits.slowest * (now - since):
                        self._fail(SILENT, TRY_AGAIN)
                    since, came = now, 0
                self._tell(done, total)
        return done

    def _read(self, answer: Any) -> bytes:
        """A piece of the answer; what the network raises is not to be taken for the disk's."""
        try:
            return bytes(answer.read1(_CHUNK))
        except TimeoutError:
            self._fail(SILENT, TRY_AGAIN)
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenError from error

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise write_error(self._target, error) from error

    def _finish(self) -> int:
        """Checks the file and puts it in its place."""
        size = self._kept()
        values: dict[str, Any] = {}
        what = ""
        if self._size and size != self._size:
            what, values = OTHER_SIZE, {"found": size, "wanted": self._size}
        elif self._file.sha256 and sha256_of(self._part) != self._file.sha256:
            what = OTHER_FILE
        elif not size:
            what = BROKE_OFF
        if what:
            self._forget()
            self._fail(what, OTHER_SOURCE, **values)
        with self._disk():
            replace_file(self._part, self._target)
        self._write_note(size=size)
        self._wish.progress(self._before + size, self._before + size)
        return size

    def _tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= _TELL_EACH_S:
            self._told = now
            self._wish.progress(self._before + done, self._before + total if total else 0)

    def _check_room(self, total: int, start: int) -> None:
        free = shutil.disk_usage(self._folder).free - _SPARE_BYTES
        if total - start > free:
            values: dict[str, Any] = {"needed": total >> 20, "free": max(0, free) >> 20, "folder": self._folder}
            self._fail(NO_ROOM, FREE_SPACE, **values)

    def _read_mark(self) -> str:
        """What the server said to tell this version of the file from others; "" if that is another address's."""
        note = self._read_note()
        if note.get("url") == self._file.url:
            return str(note.get("mark") or "")
        # of another source: the same file only if its checksum says so
        if not self._file.sha256:
            self._forget()
        return ""

    def _read_note(self) -> dict[str, Any]:
        try:
            return json_object(self._note.read_bytes()) or {}
        except OSError:
            return {}

    def _write_note(self, **known: object) -> None:
        write_atomic(self._note, json.dumps({"url": self._file.url, **known}), durable=False)

    def _forget(self) -> None:
        for path in (self._part, self._note):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _fail(self, what: str, remedy: str, *, cause: Exception | None = None, **values: Any) -> NoReturn:
        raise self._error(what, remedy, **values) from cause

    def _error(self, what: str, remedy: str, **values: Any) -> DownloadError:
        return DownloadError(what, remedy, **{"host": self._host, "file": self._file.name, **values})


def _continues(answer: Any, start: int) -> bool:
    """Whether a partial answer begins where the file broke off."""
    return str(answer.headers.get("Content-Range", "")).startswith(f"bytes {start}-")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def sha256_of(file: Path) -> str:
    """The hexadecimal SHA-256 of a file; `ProjectError` if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        raise read_error(file, error) from error
    return digest.hexdigest()
