"""People and groups in Django admin. The import registers them."""

from accounts.admin.people import GroupAdmin, UserAdmin

__all__ = ["GroupAdmin", "UserAdmin"]
