"""The browser of the system: where it is, and how it prints a page to PDF, the same bytes every time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ELSEWHERE = (  # where macOS and Windows keep it, outside the search path
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)
_SECONDS = 120
_NODE = re.compile(rb"\(node(\d{8})\)")
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[^)]*\)")


class PrintError(RuntimeError):
    """The browser made no PDF; the message is its own."""


def find_chromium() -> str | None:
    """Where the system has Chromium or a relative of it, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next(filter(os.path.exists, map(os.path.expandvars, _ELSEWHERE)), None)


def print_pdf(browser: str, page: Path, target: Path) -> Path:
    """Print a page that asks nothing from outside to a tagged PDF with an outline.

    Args:
        browser: what `find_chromium` gave.
        page: an HTML file; its title and its language become those of the PDF.
        target: where the PDF goes.

    Raises:
        PrintError: when the browser fails or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="srm-chromium-", ignore_cleanup_errors=True) as profile:
        call = [
            browser,
            "--headless",
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),  # root has no sandbox
            f"--user-data-dir={profile}",  # nobody's own: not their settings, not their open window
            *("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        try:
            done = subprocess.run(call, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(str(error)) from error
    if done.returncode or not target.exists():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PrintError(said[-1] if said else f"exit code {done.returncode}")
    target.write_bytes(_same_every_time(target.read_bytes()))
    return target


def _same_every_time(pdf: bytes) -> bytes:
    """Fix what differs from run to run: the clock, and the numbers of the page's nodes.

    What is written instead is as long as what stood there, so that nothing in the file moves; and the
    numbers stay in their order, since the file lists them sorted.
    """
    found = sorted({int(number) for number in _NODE.findall(pdf)})
    numbers = {old: new for new, old in enumerate(found, 1)}
    pdf = _NODE.sub(lambda node: b"(node%08d)" % numbers[int(node[1])], pdf)
    return _DATE.sub(_no_clock, pdf)


def _no_clock(date: re.Match[bytes]) -> bytes:
    fixed = b"20260101000000+00'00'"
    room = len(date[0]) - len(date[1]) - 1
    return date[1] + fixed[:room].ljust(room) + b")"
