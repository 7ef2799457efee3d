"""Which of PostgreSQL's answers are waited for."""

import pytest

from project.server.store_wait import FINAL


@pytest.mark.parametrize(
    "answer",
    [
        'FATAL:  password authentication failed for user "parley"',
        'FATAL:  database "parley" does not exist',
        'FATAL:  role "parley" does not exist',
        "fe_sendauth: no password supplied",
        'FATAL:  no pg_hba.conf entry for host "10.0.0.5"',
        "server does not support SSL, but SSL was required",
        "SSL error: certificate verify failed",
        'FATAL:  permission denied for database "parley"',
        'invalid sslmode value: "perhaps"',
    ],
)
def test_what_no_waiting_changes_stops_the_start_at_once(answer):
    assert FINAL.search(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "FATAL:  the database system is starting up",
        "FATAL:  the database system is shutting down",
        "FATAL:  sorry, too many clients already",
        'connection to server at "127.0.0.1", port 5432 failed: Connection refused',
        "failed to resolve host 'db': [Errno -2] Name or service not known",
        "SSL connection has been closed unexpectedly",
        "server closed the connection unexpectedly",
    ],
)
def test_what_passes_is_waited_for(answer):
    assert not FINAL.search(answer)
