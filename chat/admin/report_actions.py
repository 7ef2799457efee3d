"""What a moderator does about a report: claims it, sends what was held, resolves it with acts against its author."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from chat.actions.moderation import report_handling
from chat.actions.moderation.message_moderation import moderate_message
from chat.admin.framework.screen_actions import ActForm, ScreenAct
from chat.admin.sanctions import LengthFields, impose
from chat.models import Report
from chat.models.moderation.sanction import REASON_MAX_CHARS

DEEDS = [
    ("", gettext_lazy("nothing more")),
    ("delete", gettext_lazy("delete the message")),
    ("mute", gettext_lazy("mute its author in the room")),
    ("ban", gettext_lazy("ban its author from the room")),
    ("delete mute", gettext_lazy("delete the message and mute its author")),
    ("delete ban", gettext_lazy("delete the message and ban its author")),
]


class ResolveForm(LengthFields, ActForm):
    """What is done about it, why, and what who reported is told."""

    deed = forms.ChoiceField(label=gettext_lazy("Actions"), choices=DEEDS, required=False)
    reason = forms.CharField(
        max_length=REASON_MAX_CHARS, required=False, help_text=gettext_lazy("The author is notified if you take action.")
    )
    answer = forms.CharField(
        max_length=report_handling.ANSWER_MAX_CHARS,
        required=False,
        help_text=gettext_lazy("The reporter will see this answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("deed", "length", "until", "reason", "answer")

    def clean(self) -> dict[str, Any] | None:
        asked = super().clean() or self.cleaned_data
        if asked.get("deed") and not asked.get("reason"):
            self.add_error("reason", gettext("Add a reason: the person will see it, and it is logged."))
        return asked


def _resolve(actor: User, report: Report, asked: dict[str, Any]) -> str:
    deeds = asked["deed"].split()
    for deed in deeds:
        _do(actor, report, deed, asked)
    outcome = str(dict(DEEDS)[asked["deed"]]) if deeds else ""
    report_handling.resolve_report(actor, report.pk, outcome, asked["answer"])
    return gettext("Resolved. The reporter has been notified.")


def _do(actor: User, report: Report, deed: str, asked: dict[str, Any]) -> None:
    if deed == "delete" and report.seq is not None:
        epoch = report.snapshot.get("epoch", "")
        moderate_message(actor, "delete", report.room_id, report.seq, asked["reason"], epoch)
    elif deed != "delete" and report.author_id is not None:
        impose(actor, deed, report.room_id, report.author_id, asked)  # type: ignore[arg-type]  # one of DEEDS


def _claim(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.claim_report(actor, report.pk)
    return gettext("You claimed this report.")


def _release(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.release_report(actor, report.pk)
    return gettext("Others can claim it again.")


def _send(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.send_held(actor, report.pk)
    return gettext("The message was sent.")


def _is_unresolved(report: Report) -> bool:
    return report.state != Report.State.RESOLVED


REPORT_ACTS = (
    ScreenAct("claim", gettext_lazy("Claim"), "chat.change_report", _claim, concerns=_is_unresolved),
    ScreenAct(
        "release",
        gettext_lazy("Unclaim"),
        "chat.change_report",
        _release,
        concerns=lambda report: report.state == Report.State.CLAIMED,
    ),
    ScreenAct(
        "send",
        gettext_lazy("Approve and send"),
        "chat.change_report",
        _send,
        concerns=lambda report: _is_unresolved(report) and report.source == Report.Source.HELD,
        is_in_record=False,
    ),
    ScreenAct(
        "resolve",
        gettext_lazy("Resolve"),
        "chat.change_report",
        _resolve,
        ResolveForm,
        concerns=_is_unresolved,
        is_in_record=False,
    ),
)
