"""Where a request comes from: what the nearest trusted proxy says, and of that only an address."""

import pytest

from accounts.auth.client_address import network_in

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "network"),
    [
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        # As a proxy that listens on "[::]" writes it: not one network with all other addresses of IPv4.
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("203.0.113.7:4711", PROXY),
        ("", PROXY),
    ],
)
def test_a_client_is_known_by_its_network(settings, forwarded, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert network_in({"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": PROXY}) == network


def test_without_a_trusted_proxy_nobody_is_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert network_in({"HTTP_X_FORWARDED_FOR": "203.0.113.7", "REMOTE_ADDR": PROXY}) == PROXY
