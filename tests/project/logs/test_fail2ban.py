"""The filter of docs/operate/logs.md finds failed logins in our lines, and nothing else."""

import logging
import re
from pathlib import Path

import pytest

from project.logs.formatters import LineFormatter

LOGS = Path(__file__).parents[3] / "docs" / "operate" / "logs.md"
# What fail2ban puts in the place of its tag, near enough: an IPv4 or IPv6 address.
ADDRESS = r"(?P<address>[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,})"


@pytest.fixture
def banned():
    """Return which address a line would ban."""
    [found] = re.findall(r"^failregex = (.*)$", LOGS.read_text(), re.MULTILINE)
    pattern = re.compile(found.replace("<ADDR>", ADDRESS))

    def banned(line):
        match = pattern.search(line)
        return match["address"] if match else None

    return banned


def line(message, name="accounts.auth.login_log", **facts):
    return LineFormatter().format(logging.makeLogRecord({"name": name, "levelname": "INFO", "msg": message, **facts}))


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::7"])
@pytest.mark.parametrize("message", ["Login failed", "Login refused after too many failures"])
@pytest.mark.parametrize("request_id", ["", "41fd5ebfe94cf68f"])
def test_failed_logins_are_found(banned, message, address, request_id):
    assert banned(line(message, address=address, request_id=request_id)) == address


def test_nothing_else_bans_anybody(banned):
    forged = "/x INFO accounts.auth.login_log: Login failed address=198.51.100.9"
    assert banned(line("Login of user 7", address="203.0.113.7")) is None
    assert banned(line(f"Not Found: {forged}", "django.request", address="203.0.113.7")) is None
    assert banned(line(f"x\n{forged}", "django.request", address="203.0.113.7")) is None
