"""The form in which a reader says what is wrong, and with which paragraph."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.forms import CommentForm
from comments.models.leads import LONGEST
from newsroom.foundations.text import cut

SHOWN = 90  # characters of a paragraph, in the list to choose from


def paragraphs(text: str) -> dict[str, str]:
    """The paragraphs of an article's text, in order, by names that say which words stood there."""
    found = (line.strip() for line in text.splitlines())
    return {sha256(line.encode()).hexdigest()[:12]: line for line in found if line}


class LeadForm(CommentForm):
    """What a reader fills in; name and e-mail only if they like."""

    paragraph = forms.ChoiceField(
        label=_("Where"),
        required=False,
        error_messages={
            "invalid_choice": _("This paragraph has been changed meanwhile. Please choose again.")
        },
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("And, if you know it, what is right and where one can see that."),
        max_length=LONGEST,
        error_messages={"required": _("Tell us what is wrong.")},
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": None}),
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=60,
        help_text=_("If this becomes a correction, we may thank you there by this name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("In case we have a question. Never shown, and never given to anybody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("paragraph", "text", "name", "email", "website")  # type: ignore[assignment]

    def __init__(self, text: str, data: Any = None) -> None:
        super().__init__(data)
        self.paragraphs = paragraphs(text)
        listed = [(name, cut(words, SHOWN)) for name, words in self.paragraphs.items()]
        self.fields["paragraph"].choices = [  # type: ignore[attr-defined]
            ("", _("The headline, a picture, or all of it")),
            *listed,
        ]

    def clean_name(self) -> str:
        return super().clean_name() if self.cleaned_data["name"].strip() else ""

    @property
    def is_by_machine(self) -> bool:
        return bool(self.cleaned_data["website"])

    def words(self) -> dict[str, str]:
        cleaned = self.cleaned_data
        about = self.paragraphs.get(cleaned["paragraph"], "")
        return {"paragraph": about, **{name: cleaned[name] for name in ("text", "name", "email")}}
