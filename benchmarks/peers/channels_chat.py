"""Django Channels' tutorial chat, with history: `daphne channels_chat:application`, the Redis socket in REDIS_SOCKET."""

import json
import os
import time
from typing import Any

import django
from django.conf import settings

KEPT = 200
PAGE = 50
REDIS_SOCKET = os.environ["REDIS_SOCKET"]

_HOST = {"address": f"unix://{REDIS_SOCKET}", "max_connections": 5_000, "socket_timeout": 60}
settings.configure(
    SECRET_KEY="of no use",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["channels"],
    LOGGING_CONFIG=None,
    CHANNEL_LAYERS={
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [_HOST], "capacity": 2_000}}
    },
)
django.setup()

import redis.asyncio
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import re_path

store = redis.asyncio.Redis(unix_socket_path=REDIS_SOCKET, max_connections=5_000)


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """One member of the room that the address names."""

    async def connect(self) -> None:
        """Enter the room."""
        self.room = self.scope["url_route"]["kwargs"]["room"]
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave it."""
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive(self, text_data: str) -> None:
        """Answer a message or a question for the newest ones."""
        asked = json.loads(text_data)
        if "history" in asked:
            await self._tell({"ack": asked["mid"], "messages": await self._history()})
            return
        body = {"room": self.room, "user": self.channel_name, "text": asked["message"], "time": int(time.time() * 1000)}
        async with store.pipeline(transaction=False) as pipeline:
            pipeline.rpush(f"h:{self.room}", json.dumps(body))
            pipeline.ltrim(f"h:{self.room}", -KEPT, -1)
            await pipeline.execute()
        await self.channel_layer.group_send(self.room, {"type": "chat.message", "message": body})
        await self._tell({"ack": asked["mid"], "ok": True})

    async def chat_message(self, event: dict[str, Any]) -> None:
        """Pass on what somebody in the room wrote."""
        await self._tell({"message": event["message"]})

    async def _history(self) -> list[object]:
        return [json.loads(row) for row in await store.lrange(f"h:{self.room}", -PAGE, -1)]

    async def _tell(self, answer: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(answer))


urlpatterns: list[Any] = []
application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter([re_path(r"ws/chat/(?P<room>\w+)/$", ChatConsumer.as_asgi())]),
    }
)
