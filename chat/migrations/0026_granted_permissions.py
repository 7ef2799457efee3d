from django.db import migrations, models

# What every earlier version gave to the group when it made it.
FIRST = """
accounts.view_user sessions.delete_session
chat.view_room chat.change_room
chat.view_membership chat.add_membership chat.change_membership chat.delete_membership
chat.view_message chat.change_message
chat.view_sanction chat.add_sanction chat.change_sanction
chat.view_report chat.change_report
chat.view_moderationlog
""".split()
# Screens that came later, each with what it brought.
LATER = [
    ["chat.view_wordrule", "chat.add_wordrule", "chat.change_wordrule", "chat.delete_wordrule"],
    ["chat.view_invitation", "chat.change_invitation"],
    ["chat.view_joinrequest", "chat.change_joinrequest"],
    ["accounts.view_invitation", "accounts.add_invitation"],
]


def remember(apps, schema_editor):
    """An earlier version noted nothing: a later screen was given if the group has anything of it. The rest is given after this."""
    using = schema_editor.connection.alias
    group = apps.get_model("auth", "Group").objects.using(using).filter(name="Moderators").first()
    if group is None:
        return
    held = {f"{label}.{codename}" for label, codename in group.permissions.values_list("content_type__app_label", "codename")}
    names = [*FIRST, *(name for screen in LATER if held.intersection(screen) for name in screen)]
    GrantedPermission = apps.get_model("chat", "GrantedPermission")
    GrantedPermission.objects.using(using).bulk_create(GrantedPermission(name=name) for name in names)


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0025_plain_labels"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantedPermission",
            fields=[
                (
                    "name",
                    models.CharField(help_text="app_label.codename", max_length=200, primary_key=True, serialize=False),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
