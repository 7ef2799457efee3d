"""Who people are, and who may become one."""

from accounts.models.reserved_handle import ReservedHandle
from accounts.models.server_setting import ServerSetting
from accounts.models.user import HANDLE_PATTERN, User, UserManager, valid_handle

__all__ = ["HANDLE_PATTERN", "ReservedHandle", "ServerSetting", "User", "UserManager", "valid_handle"]
