"""How far each member has read."""

from chat.entities import RoomId, UserId
from chat.stores import keys
from chat.stores.answers import refuse, require_this_run
from chat.stores.script import ScriptRunner


class ReadingStore:
    """The read markers."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def move(self, room_id: RoomId, user_id: UserId, seq: int) -> tuple[int, bool]:
        """Move the marker forward; return where it stands and whether it moved. Raises ChatError to outsiders."""
        answer = self._scripts.run("read", [keys.room(room_id), keys.members(room_id), keys.read(room_id)], [user_id, seq])
        require_this_run([room_id], [answer])
        if answer[0] == b"refused":
            refuse(answer)
        return int(answer[1]), answer[2] == b"1"
