"""The memory of a page: its tree's is kept from page to page, and the garbage collector waits."""

import gc
import os
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from audit.reading import read_page

PAGES = 40
FEW = 10  # faults a page; without the block each page takes 50 to 70
READ = f"""
import resource
from audit.reading import read_page
body = ("<ul>" + "<li><a href='1.html'>关于某事的通知</a><span>2020-06-05</span></li>" * 700).encode()
def read(times):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(times):
        read_page(body, "http://site.test/", "text/html; charset=utf-8")
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
read({PAGES})
print(read({PAGES}))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator than glibc's")
def test_a_page_s_memory_is_not_given_back_before_the_next_page() -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", READ], env=plain, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < FEW * PAGES


@pytest.fixture
def collections() -> Iterator[list[str]]:
    """The collections that begin while the test runs."""
    begun: list[str] = []

    def noted(phase: str, _: object) -> None:
        begun.append(phase)

    gc.collect()
    gc.callbacks.append(noted)
    yield begun
    gc.callbacks.remove(noted)


def test_no_garbage_is_looked_for_while_a_page_is_read(collections: list[str]) -> None:
    body = ("<ul>" + "<li class=row><a href=1.html>通知</a></li>" * 5000).encode()
    before = len(collections)

    record = read_page(body, "http://site.test/", "text/html; charset=utf-8")

    assert len(record.links) == 5000
    assert len(collections) - before <= 2  # one begins and ends when the page is read


@pytest.mark.parametrize("collects", [True, False])
def test_reading_leaves_the_collector_as_it_was(collects: bool) -> None:
    if not collects:
        gc.disable()
    try:
        read_page(b"<p>1</p>", "http://site.test/", "text/html")

        assert gc.isenabled() == collects
    finally:
        gc.enable()
