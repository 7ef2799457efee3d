"""H1: a small anonymous POST of combining marks stopped the server for 15 s: they were normalised before they were measured."""

import pytest

# In alternating order, which normalisation has to sort.
MARKS = "\u0301\u0316"


@pytest.mark.parametrize("size", [30_000, 60_000])
def test_a_handle_of_combining_marks_holds_nobody_up(bystander, browser, server, size):
    typed = {"username": (None, "a" + MARKS * (size // 4))}

    def ask():
        answer = browser.post(f"{server.url}/accounts/handle/", files=typed, timeout=60)
        assert answer.status_code == 200
        assert not answer.json()["free"]

    bystander.is_not_kept_waiting(lambda: ask)


def test_a_login_of_combining_marks_holds_nobody_up(bystander, browser, server):
    typed = {"login": (None, "a" + MARKS * 15_000), "password": (None, "whatever it is")}

    def log_in():
        assert browser.post(f"{server.url}/accounts/login/", files=typed, timeout=60).status_code == 200

    bystander.is_not_kept_waiting(lambda: log_in)


def test_a_question_of_combining_marks_holds_nobody_up(bystander, browser, server, people):
    browser.headers["Cookie"] = f"{people['bob'].cookie}; csrftoken={browser.cookies['csrftoken']}"

    def ask():
        answer = browser.post(f"{server.url}/rooms/nowhere/ask/", files={"words": (None, "a" + MARKS * 15_000)}, timeout=60)
        assert answer.status_code == 400

    bystander.is_not_kept_waiting(lambda: ask)


def test_a_body_beyond_the_limit_is_refused_unread(bystander, browser, server):
    def post():
        answer = browser.post(f"{server.url}/accounts/handle/", data=b"username=" + b"a" * 300_000, timeout=60)
        assert answer.status_code == 413

    bystander.is_not_kept_waiting(lambda: post)


def test_a_form_of_percent_signs_is_refused_by_its_length(browser, server):
    """200 kB of them took 100 ms to be taken apart."""
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.post(f"{server.url}/accounts/handle/", data=b"username=" + b"%" * 64_000, headers=head, timeout=60)
    assert answer.status_code == 413
