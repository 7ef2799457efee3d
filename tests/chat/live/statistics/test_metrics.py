"""What all processes count together."""


def test_stalls_add_up_and_the_worst_is_kept(any_live):
    assert any_live.metrics.stalls() == (0, 0, 0)

    for ms in (120, 900, 9, 300):
        any_live.metrics.count_stall(ms)

    assert any_live.metrics.stalls() == (4, 1329, 900)
