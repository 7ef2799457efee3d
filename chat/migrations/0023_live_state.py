from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0022_folded_rooms")]

    operations = [
        migrations.AddField(
            "installation", "live_state", models.CharField(blank=True, default="", max_length=32), preserve_default=False
        ),
        migrations.AddField("installation", "beat", models.PositiveBigIntegerField(default=0)),
    ]
