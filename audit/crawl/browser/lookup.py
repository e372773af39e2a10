"""Which browser there is: candidates in the order of DESIGN part 4, tried by launching them."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

STARTS = 20.0  # seconds that a browser gets to start
MEND = (
    "安装 Chromium、Chrome 或 Edge 后运行 ./run browser，或用环境变量 DUWANG_BROWSER 指明浏览器程序"
)
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
CHANNELS = (
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
PLACES = ("/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium")
OWN = ("headless_shell", "chrome-headless-shell", "chrome", "Chromium", "chrome.exe")
FLAGS = (
    "--headless",
    "--remote-debugging-port=0",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-translate",
    "--disable-breakpad",
    "--disable-quic",
    "--disable-notifications",
    "--disable-print-preview",
    "--deny-permission-prompts",
    "--mute-audio",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,"
    "InterestFeedContentSuggestions,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
    # the proxy resolves names; the browser itself never does
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--proxy-bypass-list=<-loopback>",
    "--js-flags=--max-old-space-size=512",
    "--renderer-process-limit=4",
)


GUARD = 'read -r _; kill -9 "-$1"; sleep 1; rm -rf -- "$2"'


class NoBrowserError(Exception):
    """No browser starts here; the words name what was tried and what mends it."""


class Launched(msgspec.Struct, frozen=True):
    """A browser that runs: its process, its debugging address, its folder."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path
    executable: str
    guard: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """End it from outside, whatever it does, with everything that it started."""
        if self.guard is not None:
            self.guard.kill()
            self.guard.communicate()
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


async def launch(executable: str, proxy: str, further: Sequence[str] = ()) -> Launched:
    """Start the first browser that starts, with `proxy` as its only way out; raises NoBrowserError.

    `further`: arguments beside the usual ones.
    """
    tried: list[str] = []
    for candidate in candidates(executable):
        try:
            return await _started(candidate, [*further, f"--proxy-server={proxy}"])
        except (OSError, TimeoutError) as error:
            tried.append(f"{candidate}: {str(error) or type(error).__name__}")
    said = "；".join(tried)[:400] or "没有找到浏览器"
    raise NoBrowserError(f"{said}。{MEND}")


async def found(executable: str) -> str:
    """The program that starts as a browser here, ended again at once; raises NoBrowserError."""
    launched = await launch(executable, "http://127.0.0.1:9")
    launched.kill()
    return launched.executable


def candidates(executable: str) -> Sequence[str]:
    """Programs to try: the one that is named and nothing else; or those that may be there."""
    named = executable or os.environ.get("DUWANG_BROWSER", "")
    if named:
        return [named]
    found = [*_of_playwright(), *CHANNELS, *(shutil.which(name) or "" for name in NAMES), *PLACES]
    return [one for one in dict.fromkeys(found) if one and Path(one).is_file()]


def _of_playwright() -> Iterator[str]:
    """The browsers that Playwright installed, headless shells first, the newest first."""
    home = Path.home()
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    roots = [Path(named)] if named else []
    roots += [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright",
              home / "AppData/Local/ms-playwright"]  # fmt: skip
    for root in roots:
        folders = sorted(root.glob("chromium*"), reverse=True) if root.is_dir() else []
        folders.sort(key=lambda folder: "headless" not in folder.name)
        for folder in folders:
            for name in OWN:
                yield from (str(path) for path in folder.glob(f"*/{name}"))


async def _started(executable: str, further: Sequence[str]) -> Launched:
    """Start one; raises OSError, TimeoutError."""
    folder = Path(tempfile.mkdtemp(prefix="duwang-browser-"))
    arguments = [executable, *FLAGS, f"--user-data-dir={folder}", *further]
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to be root with its sandbox
    try:
        process = subprocess.Popen(  # noqa: S603 ASYNC220 - the user's own browser; it returns at once
            [*arguments, "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    launched = Launched(process, "", folder, executable, _guard(process, folder))
    try:
        address = await _address(process, folder)
    except BaseException:
        launched.kill()
        raise
    return msgspec.structs.replace(launched, address=address)


async def _address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """The debugging address that the browser writes into its folder when it is ready."""
    note = folder / "DevToolsActivePort"
    async with asyncio.timeout(STARTS):
        while True:
            if process.poll() is not None:
                raise OSError(f"it ended at once with {process.returncode}")
            lines = note.read_text().split() if note.exists() else []
            if len(lines) > 1:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            await asyncio.sleep(0.03)


def _guard(process: subprocess.Popen[bytes], folder: Path) -> subprocess.Popen[bytes] | None:
    """Who ends the browser and removes its folder when we end, however that happens (POSIX).

    It waits for the end of a pipe that only we hold. A signal at the parent's death would not do:
    distributions start the browser through a shell script, which alone would get it.
    """
    if sys.platform == "win32":
        return None
    return subprocess.Popen(  # noqa: S603 - a text of ours, with a number and a path of ours
        ["/bin/sh", "-c", GUARD, "sh", str(process.pid), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
