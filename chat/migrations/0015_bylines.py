"""What messages need to be stored without their JSON. SQLite keeps the table, and so its triggers, in all of this."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0014_installation")]
    operations = [
        migrations.CreateModel(
            name="Byline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.PositiveBigIntegerField(db_index=True, help_text="The id of the author's account.")),
                ("handle", models.TextField()),
                ("name", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="byline",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="chat.byline",
            ),
        ),
        migrations.RenameField(model_name="message", old_name="payload", new_name="rest"),
        migrations.AlterField(
            model_name="message",
            name="rest",
            field=models.TextField(
                blank=True,
                help_text="What the payload has beside the columns: nothing, further members, or (once edited) all of it.",
            ),
        ),
        # Nothing asks for a client id: what somebody wrote in a room is what the index was used for.
        migrations.RemoveIndex(model_name="message", name="message_by_client_id"),
    ]
