"""H4: within all limits, 60 long messages kept the archiver on the loop for 3 to 4 s."""

from tests.security.mallory import codes

ARCHIVED_WITHIN = 3.0


def test_archiving_long_ligatures_holds_nobody_up(bystander, mallory):
    def prepare():
        mal = mallory()
        texts = [f"{index} {'ﷺ' * 7_900}" for index in range(60)]
        return lambda: mal.send(texts)

    bystander.is_not_kept_waiting(prepare, ARCHIVED_WITHIN)


def test_one_person_has_one_limit_over_all_rooms(mallory):
    mal = mallory()
    rooms = [mal.room, *(mal.make_room() for _ in range(3))]
    answers = [code for room in rooms for code in codes(mal.send([f"{room['id']} {n}" for n in range(50)], room["id"]))]
    assert 100 <= answers.count("ok") < 160
    assert answers[-1] == "rate_limited"


def test_one_person_has_one_limit_of_bytes(mallory):
    mal = mallory()
    answers = codes(mal.send([f"{index} {'ﷺ' * 7_900}" for index in range(40)]))
    assert "rate_limited" in answers
    assert answers.count("ok") * 23_700 < 700_000
