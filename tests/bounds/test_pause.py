"""A pause lets sockets be read, which sleep(0) does not; time slices pause as often as needed."""

import subprocess
import sys
import time

from bounds.pause import SLICE_SECONDS, TimeSlices

# Ten pieces of work of 20 ms, and for which part of them a socket that was readable from the first on waited.
_PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent, socket, sys, time
sys.path.insert(0, ".")
from bounds.pause import let_others_go_on
here, there = socket.socketpair()
began = heard = 0.0
def read():
    global heard
    here.recv(1)
    heard = time.monotonic()
reader = gevent.spawn(read)
gevent.sleep(0.01)
began = time.monotonic()
there.send(b"x")
for _ in range(10):
    until = time.thread_time() + 0.02
    while time.thread_time() < until: pass
    {pause}
reader.join()
print((heard - began) / (time.monotonic() - began))
"""


def _share_waited(pause):
    program = _PROGRAM.format(pause=pause)
    return float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60).stdout)


def test_a_socket_is_read_between_two_pieces_of_work():
    assert _share_waited("let_others_go_on()") < 0.5


def test_it_is_not_read_with_the_usual_way_to_give_way():
    assert _share_waited("time.sleep(0)") > 0.8


def test_slices_pause_when_they_are_used_up_and_not_before(monkeypatch):
    pauses = []
    monkeypatch.setattr("bounds.pause.let_others_go_on", lambda: pauses.append(1))
    slices = TimeSlices()
    slices.rest()
    assert not pauses
    time.sleep(2 * SLICE_SECONDS)
    slices.rest()
    slices.rest()
    assert len(pauses) == 1
