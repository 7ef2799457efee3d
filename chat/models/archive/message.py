"""The archive: every message of every room, copied from the live log a moment after it was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from chat.domain.message_json import Columns, rest_of, whole
from chat.domain.message_state import parse_state
from chat.domain.types import Author
from chat.models.archive.byline import Byline


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by their place in a room."""

    def with_bylines(self) -> "MessageQuerySet":
        """Read with each message what its `payload` needs, in the same query."""
        return self.select_related("byline")

    def page(self, room_id: int, low: int, high: int, limit: int) -> list["Message"]:
        """The newest `limit` messages with `low` <= seq < `high`, in order."""
        newest_first = self.with_bylines().filter(room_id=room_id, seq__gte=low, seq__lt=high).order_by("-seq")[:limit]
        return list(newest_first)[::-1]

    def any_before(self, room_id: int, seq: int) -> bool:
        """Whether the room has a message before this one."""
        return self.filter(room_id=room_id, seq__lt=seq).exists()


class Message(models.Model):
    """A message as it was sent (`payload`, the wire's own JSON) and what was changed since.

    The payload is not stored a second time beside the columns, which took two thirds of the disk: see chat.domain.message_json.
    """

    room = models.ForeignKey("chat.Room", models.CASCADE, verbose_name=gettext_lazy("room"), related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField(gettext_lazy("number"))
    epoch = models.CharField(max_length=32)
    # Not held by the database: a message outlives its author's account, and a record restored from a backup may not know them.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("author"),
        null=True,
        db_constraint=False,
        related_name="+",
    )
    client_id = models.CharField(max_length=64, blank=True)
    text = models.TextField(gettext_lazy("text"), blank=True, help_text="As it now stands, also of a deleted message.")
    sent_at = models.PositiveBigIntegerField(gettext_lazy("sent"), help_text="Milliseconds since 1970, UTC.")
    kind = models.CharField(max_length=16, default="text")
    # Not held by the database, and not indexed: nothing looks for the messages of a byline.
    byline = models.ForeignKey(
        "chat.Byline", models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    rest = models.TextField(
        blank=True, help_text="What the payload has beside the columns: nothing, further members, or (once edited) all of it."
    )
    amendment = models.TextField(blank=True, help_text="The live state's own JSON of what was changed; empty: nothing.")
    reactions = models.TextField(blank=True, help_text="JSON: emoji -> user ids in their order.")
    rev = models.PositiveBigIntegerField(default=0, help_text="The room's rev at which it last changed.")
    deleted = models.BooleanField(gettext_lazy("deleted"), default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("message")
        verbose_name_plural = gettext_lazy("messages")
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_message_per_seq")]
        indexes = [
            models.Index(fields=["room", "author"], name="message_by_author"),
            models.Index(fields=["room", "rev"], name="message_by_rev", condition=Q(rev__gt=0)),
            # What is counted by hour and room is counted in this index alone.
            models.Index(fields=["sent_at", "room"], name="message_by_time"),
            # They are few: the admin lists them, of all rooms or of one.
            models.Index(fields=["-id"], name="message_deleted", condition=Q(deleted=True)),
            models.Index(fields=["room", "-id"], name="message_deleted_in_room", condition=Q(deleted=True)),
        ]

    @property
    def payload(self) -> str:
        """The wire's JSON of the message as it was sent. Read lists of messages `with_bylines`."""
        return whole(self._columns(), self.rest.encode()).decode()

    @property
    def is_deleted_by_author(self) -> bool:
        """Whether its author deleted it: then others may not read it, whoever moderates the room."""
        state = parse_state(self.amendment.encode()) if self.deleted else None
        return state is not None and state.deleted_by is not None and state.deleted_by == self.author_id

    def store_payload(self, payload: bytes, byline: Byline) -> None:
        """Let this be what was sent, once all other columns are as they shall be; unsaved."""
        self.byline = byline
        self.rest = rest_of(self._columns(), payload).decode()

    def _columns(self) -> Columns:
        byline = self.byline
        author = Author(byline.author, byline.handle, byline.name) if byline else None
        said = (self.client_id, author, self.text, self.kind)
        return Columns(self.room_id, self.seq, self.epoch, self.sent_at, *said)

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq}"
