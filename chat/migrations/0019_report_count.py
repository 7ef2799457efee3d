from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0018_fill_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="count",
            field=models.PositiveIntegerField(
                default=1,
                help_text="How many messages of this author the rule has flagged; the newest one is shown.",
                verbose_name="hits",
            ),
        ),
    ]
