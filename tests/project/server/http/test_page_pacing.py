"""Pages that come at once let everybody else's messages through in between."""

import json
import subprocess
import sys
import textwrap

from project.server.http.page_pacing import PACE_SECONDS, one_by_one

# 20 pages begin in the same turn of the loop, beside a greenlet that wants to run every 5 ms.
SERVER = """
    from gevent import monkey; monkey.patch_all()
    import django; django.setup()
    import json, time
    import gevent
    from project.server.http import page_pacing
    from project.server.http.page_pacing import one_by_one

    def page(request):
        until = time.thread_time() + MILLISECONDS / 1000
        while time.thread_time() < until:
            pass
        finished.append(request)

    def deliver():
        while True:
            gevent.sleep(0.005)
            seen.append(len(finished))

    page_pacing.PATIENCE_SECONDS, page_pacing.PACE_SECONDS = LONGEST, PACE
    finished, seen, began = [], [0], time.monotonic()
    gevent.spawn(deliver)
    answer = one_by_one(page)
    gevent.joinall([gevent.spawn(answer, number) for number in range(20)])
    seen.append(len(finished))
    together = max(after - before for before, after in zip(seen, seen[1:]))
    print(json.dumps([together, time.monotonic() - began]))
"""


def serve_20_pages(milliseconds: int, pace: float = PACE_SECONDS, patience: float = 60.0) -> tuple[int, float]:
    """Return how many pages went by between one delivery and the next, at most, and in how many seconds all were served."""
    source = textwrap.dedent(SERVER).replace("MILLISECONDS", str(milliseconds)).replace("LONGEST, PACE", f"{patience}, {pace}")
    done = subprocess.run([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True, check=True, timeout=60)
    together, seconds = json.loads(done.stdout)
    return together, seconds


def test_pages_that_begin_together_let_others_run_in_between():
    assert serve_20_pages(milliseconds=20)[0] <= 2


def test_the_loop_is_not_given_to_pages_alone():
    assert serve_20_pages(milliseconds=1)[1] >= 19 * PACE_SECONDS


def test_who_has_waited_long_waits_no_longer_than_the_loop_needs():
    together, seconds = serve_20_pages(milliseconds=1, pace=1.0, patience=0.0)
    assert together <= 5
    assert seconds < 19


def test_where_there_is_no_loop_nothing_waits():
    def page(request):
        return request

    assert one_by_one(page) is page
