"""Every screen: where it is, what is pressed to see it, and in which looks it is shown."""

from typing import Literal, NamedTuple

Look = Literal["light", "dark"]
Size = Literal["wide", "narrow"]
Step = tuple[Literal["press", "focus", "type"], str, str]


class Screen(NamedTuple):
    """`who` looks ("" is a stranger) at a page, takes these steps, and waits until there is what `until` names."""

    name: str
    path: str
    until: str
    steps: tuple[Step, ...] = ()
    who: str = "ada"
    looks: tuple[tuple[Size, Look], ...] = (("wide", "light"),)


ALL: tuple[tuple[Size, Look], ...] = (("wide", "light"), ("wide", "dark"), ("narrow", "light"), ("narrow", "dark"))
BOTH: tuple[tuple[Size, Look], ...] = (("wide", "light"), ("narrow", "dark"))

ROOM = "/rooms/engineering/"
DESK = "/rooms/front-desk/"
LAST = "#messages > li[data-seq='11']"


def _press(css: str) -> Step:
    return "press", css, ""


_SEARCH: tuple[Step, ...] = (_press(".sheet__head [data-opens='search']"), ("type", "#search-box", "the"))


def _on_message(seq: int, *steps: Step) -> tuple[Step, ...]:
    """Go to a message, so that what one can do with it is offered, and press More."""
    row = f"#messages > li[data-seq='{seq}']"
    return (("focus", f"{row} article", ""), _press(f"{row} .actions [data-key='more']"), *steps)


DOORS = (
    Screen("log-in", "/accounts/login/", ".door", who="", looks=BOTH),
    Screen("sign-up", "/accounts/signup/", ".door", who=""),
    Screen("password-reset", "/accounts/password/reset/", ".door", who=""),
)

CHAT = (
    Screen("room", ROOM, LAST, looks=ALL),
    Screen("rooms-list", "/", "#room-links a", looks=(("narrow", "light"), ("narrow", "dark"))),
    Screen("no-rooms", "/", ".empty", who="visitor", looks=BOTH),
    Screen("directory", "/rooms/", "#directory li", (_press("[data-look='kitchen']"),), looks=BOTH),
    Screen("archived-room", "/rooms/summer-fair/", "#messages article"),
    Screen("jump", ROOM, "#jump-found li", (_press("[data-opens='jump']"),)),
    Screen("help", ROOM, "#help-keys dl", (_press(".me [data-opens='help']"),), looks=(("wide", "light"), ("wide", "dark"))),
    Screen("you", ROOM, "#you[open]", (_press(".me [data-opens='you']"),)),
    Screen("me", ROOM, "#me-menu:popover-open", (_press("#me"),)),
    Screen("mentions", ROOM, "#mentions .hit", (_press("#mentions-link"),), looks=BOTH),
    Screen(
        "search",
        ROOM,
        "#search .hit",
        _SEARCH,
        looks=BOTH,
    ),
    Screen("room-menu", ROOM, "#room-menu:popover-open", (_press("#room-more"),)),
    Screen("person", ROOM, "#person-card:popover-open", (_press("#people-groups [data-user-id]"),)),
    Screen("message-menu", ROOM, "#message-menu:popover-open", _on_message(7)),
    Screen("emoji", ROOM, "#emoji-grid button", (_press("#write-emoji"),)),
    Screen("new-room", "/rooms/", "#new-room[open]", (_press("[data-opens='new-room']"),)),
    Screen("invite", ROOM, "#invite .finder__found button", (_press("#invite-open"),)),
)

MODERATION = (
    Screen(
        "report", DESK, "#report[open]", _on_message(5, _press("#message-menu [data-key='Report']")), who="bruno", looks=BOTH
    ),
    Screen("moderate", DESK, "#moderate[open]", _on_message(5, _press("#message-menu [data-key^='Moderate']")), looks=BOTH),
    Screen("delete", DESK, "#delete-message[open]", _on_message(5, _press("#message-menu [data-key='Delete message']"))),
    Screen("reports", ROOM, "#reports-list li", (_press("#reports-link"),), looks=BOTH),
    Screen(
        "links",
        ROOM,
        "#links[open]",
        (_press("#room-links a[href*='moderators']"), _press("#room-more"), _press("#links-item")),
    ),
    Screen("words", ROOM, "#words[open]", (_press("#room-more"), _press("#words-item"))),
    Screen("room-settings", ROOM, "#room-settings[open]", (_press("#room-more"), _press("#settings-item"))),
)

ADMIN = (
    Screen("admin", "/admin/", "#content", looks=(("wide", "light"), ("wide", "dark"))),
    Screen("admin-rooms", "/admin/chat/room/", "#result_list"),
    Screen("admin-room", "/admin/chat/room/2/change/", "#content"),
    Screen("admin-messages", "/admin/chat/message/", "#result_list"),
    Screen("admin-people", "/admin/accounts/user/", "#result_list"),
    Screen("admin-reports", "/admin/chat/report/", "#result_list"),
    Screen("admin-sanctions", "/admin/chat/sanction/", "#result_list"),
    Screen("admin-log", "/admin/chat/moderationlog/", "#result_list"),
    Screen("pulse", "/admin/pulse/", "#content", looks=(("wide", "light"), ("wide", "dark"))),
)

ENTER = "\ue007"
NEW_LINE = "\ue008\ue007\ue000"  # with Shift


def _writing(name: str, who: str, looks: tuple[tuple[Size, Look], ...], *texts: str) -> Screen:
    """Send all texts but the last, which is still in the box; the one before it mentions somebody."""
    steps: list[Step] = [("type", "#write", text + ENTER) for text in texts[:-1]]
    return Screen(name, ROOM, "#messages > li:last-child .mention", (*steps, ("type", "#write", texts[-1])), who, looks)


# Last of all: what they write stays in the room.
WRITERS = (
    _writing(
        "writing-chinese",
        "mei",
        (("wide", "light"),),
        "大家好！**重要：**明天九点开会。",
        "请看 https://ci.example/4711，构建失败了。",
        f"1. 检查日志{NEW_LINE}2. 修复测试",
        "谢谢@ada！",
        "好的，马上",
    ),
    _writing(
        "writing-hebrew",
        "dalia",
        (("wide", "light"), ("narrow", "dark")),
        "שלום לכולם! **חשוב:** מחר בתשע יש ישיבה.",
        f"Build 4711 failed{NEW_LINE}הבנייה של `release/2.4` נכשלה, הנה הלוג: https://ci.example/4711 (שורה 12).",
        f"- לבדוק את היומן{NEW_LINE}- לתקן את הבדיקות",
        "תודה, @ada!",
        "מיד אבדוק",
    ),
    _writing(
        "writing-russian",
        "tomasz",
        (("wide", "light"),),
        "Всем привет! **Важно:** завтра в девять совещание.",
        "Сборка `release/2.4` упала, вот журнал: https://ci.example/4711",
        f"1) посмотреть журнал{NEW_LINE}2) починить тесты",
        "Спасибо, @ada!",
        "Сейчас посмотрю",
    ),
)

SCREENS = (*DOORS, *CHAT, *MODERATION, *ADMIN, *WRITERS)
