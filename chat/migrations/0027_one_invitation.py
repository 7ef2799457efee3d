"""One kind of invitation: the links to sign up move in beside those into rooms. Every link stays good."""

import django.db.models.deletion
from django.db import migrations, models

FACTS = ("by_id", "token_hash", "uses", "most_uses", "created_at", "ends_at", "revoked_at")


def move_links(apps, schema_editor):
    using = schema_editor.connection.alias
    moved = apps.get_model("accounts", "Invitation").objects.using(using).order_by("pk").values(*FACTS)
    model = apps.get_model("chat", "Invitation")
    model.objects.using(using).bulk_create([model(**facts) for facts in moved], batch_size=500)


def move_permissions(apps, schema_editor):
    """Those who could create links to sign up still can; a permission of the old table means nothing any more."""
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(using)
    users = apps.get_model("accounts", "User").objects.using(using)
    for verb in ("add", "view"):
        old = permissions.filter(content_type__app_label="accounts", codename=f"{verb}_invitation").first()
        if old is None:  # a new installation
            continue
        kind, _ = kinds.get_or_create(app_label="chat", model="invitation")
        facts = {"name": f"Can {verb} invitation"}
        new, _ = permissions.get_or_create(content_type=kind, codename=f"{verb}_invitation", defaults=facts)
        for group in old.group_set.all():
            group.permissions.add(new)
        for user in users.filter(user_permissions=old):
            user.user_permissions.add(new)
    kinds.filter(app_label="accounts", model="invitation").delete()
    # What the group was given, and may have lost since, is not given to it again under the new name.
    granted = apps.get_model("chat", "GrantedPermission").objects.using(using)
    if granted.filter(name="accounts.add_invitation").exists():
        granted.get_or_create(name="chat.add_invitation")


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0026_granted_permissions"),
        ("accounts", "0007_plain_labels"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    # The accounts know nothing of the chat: their table is dropped once this one has what it held.
    run_before = [("accounts", "0008_one_invitation")]

    operations = [
        migrations.AddField("invitation", "seed", models.CharField(blank=True, default="", editable=False, max_length=32)),
        migrations.AlterField(
            "invitation",
            "room",
            models.ForeignKey(
                blank=True,
                help_text="Leave empty for the rooms that new accounts join automatically.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="chat.room",
                verbose_name="room",
            ),
        ),
        migrations.RunPython(move_links, migrations.RunPython.noop),
        migrations.RunPython(move_permissions, migrations.RunPython.noop),
    ]
