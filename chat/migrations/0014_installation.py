from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0013_erasure"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identifier", models.CharField(max_length=32)),
                ("key_fingerprint", models.CharField(blank=True, max_length=64)),
            ],
        ),
    ]
