"""The watchdog: a loop that stands still is noticed, with what held it up; one that only works hard is not."""

import json
import subprocess
import sys
import textwrap

# As the live server: patched, and looked at by a thread of its own.
SERVER = """
    from gevent import monkey; monkey.patch_all()
    import json, logging, time
    import gevent
    from project.server.watchdog import Watchdog, log_stall

    really_sleep = monkey.get_original("time", "sleep")
    stalls = []

    def block_in_a_greenlet():
        really_sleep(0.25)

    def block_in_the_loop():
        until = time.thread_time() + 0.25
        while time.thread_time() < until:
            pass

    def work_in_small_pieces():
        for _ in range(30):
            until = time.thread_time() + 0.01
            while time.thread_time() < until:
                pass
            gevent.sleep(0.001)

    def find(work):
        return next((stall for stall in stalls if work.__name__ in stall.stack), None)

    def on_stall(stall):
        stalls.append(stall)
        log_stall(stall)

    logging.basicConfig(format="%(name)s %(levelname)s %(message)s", level="DEBUG")
    with Watchdog(on_stall):
        gevent.sleep(0.1)
        work_in_small_pieces()
        gevent.sleep(0.05)
        quiet = len(stalls)
        gevent.spawn(block_in_a_greenlet).join()
        gevent.sleep(0.05)
        gevent.get_hub().loop.run_callback(block_in_the_loop)
        # A busy machine may hold the loop up in between as well.
        while not all(told := [find(block_in_a_greenlet), find(block_in_the_loop)]):
            gevent.sleep(0.01)
    print(json.dumps([stalls[:quiet], *told]))
"""


def test_a_loop_that_stands_still_is_told_with_what_held_it_up():
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SERVER)], capture_output=True, text=True, check=True, timeout=60
    )
    quiet, waiting, working = json.loads(done.stdout)
    # A busy machine may hold it up as well; but then it did no work meanwhile.
    assert all(cpu < 0.1 for _, cpu, _ in quiet)
    assert 0.25 <= waiting[0] < 5
    assert working[0] >= 0.25
    assert "block_in_a_greenlet" in waiting[2]
    assert "block_in_the_loop" in working[2]
    # Whether it worked or waited says whether the cure is another thread or another call.
    assert waiting[1] < 0.1 < 0.25 <= working[1]
    lines = done.stderr.splitlines()
    said = {
        level: [line for line in lines if line.startswith(f"project.server.watchdog {level} ")]
        for level in ("WARNING", "DEBUG")
    }
    # One line, and its stack for whoever looks for it; of a wait that cost no CPU, as on a busy host, nothing but at DEBUG.
    assert all(line.startswith("project.server.watchdog WARNING The event loop stood still for ") for line in said["WARNING"])
    assert any("block_in_the_loop" in line for line in said["DEBUG"])
    assert any("block_in_a_greenlet" in line for line in said["DEBUG"])
    assert len(said["WARNING"]) < len(said["DEBUG"])
