"""Two people have the same row open at the desk, and both save. The second is told who saved what meanwhile, keeps what
they typed, and may save over it. One mechanism for every ModelAdmin whose rows have no versions of their own to compare.

A form carries a stamp: a digest of each of its fields as it was opened, and how far the desk's log had got. It is
compared under the row's lock, so that two processes cannot both find nothing changed. No admin here has inlines.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.foundations.http.sent_forms import SentForm

OPENED = "_opened"  # the field with the stamp of the row as the form was opened on it
SAVE_OVER = "_save_over"  # the tick's field: the stamp of the row that was shown as theirs
LONGEST_STAMP = 4_000  # letters

if TYPE_CHECKING:
    Guards = forms.ModelForm
else:
    Guards = object


@dataclass(frozen=True)
class Stamp:
    """What a row's form held at one moment, field by field, and the last line of the desk's log then."""

    line: int
    digests: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> "Stamp | None":
        """None for anything that is no stamp."""
        line, _colon, fields = text[:LONGEST_STAMP].partition(":")
        if not (line.isascii() and line.isdecimal() and len(line) < 19):
            return None
        pairs = (pair.partition("=") for pair in fields.split(",") if pair)
        return cls(int(line), {name: digest for name, _equals, digest in pairs})

    def __str__(self) -> str:
        return f"{self.line}:" + ",".join(f"{name}={digest}" for name, digest in self.digests.items())


@dataclass(frozen=True)
class FieldConflict:
    """A field that somebody else changed meanwhile, in their words and in those of whoever saves second."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class EditConflict:
    """What stands in the way of a save: who saved when, which fields differ, and the stamp to save over."""

    sentence: str
    fields: list[FieldConflict]
    stamp: Stamp


class GuardedForm(Guards):
    """A form that knows what it was opened on, and refuses to save over what somebody else has saved since."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: EditConflict | None = None
        self._stored = dict(self.initial)

    @property
    def stamp(self) -> Stamp:
        """Of the row as it is stored now."""
        last = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
        digests = {name: _digest(self._stored.get(name)) for name in self._compared()}
        return Stamp(last or 0, digests)

    @property
    def opened(self) -> str:
        """The stamp this form carries, as text; nothing for a row that is not stored yet."""
        if self.is_bound:
            return str(self.data.get(OPENED, ""))[:LONGEST_STAMP]
        return str(self.stamp) if self.instance.pk else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        opened = Stamp.read(self.data.get(SAVE_OVER) or self.data.get(OPENED, ""))
        if self.instance.pk and opened:
            self._compare(opened)
        return cleaned

    def _compare(self, opened: Stamp) -> None:
        now = self.stamp
        changed = [name for name, digest in now.digests.items() if opened.digests.get(name, digest) != digest]
        differing = [name for name in changed if name in self.changed_data]
        if differing:
            sentence = _who_saved(self.instance, opened.line)
            self.conflict = EditConflict(sentence, [self._field_conflict(name) for name in differing], now)
            self.add_error(None, sentence)

    def _compared(self) -> Iterator[str]:
        return (name for name, field in self.fields.items() if not field.disabled)

    def _field_conflict(self, name: str) -> FieldConflict:
        bound = self[name]
        theirs, yours = self._stored.get(name), bound.data
        label = bound.label[:1].upper() + bound.label[1:]
        return FieldConflict(label, _in_words(bound.field, theirs), _in_words(bound.field, yours))


class GuardedLine(Guards):
    """A row in a list that can be edited in place. Only what was changed in the list is saved, and not over a change that
    somebody made since the list was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            said_before = not self.is_bound or self[name].html_initial_name in self.data
            field.show_hidden_initial = said_before

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.changed_data:
            self._compare(name)
        return cleaned

    def _compare(self, name: str) -> None:
        bound, now = self[name], self.initial.get(name)
        if not bound.field.show_hidden_initial or name not in self.cleaned_data:
            return
        hidden = bound.html_initial_name
        with suppress(ValidationError):
            opened = bound.field.to_python(self.data.get(hidden))
            if opened != now and self.cleaned_data[name] != now:
                self.data = said = QueryDict.copy(cast(QueryDict, self.data))
                said[hidden] = str(now)  # so that saving once more saves over theirs
                words = _("Somebody else set this to “%(theirs)s” meanwhile. Save again to set it to yours.")
                self.add_error(name, words % {"theirs": _in_words(bound.field, now)})


