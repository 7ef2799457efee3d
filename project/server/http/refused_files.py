"""Files that nobody asked for: Django would write any number of any size to the disk before a view, or a check, sees them."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext


class RefusedFiles(FileUploadHandler):
    """Refuses a request with its first file: 400, and nothing was written."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise BadRequest(gettext("Files cannot be uploaded here."))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file begins."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file begins."""
