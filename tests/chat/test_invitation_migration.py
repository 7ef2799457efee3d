"""Invitations of before there was one kind of them: ruth's link to sign up, alice's into a room, and who could make them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import Group

from chat.models import Invitation

ROOT = Path(__file__).parents[2]
STORY = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

def at(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps

before = at(("accounts", "0007_plain_labels"), ("chat", "0026_granted_permissions"))
get = before.get_model
ruth = get("accounts", "User").objects.create(email="ruth@example.org", handle="ruth", name="Ruth", is_staff=True)
alice = get("accounts", "User").objects.create(email="alice@example.org", handle="alice", name="Alice")
room = get("chat", "Room").objects.create(name="Cellar", slug="cellar", kind="private")
ends = timezone.now()
get("accounts", "Invitation").objects.create(by=ruth, token_hash="a" * 64, uses=2, most_uses=5, ends_at=ends)
get("chat", "Invitation").objects.create(by=alice, token_hash="b" * 64, room=room, uses=1)
kind = get("contenttypes", "ContentType").objects.create(app_label="accounts", model="invitation")
old = get("auth", "Permission").objects.create(content_type=kind, codename="add_invitation", name="Can add invitation")
group = get("auth", "Group").objects.create(name="Inviters")
group.permissions.add(old)
ruth.user_permissions.add(old)
get("auth", "Group").objects.create(name="Moderators")
get("chat", "GrantedPermission").objects.create(name="accounts.add_invitation")

call_command("migrate", verbosity=0)
from accounts.models import User
from chat.models import Invitation
links = {each.token_hash[0]: each for each in Invitation.objects.all()}
print(sorted(links), links["a"].by.handle, links["a"].room, links["a"].uses, links["a"].most_uses, links["a"].ends_at == ends)
print(links["b"].room.slug, links["b"].uses, links["a"].link(), links["b"].link())
print(sorted(User.objects.get(handle="ruth").get_all_permissions()))
from django.contrib.auth.models import Group, Permission
print([str(each.content_type) for each in Group.objects.get(name="Inviters").permissions.all()])
print(Permission.objects.filter(content_type__app_label="accounts", codename__contains="invitation").count())
print(Group.objects.get(name="Moderators").permissions.filter(codename="add_invitation").exists())
ruth, alice = User.objects.order_by("pk")
print(ruth.new_since, alice.new_since == alice.date_joined)
"""


def test_no_link_and_no_right_is_lost(tmp_path: Path) -> None:
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "DATA_DIR": str(tmp_path / "data")}
    known |= {"DATABASE_URL": f"sqlite:///{tmp_path / 'old.sqlite3'}", "SECRET_KEY": "k" * 50}
    done = subprocess.run([sys.executable, "-c", STORY], cwd=ROOT, env=known, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-7:] == [
        "['a', 'b'] ruth None 2 5 True",
        "cellar 1 None None",
        "['chat.add_invitation']",
        "['Chat | invitation']",
        "0",
        "False",  # its owner had taken it away
        "None True",
    ]


@pytest.mark.django_db
def test_a_new_installation_has_one_kind_whose_permissions_moderators_hold() -> None:
    held = Group.objects.get(name="Moderators").permissions.filter(codename__endswith="_invitation")
    assert {(each.content_type.app_label, each.codename) for each in held} == {
        ("chat", f"{verb}_invitation") for verb in ("add", "change", "view")
    }
    assert Invitation._meta.get_field("room").null
