"""The form a comment is written in. It checks shape; whether the words are wanted is for the house to judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.form_tokens import FormToken
from comments.models import Finding
from newsroom.foundations.markup.source import seemly

HONEYPOT, HASTE = "honeypot", "haste"  # the form's own screens
LOST = "\x00\ufffd"  # what a keyboard cannot type: a NUL, and what is left of bytes that were no text
STACKED_MARKS = 2  # accents on one letter of a name; Vietnamese needs two


class ColleagueForm(forms.Form):
    """What a colleague with a byline fills in: the words. The name is their byline's."""

    text = forms.CharField(
        label=_("Your comment"),
        help_text=_(
            "Leave a blank line between paragraphs. *Emphasis*, **strong**, > quote and - list work."
        ),
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(
            attrs={"rows": 8}
        ),  # no maxlength: browsers cut what is pasted, and say nothing
    )

    def __init__(self, data: Any = None) -> None:
        """What was posted stays in the form, whatever is wrong with it, but for characters that no page may hold."""
        self.was_damaged = data is not None and any(set(LOST) & set(value) for value in data.values())
        super().__init__(None if data is None else {name: _whole(value) for name, value in data.items()})

    def clean_text(self) -> str:
        """With plain line ends: browsers send two characters for one, which the limit would count."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self) -> None:
        if self.was_damaged:
            raise forms.ValidationError(
                gettext(
                    "Some characters did not arrive whole and were taken out. Please read your words and send again."
                )
            )

    def evidence(self, form_token: FormToken) -> list[Finding]:
        """What the form itself has noticed."""
        return []


class CommentForm(ColleagueForm):
    """What a reader fills in, and one field that people do not see and machines fill in."""

    honeypot = "website"

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Shown beside your comment."),
        error_messages={"required": _("Tell us the name to show.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Never shown, and never given to anybody."),
        error_messages={"required": _("Give an e-mail address. Nobody but our moderators sees it.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    field_order = ("name", "email", "text", "website")

    def clean_name(self) -> str:
        """In one line, NFC, without unseen characters or towers of accents; with something to call the person by."""
        name = " ".join(seemly(self.cleaned_data["name"], STACKED_MARKS).split())
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError(gettext("A name needs at least one letter."))
        return name

    def evidence(self, form_token: FormToken) -> list[Finding]:
        spam, hold = Finding.Verdict.SPAM, Finding.Verdict.HOLD
        findings = []
        if self.cleaned_data["website"]:
            detail = gettext("Filled in the field that people do not see.")
            findings.append(Finding(screen=HONEYPOT, verdict=spam, detail=detail))
        if form_token.is_hasty:
            detail = gettext("Was sent faster than people write.")
            findings.append(Finding(screen=HASTE, verdict=hold, detail=detail))
        return findings


def _whole(value: str) -> str:
    return value.translate({ord(letter): None for letter in LOST})
