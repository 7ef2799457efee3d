"""What may be written: texts, names and emoji as they are stored. Pure."""

import re
import unicodedata

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.ignorable import draws_something, without_hidden
from bounds.text import MARKS_IN_A_ROW, RAW_FACTOR, TextTooLong, TooManyMarks, has_too_many_marks, require_measured
from chat.errors import ChatError, Code, bad_request

# All C0 and C1 controls but tab and newline: they are invisible, and some terminals and readers obey them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# One emoji as people see one: a pictograph or symbol with its skin tone or variation selector, several joined by zero-width
# joiners, a flag of two letters or of tags, or a keycap.
_PICTOGRAPH = (
    r"(?![\U0001f1e6-\U0001f1ff])[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
)
_EMOJI = re.compile(
    rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|\U0001f3f4[\U000e0061-\U000e007a]{{2,6}}\U000e007f"
    rf"|{_PICTOGRAPH}(?:\u200d{_PICTOGRAPH}){{0,5}})"
)

# The longest of Unicode's own has 10 characters.
EMOJI_MAX_CHARS = 32


def clean_text(text: str, max_chars: int) -> str:
    """Return what may be stored; raises empty, too_long, or bad_request for what is not text."""
    if len(text) <= RAW_FACTOR * max_chars:
        text = text.replace("\r\n", "\n").strip()
        if not draws_something(text):
            raise ChatError(Code.EMPTY)
    if len(text) > max_chars:
        raise ChatError(
            Code.TOO_LONG,
            format_lazy(
                gettext_lazy("That text has {length:,} characters; {most:,} are allowed."), length=len(text), most=max_chars
            ),
        )
    if _CONTROLS.search(text):
        raise bad_request(gettext_lazy("The text holds control characters."))
    _require_utf8(text)
    if has_too_many_marks(text):
        raise _too_many_marks()
    return text


def clean_emoji(text: str) -> str:
    """Return one emoji; raises bad_request for anything else."""
    if len(text) > EMOJI_MAX_CHARS or not _EMOJI.fullmatch(text):
        raise bad_request(gettext_lazy("A reaction is one emoji."))
    return text


def clean_line(text: str, max_chars: int) -> str:
    """Return a name or a topic: one line, composed, without invisible marks; raises as `clean_text`, but may be empty."""
    measure(text, max_chars)
    _require_utf8(text)
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\u200c\u200d" for char in line):
        raise bad_request(gettext_lazy("The line holds invisible characters."))
    line = without_hidden(line)
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
