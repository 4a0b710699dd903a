"""Work done ahead by threads."""

from __future__ import annotations

import threading
import time

import pytest

from ocrstudio.engine.prefetch import AHEAD, prefetched


def threads() -> int:
    return sum(thread.name.startswith("prefetch") for thread in threading.enumerate())


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_results_come_in_the_order_of_the_jobs(workers):
    def job(number):
        time.sleep(0.002 * (number % 3))
        return number

    assert list(prefetched((lambda n=n: job(n) for n in range(20)), workers)) == list(range(20))
    assert threads() == 0


@pytest.mark.parametrize("workers", [0, 2])
def test_an_error_comes_where_the_result_would_have(workers):
    def fail():
        raise ValueError("third")

    results = prefetched([lambda: 1, lambda: 2, fail, lambda: 4], workers)

    assert [next(results), next(results)] == [1, 2]
    with pytest.raises(ValueError, match="third"):
        next(results)
    assert threads() == 0


def test_only_a_few_jobs_are_done_ahead():
    started = []
    results = prefetched((lambda n=n: started.append(n) for n in range(100)), 2)

    next(results)
    time.sleep(0.05)

    assert len(started) <= 2 * AHEAD + 2
    results.close()


def test_closing_ends_the_threads_and_drops_what_has_not_begun():
    done = []
    results = prefetched((lambda n=n: done.append(n) for n in range(1000)), 2)
    next(results)

    results.close()

    assert threads() == 0
    assert len(done) < 20
