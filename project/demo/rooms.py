"""The rooms of the demo, and what is said in them."""

from dataclasses import dataclass
from typing import Literal

from chat.domain.types import Kind, State

EVERYONE = "ada bruno chen dalia emil freya ines mei nour quint sunil tomasz"


@dataclass(frozen=True)
class Line:
    """One message. `answers` is the number of an earlier one; `cheers` as "👍 bruno chen, 🎉 dalia"."""

    author: str
    text: str
    minutes_ago: float
    answers: int | None = None
    cheers: str = ""
    edited: str = ""
    deleted_by: str = ""


@dataclass(frozen=True)
class DemoRoom:
    """A room; the first of its members owns it, the `moderators` look after it. `unread` is what Ada has not read yet."""

    name: str
    topic: str
    lines: tuple[Line, ...]
    members: str = EVERYONE
    kind: Kind | Literal["direct"] = "public"
    state: State = "open"
    slow_mode: int = 0
    moderators: str = ""
    unread: int = 0
    muted: bool = False


DAY = 24 * 60

ENGINEERING = DemoRoom(
    "engineering",
    "Transmitter, studio link and stream. Silence over 30 s pages whoever is on watch.",
    moderators="ines tomasz",
    unread=3,
    lines=(
        Line("mei", "The wind has turned the small aerial again. I drive up to the hill this afternoon.", 1 * DAY + 95, cheers="👍 ada tomasz bruno"),
        Line("ada", "Take the long ladder, please, and somebody to hold it.", 1 * DAY + 92),
        Line("sunil", "I come along. I like the hill.", 1 * DAY + 91, cheers="❤️ mei"),
        Line(
            "tomasz",
            "The stream dropped twice this morning. It was not the link: the encoder started before the clock was set.\n\n"
            "- encoder waits for the clock now\n- silence alarm back from 60 s to 30 s\n- notes are in the runbook, section 4",
            252,
            cheers="✅ ada mei ines sunil, 👍 bruno chen",
        ),
        Line("tomasz", "If it happens again, please leave the box as it is and call me.", 250, edited="If it happens again, leave the box as it is and call me."),
        Line("chen", "What it says when it waits:\n\n```python\nif not clock.is_set():\n    log.info(\"waiting for the clock, %s s\", waited)\n    sleep(1)  # the link is up long before\n```", 231),
        Line("mei", "Confirmed from the van: 40 minutes without a gap.", 184, answers=4, cheers="🎉 tomasz ada"),
        Line("quint", "Cheap listeners, thousands a day → cheap-listeners.example", 170, deleted_by="ines"),
        Line("nour", "شكراً توماش! سأراقب البثّ حتى نهاية نشرة الثالثة.", 126, cheers="❤️ tomasz"),
        Line("ines", "@ada can you take the evening watch? Last time we agreed on this:\n\n> Whoever is on watch answers the page in five minutes, or hands it over by name.", 119),
        Line("sunil", "I can do until seven, if that helps.", 117),
    ),
)  # fmt: skip

ROOMS = (
    DemoRoom("announcements", "What everyone should know. Moderators write, everyone reads.", state="announcement", moderators="ines", members=EVERYONE, lines=(
        Line("ada", "**Open studio day** is on Saturday the 12th, from ten to four. Bring somebody who has never seen a mixing desk.", 3 * DAY, cheers="🎉 bruno chen dalia freya mei, ❤️ nour ines"),
        Line("ines", "@room The lift is being mended on Thursday. The stairs are where they were.", 1 * DAY + 30, cheers="👍 emil sunil"),
    )),
    ENGINEERING,
    DemoRoom("front desk", "Visitors, parcels and the telephone", members="ada bruno dalia freya ines quint", unread=4, lines=(
        Line("freya", "Two parcels for the archive, and one that ticks. I have put it outside.", 340),
        Line("bruno", "That is my metronome.", 338, cheers="🎉 freya dalia"),
        Line("freya", "It is outside, and it keeps time.", 337),
        Line("dalia", "A school class on Friday, 24 children at eleven. Who shows them the desk?", 64),
        Line("quint", "Win a holiday: holidays.example/win", 41),
        Line("bruno", "I do, if nobody touches the red button.", 38),
    )),
    DemoRoom("on air", "What runs now, and what runs next", members="ada bruno dalia emil freya mei nour", moderators="bruno", unread=2, lines=(
        Line("emil", "Today: harbour report at 7, 12 and 18. Tides by *Freya*, weather by whoever is dry.", 410),
        Line("dalia", "Two questions about the noon talk:\n\n1. Do we say *thread* or *reply*?\n2. Who has the last word?", 180),
        Line("emil", "*Reply*. And you do, you have the best last words.", 176, answers=2),
        Line("dalia", "Flattery noted and accepted.", 175, cheers="👍 emil"),
        Line("nour", "@ada the mayor is early. She is in the small studio, and she has brought cake.", 22),
    )),
    DemoRoom("playlist", "One song each, and why", members="ada bruno chen emil mei sunil tomasz", lines=(
        Line("sunil", "Something slow for the last ferry, please.", 700),
        Line("mei", "`Harbour Lights`, the 1950 one. It crackles in the right places.", 640, cheers="❤️ sunil ada bruno"),
    )),
    DemoRoom("questions", "Ask anything about the station. One question, then think.", members="ada ines freya chen", slow_mode=30, lines=(
        Line("freya", "Why is the third microphone called Gerald?", 2 * DAY),
        Line("ines", "He hums.", 2 * DAY - 4, answers=1, cheers="🎉 freya ada chen"),
    )),
    DemoRoom("kitchen", "Lunch, cake and who took the good cup", members="bruno freya chen emil sunil", lines=(
        Line("bruno", "Soup today, from noon.", 300),
        Line("freya", "Which soup?", 299),
        Line("bruno", "The orange one.", 298, cheers="❤️ freya"),
    )),
    DemoRoom("moderators", "Who looks after the rooms", kind="private", members="ada ines tomasz bruno", lines=(
        Line("ines", "Quint's account posts the same link in four rooms. I have muted it and asked him to change his password.", 168, cheers="👍 ada tomasz"),
        Line("ada", "Thank you. I call him.", 160),
    )),
    DemoRoom("summer fair", "Over, and it was lovely. Everything can be read.", state="archived", members="ada bruno dalia freya mei", lines=(
        Line("dalia", "We are sold out of lemonade. The wheelbarrow is still to be had.", 90 * DAY),
        Line("freya", "Found: one shoe, left, size 31.", 89 * DAY),
    )),
    DemoRoom("", "", kind="direct", members="ada ines", unread=1, lines=(
        Line("ada", "How did it go with Quint?", 150),
        Line("ines", "He is mortified, and has a new password. I lift the mute tonight.", 52),
    )),
    DemoRoom("", "", kind="direct", members="ada nour", lines=(
        Line("nour", "مرحباً أدا، هل نلتقي قبل النشرة؟", 500),
        Line("ada", "نعم، عند الثانية في الاستوديو.", 495),
    )),
    DemoRoom("", "", kind="direct", members="ada bruno", lines=(
        Line("bruno", "It was me who took the good cup.", 280), Line("ada", "I know.", 279),
    )),
    DemoRoom("", "", kind="direct", members="ada mei tomasz", lines=(
        Line("tomasz", "Spare fuse is in the glove box.", 1 * DAY), Line("mei", "Found it, under the biscuits.", 1 * DAY - 2),
    )),
)  # fmt: skip
