"""Run in a server's environment before it starts: makes people with sessions, and rooms with all of their members."""

import json
import os
import sys
from typing import Any


def main() -> None:
    """Read `{people: [handle], rooms: {name: [handle]}}`; print everyone's id and cookie, and the rooms' ids."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    wanted = json.loads(sys.argv[1])
    with transaction.atomic():
        people = {handle: _sign_in(handle) for handle in wanted["people"]}
        ids = {handle: facts["id"] for handle, facts in people.items()}
        rooms = {name: _open_room(name, [ids[handle] for handle in handles]) for name, handles in wanted["rooms"].items()}
    print(json.dumps({"people": people, "rooms": rooms}))


def _sign_in(handle: str) -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    user = User(email=f"{handle}@example.org", handle=handle, name=handle.title(), password="!")
    user.save()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"id": user.pk, "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}


def _open_room(name: str, members: list[int]) -> int:
    from chat.models import Membership, Room

    room = Room.objects.create(name=name, slug=name, kind="public", version=1)
    roles = ["owner", *["member"] * (len(members) - 1)]
    Membership.objects.bulk_create(
        Membership(room=room, user_id=user, role=role) for user, role in zip(members, roles, strict=True)
    )
    return int(room.pk)


if __name__ == "__main__":
    main()
