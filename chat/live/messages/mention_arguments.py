"""Whom a text names, as the scripts take it that find out who that is."""

from chat.domain.mentions import EVERYONE_UP_TO, Named


def naming(named: Named) -> list[str]:
    """Return a script's last arguments."""
    return [str(EVERYONE_UP_TO) if named.everyone else "", *named.names]
