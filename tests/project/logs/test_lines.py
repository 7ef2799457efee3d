"""One line an event: nobody can forge one, fill the disk with them, or read a secret in them."""

import io
import json
import logging
import logging.config

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import RequestFactory

from project.logs.client_errors import LINES, LineLimit
from project.logs.configuration import logging_settings
from project.logs.request_ids import request_id
from project.server.http.known_host import refuse_host
from project.server.http.pages import Pages

KEY = "28d0f817ea5b4d60714afe4199bc1699fd0f32ea"


@pytest.fixture(params=["line", "json"])
def form(request):
    return request.param


@pytest.fixture
def written(form):
    """Make the handler that the setting describes write to memory; return how to read it."""
    output = io.StringIO()
    configuration = logging_settings("INFO", form)
    configuration["handlers"]["console"]["stream"] = output
    factory = logging.config.DictConfigurator(configuration)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    factory.configure()
    yield lambda: output.getvalue().splitlines()
    root.handlers[:] = before
    root.setLevel(level)


def client_error(path, status, error, logger="django.request"):
    request = RequestFactory().get(path, REMOTE_ADDR="203.0.113.7")
    logging.getLogger(logger).error("Bad: %s", path, extra={"status_code": status, "request": request}, exc_info=error)


@pytest.mark.parametrize(
    "text", ["x\n2026-01-01 INFO accounts.auth.login_log: Login of user 1", "x\r\x1b[2Jy", "x\u2028y\u202ey\x85"]
)
def test_what_somebody_sent_cannot_write_a_line_of_its_own(written, text):
    logging.getLogger("chat").warning("A name: %s", text)
    assert len(written()) == 1
    assert written()[0].isprintable()


def test_a_stack_stays_and_no_line_of_it_looks_like_an_event(written, form):
    try:
        raise ValueError("x\n2026-01-01 INFO accounts.auth.login_log: Login of user 1")
    except ValueError:
        logging.getLogger("chat").exception("An event failed")
    first, *stack = written()
    assert "An event failed" in first
    if form == "line":
        assert all(line.startswith("    ") for line in stack)
    else:
        assert "Traceback" in json.loads(first)["stack"]
        assert not stack


@pytest.mark.parametrize("error", [PermissionDenied("no"), BadRequest("what?")])
def test_what_a_client_did_wrong_is_one_line_with_the_address(written, error):
    client_error("/admin/", 403, error)
    [line] = written()
    assert "203.0.113.7" in line
    assert "WARNING" in line


def test_our_own_error_keeps_its_stack(written, form):
    try:
        raise KeyError("ours")
    except KeyError as error:
        client_error("/", 500, error)
    text = "\n".join(written())
    assert "KeyError" in text
    assert "ERROR" in text


def test_keys_in_addresses_are_not_logged(written):
    client_error(f"/setup/{KEY}/", 404, None)
    client_error(f"/accounts/password/reset/key/1-{KEY}/", 500, None)
    assert KEY not in "".join(written())


def test_a_port_scanner_writes_a_bounded_number_of_lines(written):
    for number in range(1_000):
        client_error(f"/{number}", 404, None)
    assert len(written()) == LINES


def test_a_wrong_host_is_one_line_with_the_address_and_only_so_many_are_written(written):
    for number in range(1_000):
        refuse_host({"HTTP_HOST": f"evil{number}\n.example", "REMOTE_ADDR": "203.0.113.7"}, lambda *_: None)
    assert len(written()) == LINES
    assert all("203.0.113.7" in line and "Unknown host: evil" in line for line in written())


def test_what_was_left_out_is_counted_in_the_next_line():
    limit = LineLimit(lines=1, seconds=1_000)
    records = [logging.makeLogRecord({"msg": str(number)}) for number in range(4)]
    assert [limit.admits(record) for record in records[:3]] == [True, False, False]
    limit._began -= 1_000
    assert limit.admits(records[3])
    assert records[3].msg == "3 (2 lines before it were left out)"


def test_json_has_a_field_for_everything(written, form):
    if form != "json":
        pytest.skip("of the JSON form")
    with request_id({"HTTP_X_REQUEST_ID": "abc-123"}):
        logging.getLogger("chat").info("Hello", extra={"address": "203.0.113.7"})
    [line] = map(json.loads, written())
    assert line.pop("time")
    assert line == {
        "level": "INFO",
        "logger": "chat",
        "message": "Hello",
        "address": "203.0.113.7",
        "request_id": "abc-123",
    }


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\nb", "ä", '"'])
def test_a_request_id_that_is_malformed_is_replaced(given):
    with request_id({"HTTP_X_REQUEST_ID": given}) as chosen:
        assert chosen != given
        assert len(chosen) == 16


def test_the_request_id_is_in_the_answer_and_in_every_line_of_that_request(written):
    def application(environ, start_response):
        logging.getLogger("chat").info("Inside")
        start_response("200 OK", [("Content-Length", "0")])
        return []

    headers = {}
    Pages(application)({"HTTP_X_REQUEST_ID": "proxy-1"}, lambda status, found, *_: headers.update(found))
    logging.getLogger("chat").info("Outside")
    assert headers["X-Request-ID"] == "proxy-1"
    inside, outside = written()
    assert "proxy-1" in inside
    assert "proxy-1" not in outside
