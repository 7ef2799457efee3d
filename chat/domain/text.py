"""What may be written: texts, names and emoji as they are stored. Pure."""

import re
import unicodedata

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.names.ignorable import draws_something, is_reordered, without_hidden, without_ignorable
from bounds.text import MARKS_IN_A_ROW, RAW_FACTOR, TextTooLong, TooManyMarks, has_too_many_marks, require_measured
from chat.domain.emoji import one_emoji
from chat.domain.errors import ChatError, Code, bad_request
from chat.domain.letters import plain_letters

# What slides, terminals and mainframes end lines with; all other controls but tab are invisible, and some readers obey them.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Annotations that nothing shows, and characters for private use, which every font draws in another way or not at all.
_NOT_TEXT = re.compile("[\ufff9-\ufffb\ue000-\uf8ff\U000f0000-\U0010ffff]")
# A blank of HTML, and an address without words: some paste them, and nobody means them.
_BLANKS = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|zwsp|shy|#160|#x?0*a0);|\[\s*\]\([^()\s]*\)", re.IGNORECASE)
# Most texts have neither sign: looking for these two costs a tenth.
_MAY_BE_BLANK = re.compile("[&[]")

# The longest of Unicode's own has 10 characters.
EMOJI_MAX_CHARS = 32


def clean_text(text: str, max_chars: int) -> str:
    """Return what may be stored; raises empty, too_long, or bad_request for what is not text."""
    if len(text) <= RAW_FACTOR * max_chars:
        text = (text if text.isprintable() else _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))).strip()
    if len(text) > max_chars:
        raise ChatError(
            Code.TOO_LONG,
            format_lazy(
                gettext_lazy("That text has {length:,} characters; {most:,} are allowed."), length=len(text), most=max_chars
            ),
        )
    if not draws_something(text) or (_MAY_BE_BLANK.search(text) and not draws_something(_BLANKS.sub("", text))):
        raise ChatError(Code.EMPTY)
    _require_utf8(text)
    if has_too_many_marks(text):
        raise _too_many_marks()
    return text


def fold(text: str, max_chars: int) -> str:
    """Return a short text as it is looked for: small plain letters without their marks, at most so many of them."""
    letters = unicodedata.normalize("NFKD", without_ignorable(text)).casefold()
    return plain_letters("".join(char for char in letters if unicodedata.category(char)[0] != "M"))[:max_chars]


def clean_emoji(text: str) -> str:
    """Return one emoji, in the one form that is stored of it; raises bad_request for anything else."""
    emoji = one_emoji(text) if len(text) <= EMOJI_MAX_CHARS else None
    if not emoji:
        raise bad_request(gettext_lazy("A reaction must be one emoji."))
    return emoji


def clean_line(text: str, max_chars: int) -> str:
    """Return a name or a topic: one line, composed, without invisible marks; raises as `clean_text`, but may be empty."""
    measure(text, max_chars)
    _require_utf8(text)
    if is_reordered(text) or _NOT_TEXT.search(text):
        raise bad_request(gettext_lazy("The line holds invisible characters."))
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    line = " ".join(without_hidden(_CONTROLS.sub("", spaced)).split())
    if not draws_something(line):
        return ""
    if len(line) > max_chars:
        raise _too_long(max_chars)
    return line


def measure(text: str, max_chars: int) -> None:
    """Raise too_long or bad_request for what is too long as typed, or has too many marks, to be normalised."""
    try:
        require_measured(text, RAW_FACTOR * max_chars)
    except TextTooLong:
        raise _too_long(max_chars) from None
    except TooManyMarks:
        raise _too_many_marks() from None


def _too_long(max_chars: int) -> ChatError:
    return ChatError(Code.TOO_LONG, format_lazy(gettext_lazy("At most {most} characters are allowed."), most=max_chars))


def _too_many_marks() -> ChatError:
    return bad_request(format_lazy(gettext_lazy("At most {most} accents in a row are allowed."), most=MARKS_IN_A_ROW))


def _require_utf8(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: JSON can spell it, no database can store it
        raise bad_request(gettext_lazy("The text is not valid Unicode.")) from None
