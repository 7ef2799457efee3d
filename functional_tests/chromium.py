"""Chromium as Debian has it, headless and without a word to anyone but the server under test."""

import ctypes
import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

WIDTH, HEIGHT = 1280, 900
PR_CAPBSET_DROP, CAP_SYS_NICE = 24, 23  # prctl(2), capabilities(7)
SWITCHES = (
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-dev-shm-usage",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "hide-scrollbars",
    # A browser of ours shows one site to one person. What keeps sites apart, and a process for a screen that nobody looks at,
    # took a quarter of the stories' time.
    "in-process-gpu",
    "renderer-process-limit=1",
    "disable-site-isolation-trials",
    "disable-features=IsolateOrigins,site-per-process",
    "lang=en-GB",
    f"window-size={WIDTH},{HEIGHT}",
)


def start_chromium(*switches: str) -> webdriver.Chrome:
    """Return a new Chromium with a fresh profile; skips the story where there is none and nobody promised one."""
    options = webdriver.ChromeOptions()
    options.binary_location = _installed("chromium", "chromium-browser", "google-chrome")
    for switch in (*SWITCHES, *switches):
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # Days begin and end where the stories say, whatever the machine's zone.
    service = Service(
        _installed("chromedriver"), env={**os.environ, "TZ": "UTC"}, popen_kw={"preexec_fn": _take_the_priority_it_is_given}
    )
    return webdriver.Chrome(options, service)


def _take_the_priority_it_is_given() -> None:
    """Let a child raise no priority: as root Chromium puts itself so far before the server that this stands still."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_NICE, 0, 0, 0)  # fails where one is not root, and need not be done there


def _installed(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    words = f"{names[0]} is not installed (Debian: apt-get install chromium chromium-driver)"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)
