"""What the commands of `manage.py` share: whom they mean, and a live state to work on."""
