"""Finds the texts that people read and keeps the catalogs in `locale/`; nothing here is needed to run the server."""
