import logging

from project.server.http.refused_origins import SILENT_SECONDS, logging_refused_origins

OURS = "http://localhost:7777"


def test_a_refused_origin_is_logged_and_nobody_fills_the_log(caplog):
    clock, answered = [0.0], []
    transport = logging_refused_origins(lambda environ, _: answered.append(environ) or [], [OURS], lambda: clock[0])
    with caplog.at_level(logging.WARNING):
        transport({"HTTP_ORIGIN": OURS}, None)
        transport({}, None)
        assert caplog.messages == []
        for number in range(100):
            transport({"HTTP_ORIGIN": f"http://192.168.1.5:{number}\n" + "x" * 1_000}, None)
        [line] = caplog.messages
        assert line.startswith(r"Refused a live connection to a page at 'http://192.168.1.5:0\nxxx")
        assert line.endswith("x' (1 since the last line): PUBLIC_URL allows http://localhost:7777")
        assert len(line) < 350
        clock[0] = SILENT_SECONDS
        transport({"HTTP_ORIGIN": "null"}, None)
        assert caplog.messages[1].startswith("Refused a live connection to a page at 'null' (100 since the last line)")
    assert len(answered) == 103  # the transport decides
