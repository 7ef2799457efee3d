"""H2: 64 messages in one breath stopped the server for 6 s, though 61 were refused: they were taken apart before that."""

from tests.security.mallory import codes

DOTS = "@" + "a." * 3999
MARKS = "a" + "\u0301\u0316" * 3999


def test_a_volley_of_names_with_dots_holds_nobody_up(bystander, mallory):
    def prepare():
        mal = mallory()
        return lambda: [mal.send([DOTS] * 64), mal.send([DOTS] * 64)]

    bystander.is_not_kept_waiting(prepare)


def test_refused_messages_of_one_breath_cost_no_more_than_the_refusal(mallory):
    mal = mallory()
    answers = [code for _ in range(4) for code in codes(mal.send([f"{index} {DOTS}"[:7_000] for index in range(64)]))]
    assert answers.count("rate_limited") > 100
    assert set(answers) == {"ok", "rate_limited"}


def test_a_word_list_and_combining_marks_hold_nobody_up(bystander, mallory):
    def prepare():
        mal = mallory()
        rule = {"room": mal.room["id"], "kind": "word", "pattern": "unwelcome", "effect": "refuse"}
        assert mal.client.call("set_word_rule", rule)["ok"]
        return lambda: mal.send([MARKS] * 64)

    bystander.is_not_kept_waiting(prepare)


def test_marks_without_an_end_are_refused_and_words_with_accents_are_not(mallory):
    mal = mallory()
    assert codes(mal.send([MARKS, "Zalgo" + "\u0301" * 32, "Cafe\u0301 Москва́ กี่"])) == ["bad_request", "ok", "ok"]


def test_edits_pay_first_too(bystander, mallory):
    def prepare():
        mal = mallory()
        assert codes(mal.send(["first"])) == ["ok"]
        edits = [("edit", {"room": mal.room["id"], "seq": 1, "text": f"{DOTS[:7_900]}{index}"}) for index in range(64)]
        return lambda: mal.volley(edits)

    bystander.is_not_kept_waiting(prepare)
