"""Run in a server's environment: makes people who are signed in already, and prints their ids and cookies as JSON."""

import json
import os
import sys


def main() -> None:
    """Make everyone named on the command line; a star behind a handle makes a moderator of the site."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    import django

    django.setup()
    print(
        json.dumps(
            {handle.removesuffix("*"): _sign_in(handle.removesuffix("*"), handle.endswith("*")) for handle in sys.argv[1:]}
        )
    )


def _sign_in(handle: str, is_staff: bool) -> dict[str, object]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    user = User.objects.filter(handle=handle).first()
    if user is None:
        user = User.objects.create_user(f"{handle}@example.org", handle, None, name=handle.title(), is_staff=is_staff)
        if is_staff:
            user.groups.add(Group.objects.get(name="Moderators"))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"id": user.pk, "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}


if __name__ == "__main__":
    main()
