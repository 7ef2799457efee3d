"""Sessions from before there was a list of them: without a device, until they are used again."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone

AT_ONCE = 500


def list_sessions(apps, schema_editor):
    UserSession = apps.get_model("usersessions", "UserSession")
    people = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    found = []
    for session in apps.get_model("sessions", "Session").objects.filter(expire_date__gt=timezone.now()).iterator(AT_ONCE):
        user_id = str(SessionStore().decode(session.session_data).get(SESSION_KEY, ""))
        if user_id.isdigit() and int(user_id) in people:
            found.append(UserSession(user_id=int(user_id), session_key=session.session_key, ip="::", user_agent=""))
    UserSession.objects.bulk_create(found, batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_one_invitation"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(list_sessions, migrations.RunPython.noop)]
