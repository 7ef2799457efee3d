from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0023_live_state")]

    operations = [
        migrations.AddField(
            "sanction",
            "was_member",
            models.BooleanField(
                default=False, editable=False, help_text="A ban took them out of the room, so they know that it exists."
            ),
        ),
    ]
