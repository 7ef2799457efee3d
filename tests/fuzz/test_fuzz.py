"""The beginning of a fuzzing that `make fuzz` goes on with: always the same inputs, for a few seconds."""

from tests.fuzz.attempt import attempt
from tests.fuzz.connections import Connections
from tests.fuzz.frames import check_frames
from tests.fuzz.packets import check_packets
from tests.fuzz.target import Target


def test_frames_mean_the_same_however_they_are_cut() -> None:
    for number in range(400):
        attempt(check_frames, "test", "frames", number)


def test_whatever_is_said_is_a_packet_or_rejected() -> None:
    for number in range(1_500):
        attempt(check_packets, "test", "packets", number)


def test_clients_without_manners_neither_hold_up_others_nor_leave_anything() -> None:
    with Target() as target:
        connections = Connections(target)
        for number in range(12):
            attempt(connections.check, "test", "connections", number)
        connections.settle()