class TellsOfConflicts(admin.ModelAdmin):
    """A ModelAdmin at which the second of two people who save is told, and loses nothing."""

    def hold(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """These rows, locked until the transaction ends. Foreign keys to them may still be written."""
        return rows.select_for_update(of=("self",), no_key=True)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (GuardedForm, form), {"__module__": form.__module__})

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        formset = super().get_changelist_formset(request, **kwargs)
        formset.form = type(formset.form.__name__, (GuardedLine, formset.form), {})
        return formset

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        if request.method == "POST" and object_id:
            with suppress(ValidationError, ValueError):  # a key of a shape that no row's has
                list(self.hold(self.model._default_manager.filter(pk=unquote(object_id))).values_list("pk"))
        view: Any = super()
        response: HttpResponse = view._changeform_view(request, object_id, form_url, extra_context)
        return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The rows of a list that is saved stay locked from when they are read until they are written."""
        with transaction.atomic() if "_save" in request.POST else nullcontext():
            return super().changelist_view(request, extra_context)

    def _get_list_editable_queryset(self, request: HttpRequest, prefix: str) -> QuerySet[Any]:
        admin: Any = super()
        return self.hold(admin._get_list_editable_queryset(request, prefix))

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Whoever saves what has been deleted meanwhile is told, and keeps their words."""
        sent = SentForm.of(request) if request.method == "POST" else None
        if sent is None or not sent.texts():
            admin: Any = super()
            elsewhere: HttpResponse = admin._get_obj_does_not_exist_redirect(request, opts, object_id)
            return elsewhere
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted meanwhile"),
            "opts": opts,
            "sent": sent,
            "who": _last_line(self.model, unquote(object_id)),
            "add_url": self._add_url() if self.has_add_permission(request) else "",
        }
        return TemplateResponse(request, "admin/deleted_meanwhile.html", context, status=410)

    def _add_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")


def _digest(value: Any) -> str:
    text = json.dumps(_plain(value), default=str, sort_keys=True)
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def _plain(value: Any) -> Any:
    """A value as it is stored: rows by their keys, whatever their order."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple) and all(isinstance(one, models.Model) for one in value):
        return sorted(one.pk for one in value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _who_saved(row: models.Model, after: int) -> str:
    line = _last_line(type(row), row.pk, after)
    if line is None:
        return _("This was changed while you were writing, by an import or by another change.")
    said = {"who": line.user, "time": timezone.localtime(line.action_time).strftime("%H:%M")}
    return _("%(who)s saved this at %(time)s, while you were writing.") % said


def _last_line(model: Any, key: Any, after: int = 0) -> LogEntry | None:
    """The last line of the desk's log about this row."""
    kind = ContentType.objects.get_for_model(model)
    lines = LogEntry.objects.filter(content_type=kind, object_id=str(key), pk__gt=after)
    return lines.select_related("user").order_by("-pk").first()


def _in_words(field: forms.Field, value: Any) -> str:
    """A stored or posted value as a person would write it down."""
    if isinstance(field, forms.ModelChoiceField):
        keys = [_plain(one) for one in value] if isinstance(value, list | tuple) else [_plain(value)]
        return ", ".join(_names(field, [key for key in keys if key]))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    value = field.prepare_value(value)
    return "" if value is None else str(dict(getattr(field, "choices", ())).get(value, value))


def _names(field: forms.ModelChoiceField, keys: list[Any]) -> list[str]:
    try:
        rows = list(field.queryset.model._default_manager.filter(pk__in=keys)) if field.queryset else []
    except (ValueError, TypeError):
        return []
    return [str(row) for row in rows]
