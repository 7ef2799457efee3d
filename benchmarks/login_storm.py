"""What people in rooms notice while a hundred others log in at once: each log-in costs some 30 ms of hashing."""

import re
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from gevent.pool import Pool

from benchmarks.cpus import LOAD_CPU, on_cpu
from benchmarks.load import Load, Result, Served, measure
from benchmarks.population import LOGGING_IN, PASSWORD, login_name
from benchmarks.report import Wrong

LOGIN = "/accounts/login/"
LONGEST_SECONDS = 60


def perform(served: Served, arguments: Sequence[str]) -> Result:
    """Return what was measured during the storm, with the same load's figures before it as `quiet`."""
    quiet = measure(served, arguments)
    newcomers = [_Newcomer(served.port, index) for index in range(LOGGING_IN)]
    load = Load(served, [*served.sending, *arguments, "--duration", str(LONGEST_SECONDS), "--announce"])
    load.await_measuring()
    began = time.perf_counter()
    with on_cpu(LOAD_CPU):
        _log_in(newcomers)
    lasted = time.perf_counter() - began
    load.stop_sending()
    return {**load.result(), "quiet": quiet, "logins_s": lasted}


def added_ms(result: Result) -> float:
    """How much later deliveries came, at p99, than before the storm."""
    return float(result["delivery_ms"]["p99"] - result["quiet"]["delivery_ms"]["p99"])


def seconds(result: Result) -> float:
    """How long it took until all were in."""
    return float(result["logins_s"])


def _log_in(newcomers: "Sequence[_Newcomer]") -> None:
    pool = Pool(len(newcomers))
    refused = [status for status in pool.imap_unordered(lambda newcomer: newcomer.log_in(), newcomers) if status != 302]
    if refused:
        raise Wrong(f"{len(refused)} log-ins were refused, the first with {refused[0]}")


class _Newcomer:
    """Somebody with the log-in page open, from an address of their own: one address may not log in a hundred people."""

    def __init__(self, port: int, index: int) -> None:
        self._name = login_name(index)
        self._headers = {"X-Forwarded-For": f"10.0.0.{index + 1}"}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_SECONDS)
        page = self._ask("GET")
        cookie = re.search(r"csrftoken=\w+", page.getheader("Set-Cookie", ""))
        if page.status != 200 or cookie is None:
            raise Wrong(f"the log-in page answers {page.status}")
        self._headers |= {"Cookie": cookie[0], "Content-Type": "application/x-www-form-urlencoded"}
        self._token = cookie[0].partition("=")[2]

    def log_in(self) -> int:
        """Return the status of the answer: a redirection is a success."""
        form = {"login": self._name, "password": PASSWORD, "csrfmiddlewaretoken": self._token}
        status = self._ask("POST", urlencode(form)).status
        self._connection.close()
        return status

    def _ask(self, method: str, body: str | None = None) -> HTTPResponse:
        self._connection.request(method, LOGIN, body, self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer
