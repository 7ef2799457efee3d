"""Writes the derived parts of the documents again from the code: `manage.py write_docs`. Not needed to run a server."""
