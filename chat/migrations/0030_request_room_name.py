from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0029_fill_search_again")]

    operations = [
        migrations.AddField(
            "joinrequest",
            "room_name",
            models.CharField(blank=True, default="", editable=False, max_length=60),
            preserve_default=False,
        ),
    ]
