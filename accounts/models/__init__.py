"""People, reserved handles, the server's settings, and what people asked for about their own account."""

from accounts.models.account_deletion import AccountDeletion
from accounts.models.data_export import DataExport, DataExportPart
from accounts.models.reserved_handle import ReservedHandle
from accounts.models.server_setting import ServerSetting
from accounts.models.user import HANDLE_PATTERN, User, UserManager, valid_handle

__all__ = [
    "HANDLE_PATTERN",
    "AccountDeletion",
    "DataExport",
    "DataExportPart",
    "ReservedHandle",
    "ServerSetting",
    "User",
    "UserManager",
    "valid_handle",
]
