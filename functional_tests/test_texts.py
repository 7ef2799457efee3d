"""What was typed is what is shown: the parts that only a browser can show."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.waiting import wait_for

TEXTS = [
    "- ראשון\n- שני",
    "Hello everyone\nראש אחד",
    "@bob שלום",
    "def f(x):\n    return  1",
    "it was ||the butler||",
    "```\nls\n```",
    "|a|b|\n|-|-|\n|1|2|",
]
# Of the text in `selector`, line `at`: how far it is from the left and the right edge of the message.
LINE = """
const [selector, at] = arguments;
const box = [...document.querySelectorAll('.prose')].flatMap((prose) => [...prose.querySelectorAll(selector)])[0];
const texts = [...box.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
const range = document.createRange();
range.selectNodeContents(texts[at]);
const [line, prose] = [range.getBoundingClientRect(), box.closest('.prose').getBoundingClientRect()];
return [line.left - prose.left, prose.right - line.right];
"""
GAP = 40


def test_each_line_has_its_own_direction_and_its_spaces(bob: Browser, room: OpenRoom, connect: Connect) -> None:
    opened = room("Texts", "bob")
    alice = connect("alice")
    for number, text in enumerate(TEXTS):
        alice.call("send", {"room": opened["id"], "client_id": f"as-typed-{number}", "text": text})
    bob.be_as_large_as(1440, 900)
    his = ChatRoom(bob, opened["slug"])
    wait_for(lambda: len(his.timeline.texts()), len(TEXTS))

    assert bob.run("return getComputedStyle(document.querySelector('.prose ul')).direction") == "rtl"
    left, right = bob.run(LINE, "ul li", 0)
    assert right < GAP < left
    left, right = bob.run(LINE, "p", 0)  # of the second message, the first with a paragraph
    assert left < GAP < right
    left, right = bob.run(LINE, "p", 1)
    assert right < GAP < left
    assert bob.run("return [...document.querySelectorAll('.prose p')].some((p) => p.innerText.includes('    return  1'))")

    # A spoiler is covered until it is pressed.
    cover = "return getComputedStyle(document.querySelector('.spoiler')).color"
    assert bob.run(cover) == "rgba(0, 0, 0, 0)"
    bob.press(".spoiler")
    wait_for(lambda: bob.run(cover) != "rgba(0, 0, 0, 0)", True)
    assert bob.run("return document.querySelectorAll('.code .code-copy').length") == 1
    assert bob.run("return document.querySelectorAll('.prose table td').length") == 2
    assert bob.errors() == []
