"""Work done ahead of the training by threads: batches are ready when the network asks for them.

Threads, because what they do (OpenCV, ONNX Runtime, numpy) lets go of Python's lock: nothing to fork, no shared memory
to fill, and nothing that outlives the process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

# Results that wait per thread: enough for one long job not to hold up the rest.
AHEAD = 2


def prefetched(jobs: Iterable[Callable[[], T]], workers: int) -> Iterator[T]:
    """The results of some jobs in their order, computed ahead.

    Closing the generator (also by leaving the loop over it) drops the jobs that have not begun, waits for those that
    have, and ends the threads.

    Args:
        jobs: Called once each; taken from the iterable in the caller's thread, a few ahead of the result.
        workers: Threads; 0 does each job when its result is asked for.

    Raises:
        Exception: Whatever a job raises, where its result would have come.
    """
    if workers <= 0:
        for job in jobs:
            yield job()
        return
    pool = ThreadPoolExecutor(workers, thread_name_prefix="prefetch")
    waiting: deque[Future[T]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(job))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
