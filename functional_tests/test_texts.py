"""What was typed is what is shown: the parts that only a browser can show."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.people import People
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


PASTE = """
const [text] = arguments;
const data = new DataTransfer();
data.setData('text/plain', text);
const box = document.getElementById('write');
box.focus();
if (box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))) {
  document.execCommand('insertText', false, text);
}
"""


def test_a_linked_message_is_quoted_to_people_of_its_room(
    alice: Browser, room: OpenRoom, connect: Connect, window: OpenWindow, people: People
) -> None:
    # Carol is in the hall and not in the vault. Alice has written something in the vault, and links to it in the hall.
    hall, vault = room("Hall", "bob", "carol"), room("Vault", "bob", kind="private")
    author = connect("alice")
    said = author.call("send", {"room": vault["id"], "client_id": "in-the-vault", "text": "the **key** is below ||the mat||"})
    hers = ChatRoom(alice, hall["slug"])
    address = f"{alice.run('return location.origin')}/rooms/{vault['slug']}/{said['seq']}/"
    hers.write(f"See {address}")
    his, carols = (ChatRoom(window(people[name]), hall["slug"]) for name in ("bob", "carol"))
    quote = wait_for(lambda: his.browser.texts(".linked-quote__text"))
    assert quote == ["the key is below [Spoiler]"]
    wait_for(lambda: carols.timeline.texts()[-1:], [f"See {address}"])
    assert carols.browser.texts(".linked-quote__text") == []
    his.browser.press(".linked-quote")
    wait_for(lambda: his.browser.path, f"/rooms/{vault['slug']}/{said['seq']}/")

    # She pastes a function, and sends it as code by one press.
    alice.run(PASTE, "def f(x):\n    if x:\n        return 1\n\n    return 2")
    wait_for(lambda: alice.sees(".composer__offer"))
    alice.press(".composer__offer button")
    code = "def f(x):\n    if x:\n        return 1\n\n    return 2"
    wait_for(lambda: [shown.rstrip() for shown in alice.texts(".prose pre code")], [code])
    assert not alice.sees(".composer__offer")
    for browser in (alice, his.browser, carols.browser):
        assert browser.errors() == []
