"""Measures a whole run on the generated site: pages, CPU, memory, planted dead links found and false.

    ./run exec python tests/bench/measure.py [PAGES] [--again] [--no-browser]

Needs the shared folder (DUWANG_SHARED, default ../shared) with its bench/gen_site.py, and nginx.
The server runs on one core, duwang on another where there are two. CPU seconds and memory are those
of the whole process, start-up, reports and browser included. `--again` measures an unchanged second
run and `duwang check last` too.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
DUWANG = Path(sys.executable).parent / "duwang"


def main() -> None:
    """Generate, serve, run, compare with the truth, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", type=int, nargs="?", default=1000)
    parser.add_argument("--again", action="store_true", help="measure an unchanged second run too")
    parser.add_argument("--no-browser", action="store_true", help="go without the browser")
    asked = parser.parse_args()
    options = ("--no-browser",) if asked.no_browser else ()
    with tempfile.TemporaryDirectory(prefix="duwang-bench-") as folder:
        work = Path(folder)
        site = work / "site"
        generator = SHARED / "bench" / "gen_site.py"
        subprocess.run([sys.executable, generator, site, str(asked.pages)], check=True)
        truth = json.loads((work / "site.truth.json").read_text(encoding="utf-8"))
        with nginx(site, work) as address:
            (work / "config.toml").write_text(config(address), encoding="utf-8")
            first = run(work, "one", *options)
            show("first run", first, work / "one", truth)
            if asked.again:
                second = run(work, "two", *options)
                show("unchanged second run", second, work / "two", truth)
                print(f"CPU of the second to the first: {second[1] / first[1]:.0%}")
                wall, cpu, memory = measured(work, "check", "last", "--out", "three")
                print(
                    f"duwang check last: {wall:.1f} s, {cpu:.1f} CPU s, peak {memory / 1024:.0f} MB"
                )


def config(address: str) -> str:
    """A config of a few lines for an own test host."""
    host = address.removeprefix("http://").rstrip("/")
    return (
        f'[[sites]]\nid = "bench"\nname = "测试网站"\nhome = "{address}"\n\n[crawl]\nrate = 0\n'
        f'concurrency = 10\nmax_pages = 200000\nexternal = "record"\nallow_addresses = ["{host}"]\n'
    )


def run(work: Path, out: str, *options: str) -> tuple[float, float, int]:
    """What one `duwang run` costs."""
    given = ("--config", "config.toml", "--out", out, "--as-of", "2020-06-30")
    return measured(work, "run", *given, *options)


def measured(work: Path, *arguments: str) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and peak memory in KiB of one command and what it started."""
    begun = time.monotonic()
    core = {max(os.sched_getaffinity(0))}
    process = subprocess.Popen(
        [DUWANG, *arguments],
        cwd=work,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, core),  # noqa: PLW1509 - no threads here
    )
    _, ended, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    code = os.waitstatus_to_exitcode(ended)
    if code not in {0, 3}:
        sys.exit(f"duwang ended with {code}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss


def show(
    name: str, measured: tuple[float, float, int], out: Path, truth: dict[str, object]
) -> None:
    """Print one run beside the truth."""
    wall, cpu, memory = measured
    site = json.loads((out / "report.json").read_text(encoding="utf-8"))["sites"][0]
    fetched = site["pages"]["fetched"]
    found = {f["subject"]["key"] for f in site["findings"] if f["check"] == "dead-link"}
    planted = set(dead_links(truth))
    print(
        f"{name}: {fetched} pages, {wall:.1f} s, {fetched / wall:.0f} pages/s, "
        f"{1000 * cpu / fetched:.2f} CPU s per 1,000 pages, peak {memory / 1024:.0f} MB"
    )
    print(
        f"  dead links: planted {len(planted)}, found {len(planted & found)}, "
        f"false {len(found - planted)}"
    )


def dead_links(truth: dict[str, object]) -> Iterator[str]:
    """The planted dead links, as paths."""
    for name in ("dead", "dead_links", "broken"):
        listed = truth.get(name)
        if isinstance(listed, list | dict):
            yield from (str(one) for one in listed)
            return
    sys.exit(f"no list of dead links in the truth: {sorted(truth)}")


@contextmanager
def nginx(root: Path, work: Path) -> Iterator[str]:
    """Serve a folder on loopback with one worker on the first core."""
    prefix = work / "nginx"
    prefix.mkdir()
    port, status = free_port(), free_port()
    text = (SHARED / "bench" / "nginx.conf.in").read_text(encoding="utf-8")
    for mark, value in (("@ROOT@", root), ("@PORT@", port), ("@STATUS@", status)):
        text = text.replace(mark, str(value))
    if os.geteuid() == 0:
        text = "user root;\n" + text
    (prefix / "nginx.conf").write_text(text, encoding="utf-8")
    core = {min(os.sched_getaffinity(0))}
    with subprocess.Popen(
        ["nginx", "-p", prefix, "-c", "nginx.conf"],
        preexec_fn=lambda: os.sched_setaffinity(0, core),  # noqa: PLW1509 - no threads here
    ) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Return when somebody listens on the port."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("nginx did not start")


if __name__ == "__main__":
    main()
