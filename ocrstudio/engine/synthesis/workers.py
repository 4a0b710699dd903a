"""Processes that make lines. They end with the one that started them, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar, cast

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError

T = TypeVar("T")
R = TypeVar("R")

MOST_WORKERS = 8
WORKER_GONE = QT_TRANSLATE_NOOP("Errors", "A helper process that makes lines ended unexpectedly (code {code}).")
START_AGAIN = QT_TRANSLATE_NOOP("Errors", "Start again: what is finished is kept. Most often memory ran out.")


def usual_count() -> int:
    """As many as there are processors, within reason."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS))


def spread(work: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """Does some work on every item in other processes.

    Args:
        work: Can be pickled; a `StudioError` that it raises ends everything.
        items: Can be pickled.
        workers: How many processes; one does without any.

    Yields:
        The results, in the order in which they are finished.

    Raises:
        StudioError: What the work raised.
        EngineError: If a process died.
    """
    if workers <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    context = multiprocessing.get_context("spawn")
    waiting = list(reversed(items))
    links: dict[Connection, Any] = {}
    try:
        for _ in range(min(workers, len(items))):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, work), daemon=True)
            process.start()
            theirs.close()
            links[ours] = process
            ours.send(waiting.pop())
        while links:
            for link in cast(list[Connection], wait(list(links))):
                yield _answer(link, links[link])
                if waiting:
                    link.send(waiting.pop())
                else:
                    link.close()
                    links.pop(link).join()
    finally:
        for link, process in links.items():
            link.close()
            process.terminate()
            process.join()


def _answer(link: Connection, process: Any) -> Any:
    try:
        answer, error = link.recv()
    except (EOFError, OSError) as gone:
        process.join()
        raise EngineError(WORKER_GONE, START_AGAIN, code=process.exitcode) from gone
    if error is not None:
        kind, what, remedy, values = error
        raise kind(what, remedy, **values)
    return answer


def _serve(link: Connection, work: Callable[[Any], Any]) -> None:
    # an interrupt is for the one that started us; it closes the link then
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import cv2

    # the other processors have workers of their own
    cv2.setNumThreads(1)
    while True:
        try:
            item = link.recv()
        except (EOFError, OSError):
            return
        answer: tuple[Any, Any]
        try:
            answer = (work(item), None)
        except StudioError as error:
            answer = (None, (type(error), error.what, error.remedy, {k: str(v) for k, v in error.values.items()}))
        link.send(answer)
