"""The people of the demo, by their handles. Ada owns the server."""

from allauth.account.models import EmailAddress

from accounts.models import User
from chat.domain.types import Author

PASSWORD = "parley demo"
OWNER = "ada"

PEOPLE = {
    "ada": "Ada Okafor",
    "bruno": "Bruno Lindqvist",
    "chen": "Chen Wei",
    "dalia": "Dalia Haddad",
    "emil": "Emil Novák",
    "freya": "Freya Jensen",
    "ines": "Inês Carvalho",
    "mei": "Mei Tanaka",
    "nour": "نور حدّاد",
    "quint": "Quint Oyelaran",
    "sunil": "Sunil Marwaha",
    "tomasz": "Tomasz Bielak",
}


def make_people() -> dict[str, Author]:
    """Give everyone an account, and return them by their handles."""
    return {handle: _make_person(handle, name) for handle, name in PEOPLE.items()}


def _make_person(handle: str, name: str) -> Author:
    is_owner = handle == OWNER
    user = User.objects.create_user(
        f"{handle}@demo.example", handle, PASSWORD, name=name, is_staff=is_owner, is_superuser=is_owner
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return Author(user.pk, user.handle, user.name)
