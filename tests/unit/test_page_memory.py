"""The memory of a page's tree: kept from page to page, where the allocator can be told to."""

import os
import platform
import subprocess
import sys

import pytest

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
