def test_members_are_told_with_their_roles(browser, room, alice, bob):
    made = room("sea", alice, bob)
    made.memberships.filter(user=bob).update(role="owner")
    assert browser.get("/rooms/sea/members/").json() == {
        "members": [
            {"id": alice.pk, "handle": "alice", "name": "Alice", "role": "member"},
            {"id": bob.pk, "handle": "bob", "name": "Bob", "role": "owner"},
        ]
    }


def test_members_are_only_read(browser, room, alice):
    room("sea", alice)
    assert browser.post("/rooms/sea/members/").status_code == 405


def test_a_person_is_found_by_part_of_a_name_or_a_handle(browser, bob):
    for words in ("bo", "BOB", "@bob"):
        assert browser.get("/people/", {"q": words}).json() == {"people": [{"id": bob.pk, "handle": "bob", "name": "Bob"}]}


def test_neither_oneself_nor_a_closed_account_is_found(browser, bob):
    bob.is_active = False
    bob.save()
    assert browser.get("/people/").json() == {"people": []}
