from django.db import migrations, models

from accounts.names.skeleton import skeleton

BATCH = 500


def fill(apps, schema_editor):
    """Give everybody who is here already the skeletons of their name and handle."""
    User = apps.get_model("accounts", "User")
    people = []
    for person in User.objects.only("pk", "name", "handle").iterator(BATCH):
        person.name_skeleton, person.handle_skeleton = skeleton(person.name), skeleton(person.handle)
        people.append(person)
    User.objects.bulk_update(people, ["name_skeleton", "handle_skeleton"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_words_for_models"),
    ]

    operations = [
        migrations.AddField(
            "user", "name_skeleton", models.CharField(db_index=True, default="", editable=False, max_length=120)
        ),
        migrations.AddField(
            "user", "handle_skeleton", models.CharField(db_index=True, default="", editable=False, max_length=120)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
