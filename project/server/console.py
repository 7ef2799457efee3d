"""What the server prints for the person who started it."""

import logging
import os
import socket
import sys
from collections.abc import Callable

from django.conf import settings

from accounts.first_run import setup_link
from project.server.http.listening import is_wildcard

log = logging.getLogger(__name__)

RULE = "=" * 78
# Reserved for documentation (RFC 5737): asking which of our addresses would lead there sends nothing.
SOMEWHERE = ("192.0.2.1", 9)


def say(text: str) -> None:
    """Print a line. That nobody reads it any more, or its disk is full, must neither end the server nor disturb its end."""
    try:
        print(text)
    except OSError as error:
        # What is left in the buffer would fail again at every later flush.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        log.warning("Nothing can be written to stdout (%s): the setup link is not shown", error.strerror)


def greet(say: Callable[[str], None]) -> None:
    """Say where the server is; the owner's link comes last, at every start until it was used."""
    say(f"Parley is at {settings.PUBLIC_URL}")
    if is_wildcard(settings.HOST) and settings.PUBLIC_URL.startswith("http://localhost"):
        say(
            "Other machines are refused until PUBLIC_URL is the address that people open, as in"
            f" PUBLIC_URL=http://{_own_address()}:{settings.PORT}"
        )
    link = setup_link()
    if link:
        say("\n".join(("", RULE, "Create the owner's account here; the link works once:", "", f"  {link}", "", RULE)))


def _own_address() -> str:
    """The address by which the network probably knows this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError:
            return "192.168.1.5"
        address: str = probe.getsockname()[0]
        return address
