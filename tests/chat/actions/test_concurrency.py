import pytest

from chat.actions.concurrency import Turnstile
from chat.domain.errors import ChatError


def test_so_many_of_one_person_and_so_many_in_all():
    turnstile = Turnstile(at_once=2, each=1, patience=0.01)
    with turnstile.admit(1):
        with pytest.raises(ChatError) as refused, turnstile.admit(1):
            pass
        assert (refused.value.code, refused.value.retry_in) == ("rate_limited", 1.0)
        with turnstile.admit(2):
            with pytest.raises(ChatError) as refused, turnstile.admit(3):
                pass
            assert refused.value.code == "unavailable"
        with turnstile.admit(3):
            pass
    with turnstile.admit(1), turnstile.admit(2):
        pass


def test_what_fails_makes_room_again():
    turnstile = Turnstile(at_once=1, each=1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ValueError), turnstile.admit(1):
            raise ValueError
    with turnstile.admit(1):
        pass
