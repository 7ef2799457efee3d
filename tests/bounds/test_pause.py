"""A pause lets sockets be read, which sleep(0) does not; time slices pause as often as needed."""

import subprocess
import sys
import time

from bounds.pause import SLICE_SECONDS, TimeSlices

# Ten pieces of work of 20 ms, and how many of them were done when a socket was read that was readable from the first on.
_PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent, socket, sys, time
sys.path.insert(0, ".")
from bounds.pause import let_others_go_on
here, there = socket.socketpair()
done = heard = 0
def read():
    global heard
    here.recv(1)
    heard = done
reader = gevent.spawn(read)
gevent.sleep(0.01)
there.send(b"x")
for _ in range(10):
    until = time.thread_time() + 0.02
    while time.thread_time() < until: pass
    done += 1
    {pause}
reader.join()
print(heard)
"""


def _pieces_waited(pause):
    program = _PROGRAM.format(pause=pause)
    return int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60).stdout)


def test_a_socket_is_read_between_two_pieces_of_work():
    assert _pieces_waited("let_others_go_on()") <= 2


def test_it_is_not_read_with_the_usual_way_to_give_way():
    assert _pieces_waited("time.sleep(0)") == 10


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
