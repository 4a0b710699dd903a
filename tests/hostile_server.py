"""A web server on this computer that does everything wrong that servers do, and a few things right."""

from __future__ import annotations

import io
import tarfile
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


@dataclass
class HostileServer:
    """Paths and what they answer; what was asked.

    Attributes:
        answers: Path to its answer.
        asked: How often each path was asked.
        ranges: The Range header of each request, in their order.
        gone: Ends answers that hang.
    """

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)
    ranges: list = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return f"{self.address}{path}"


class Handler(BaseHTTPRequestHandler):
    hostile: HostileServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        path = self.path.split("://", 1)[-1]
        path = "/" + path.split("/", 1)[-1] if "://" in self.path else path
        self.hostile.asked[path] += 1
        self.hostile.ranges.append(self.headers.get("Range"))
        with suppress(ConnectionError):
            self.hostile.answers.get(path, missing)(self)

    def log_message(self, *_arguments: object) -> None:
        return

    def head(self, status: int, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()


def missing(handler: Handler) -> None:
    handler.head(404, Content_Length=0)


def good(data: bytes, mark: str = '"one"') -> Answer:
    """Sends a file, and continues it when asked to."""

    def answer(handler: Handler) -> None:
        wanted, same = handler.headers.get("Range"), handler.headers.get("If-Range", mark) == mark
        if wanted and same:
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= len(data):
                handler.head(416, Content_Length=0)
                return
            told = f"bytes {start}-{len(data) - 1}/{len(data)}"
            handler.head(206, Content_Length=len(data) - start, Content_Range=told, ETag=mark)
            handler.wfile.write(data[start:])
        else:
            handler.head(200, Content_Length=len(data), ETag=mark)
            handler.wfile.write(data)

    return answer


def knows_no_ranges(data: bytes) -> Answer:
    """Always sends everything."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=len(data), ETag='"one"')
        handler.wfile.write(data)

    return answer


def breaks_off(data: bytes, at: int, then: Answer | None = None, mark: str = '"one"') -> Answer:
    """Announces all and sends a part; the first time only, if there is a `then`."""
    times: list[int] = []

    def answer(handler: Handler) -> None:
        times.append(1)
        if then is not None and len(times) > 1:
            then(handler)
            return
        handler.head(200, Content_Length=len(data), ETag=mark)
        handler.wfile.write(data[:at])

    return answer


def says_wrong_length(data: bytes, length: int) -> Answer:
    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=length)
        handler.wfile.write(data)

    return answer


def web_page(handler: Handler) -> None:
    """What a hotel's network answers to everything."""
    page = b"<!DOCTYPE html><html><body>Please log in</body></html>"
    handler.head(200, Content_Type="text/html; charset=utf-8", Content_Length=len(page))
    handler.wfile.write(page)


def hidden_web_page(handler: Handler) -> None:
    page = b"\n<html><body>gone</body></html>"
    handler.head(200, Content_Type="application/octet-stream", Content_Length=len(page))
    handler.wfile.write(page)


def goes_to(address: str, status: int = 302) -> Answer:
    return lambda handler: handler.head(status, Location=address, Content_Length=0)


def hangs(data: bytes, after: int) -> Answer:
    """Sends a part, then nothing, and does not close."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=len(data), ETag='"one"')
        handler.wfile.write(data[:after])
        handler.wfile.flush()
        handler.hostile.gone.wait(10)

    return answer


def drips(data: bytes) -> Answer:
    """A byte now and then: never silent, never done."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=len(data))
        for place in range(len(data)):
            if handler.hostile.gone.wait(0.05):
                return
            handler.wfile.write(data[place : place + 1])
            handler.wfile.flush()

    return answer


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """Serves until the end of the block."""
    hostile = HostileServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hostile": hostile}))
    server.daemon_threads = False
    hostile.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hostile
    finally:
        hostile.gone.set()
        server.shutdown()
        server.server_close()
        thread.join()


def tar_of(members: dict[str, bytes], extra: list[tarfile.TarInfo] | None = None) -> bytes:
    """A .tar with these files, and members that have no content."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for info in extra or ():
            tar.addfile(info)
    return out.getvalue()


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
