"""Run in an installation's environment: fills its database, or prints what search finds in it and which ids come next."""

import json
import os
import sys


def fill(count: int) -> None:
    from django.contrib.auth.models import Group, Permission
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from accounts.models import User
    from chat.archive.search.index import index_of
    from chat.archive.search.terms import IndexEntry
    from chat.models import Membership, Message, ModerationLog, Report, Room
    from project.server.migrate import migrate

    migrate()
    alice, bob = (User.objects.create_user(f"{name}@example.org", name, None, name=f"{name} ✓") for name in ("alice", "bob"))
    room = Room.objects.create(name="Sea", slug="sea", created_by=alice)
    Membership.objects.create(room=room, user=bob, last_read=7)
    Message.objects.bulk_create(
        Message(room=room, seq=seq, author=alice, text=_text(seq), sent_at=1_790_000_000_000 + seq, deleted=seq % 7 == 0)
        for seq in range(1, count + 1)
    )
    rows = Message.objects.filter(deleted=False).values_list("pk", "room_id", "author_id", "sent_at", "text")
    index_of(connection).put([IndexEntry(*row) for row in rows])
    ModerationLog.objects.create(
        action="ban", user=bob, details={"b": [1, "ü"], "a": None, "until": "soon"}, text_before="x\ty\\N"
    )
    Report.objects.create(
        room=room, seq=1, reporter=bob, author=alice, reason="tab\t", snapshot={"z": 1, "a": {"c": 2, "b": 1.5}}
    )
    session = SessionStore()
    session["about"] = "nothing"
    session.save()
    # What an owner took away from the group stays away after the move, too.
    Group.objects.get().permissions.remove(Permission.objects.get(codename="change_room"))
    # An id that was given and is gone must not come again with a smaller number.
    User.objects.create_user("gone@example.org", "gone").delete()


def look() -> dict[str, object]:
    from django.contrib.auth.models import Permission
    from django.db import connection, transaction

    from accounts.models import User
    from chat.archive.search.index import index_of
    from chat.archive.search.query import parse
    from chat.archive.search.request import Wanted
    from chat.models import Message, Room
    from project.server.migrate import migrate

    migrate()
    ids = index_of(connection).find(Wanted(parse("boat").phrases, list(Room.objects.values_list("pk", flat=True)), limit=3)).ids
    texts = dict(Message.objects.filter(pk__in=ids).values_list("pk", "text"))
    with transaction.atomic():
        new = (
            User.objects.create_user("new@example.org", "new").pk > max(User.objects.filter(handle="bob").values_list("pk"))[0]
        )
        transaction.set_rollback(True)
    versions = list(Room.objects.values_list("version", flat=True))
    may = sorted(Permission.objects.filter(group__isnull=False).values_list("content_type__app_label", "codename"))
    return {"found": [texts[found] for found in ids], "new_ids_are_free": new, "versions": versions, "moderators_may": may}


def _text(seq: int) -> str:
    return f"message {seq} boat" if seq % 100 == 99 else f"message {seq}: ünïcode 😀 \\ tab\t"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        print(json.dumps(look()))
