"""Pages that come at once let everybody else's messages through in between."""

import json
import subprocess
import sys
import textwrap

from project.turns import one_by_one

# 20 pages of 20 ms begin in the same turn of the loop, beside a greenlet that wants to run every 5 ms.
SERVER = """
    from gevent import monkey; monkey.patch_all()
    import django; django.setup()
    import json, time
    import gevent
    from project.turns import one_by_one

    def page(request):
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass
        finished.append(request)

    def deliver():
        while True:
            gevent.sleep(0.005)
            seen.append(len(finished))

    finished, seen = [], [0]
    gevent.spawn(deliver)
    answer = one_by_one(page)
    gevent.joinall([gevent.spawn(answer, number) for number in range(20)])
    seen.append(len(finished))
    print(json.dumps(max(after - before for before, after in zip(seen, seen[1:]))))
"""


def test_pages_that_begin_together_let_others_run_in_between():
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SERVER)], stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    # How many pages went by between one delivery and the next.
    assert json.loads(done.stdout) <= 2


def test_where_there_is_no_loop_nothing_waits():
    def page(request):
        return request

    assert one_by_one(page) is page
