"""Chapter: the page an article is written on. Saving is a verb, and no refusal loses a word."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.articles.conflict import Comparison, undecided_in_words
from articles.admin.articles.form import ArticleForm
from articles.admin.articles.history import number_in
from articles.admin.articles.lines import LIVE, lines, start_of
from articles.admin.articles.moving import Choice, choices
from articles.admin.articles.presence import in_sentences
from articles.admin.pickers import WithPickers
from articles.models import Article, Conflict, Presence, Revision, VerbRefused
from articles.models.revisions import FIRST
from newsroom.foundations.db import contention

DETAILS = (
    "slug short_headline seo_title seo_description canonical_url comment_policy comments_close_after".split()
)
LATEST = 5  # versions and events shown beside the form


class Writing(WithPickers):
    """Chapter: the article's form."""

    form = ArticleForm
    autocomplete_fields = ["picture"]
    formfield_overrides = {models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"}}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        article = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if article is None and not self.has_add_permission(request):
            raise PermissionDenied
        form = self.sheet(request, article)
        if request.method == "POST" and form.is_valid() and (saved := self._save(request, article, form)):
            return self._afterwards(request, form, saved)
        if request.method == "GET" and form.is_bound:
            self._meet(article, form)
        return self._sheet_shown(request, article, form)

    def _meet(self, article: Article | None, form: ArticleForm) -> None:
        """Unsaved words that were restored over a newer version are compared with it at once."""
        if (
            article
            and form.data.get("start") != LIVE
            and form.is_valid()
            and (latest := article.latest_revision) != form.opened
        ):
            form.conflict = Conflict(latest)

    def sheet(self, request: HttpRequest, article: Article | None, data: Any = None) -> ArticleForm:
        """The article's form: as it was last written, as it has just been posted, or with unsaved words in it."""
        form = self.get_form(request)
        data = data or (request.POST if request.method == "POST" else self.restored(request, article))
        if article is None:
            blank = Article.unwritten(by=request.user)
            return form(data, instance=blank, initial={"section": request.GET.get("section")})
        start = start_of(request, data, article) or article.latest_revision
        return form(data, instance=article.as_written(start), opened=self._opened(data or {}, start))

    def _opened(self, data: Any, latest: Revision) -> Revision:
        """The version this form was opened on: the one it names; the latest for a fresh one."""
        named = number_in(data.get("based_on"))
        return Revision.objects.filter(article=latest.article_id, number=named).first() or latest

    def _save(self, request: HttpRequest, article: Article | None, form: ArticleForm) -> Revision | None:
        """The revision that now holds what was written; or None, with the reason on the form."""
        try:
            return contention.repeated(lambda: self._written_and_closed(request, article, form))
        except Conflict as conflict:
            form.conflict = conflict
        except VerbRefused as refusal:
            form.add_error(None, str(refusal))
        except OperationalError as problem:
            form.add_error(None, contention.explanation(problem))
        return None

    def _written_and_closed(
        self, request: HttpRequest, article: Article | None, form: ArticleForm
    ) -> Revision:
        with transaction.atomic():
            saved = self._written(request, article, form)
            self.close_unsaved(request, article)
        return saved

    def _written(self, request: HttpRequest, article: Article | None, form: ArticleForm) -> Revision:
        if article is None:
            return Article.start(by=request.user, **form.content()).revisions.get(number=FIRST)
        content = self._merged(article, form) or form.content()
        if form.data.get("start") == LIVE:
            return article.revise_live(by=request.user, live=form.expects() or 0, **content)
        return article.revise(by=request.user, based_on=form.expects() or 0, **content)

    def _merged(self, article: Article, form: ArticleForm) -> dict[str, Any] | None:
        """What both have written, if the editor has compared the two; Conflict again while something is undecided."""
        compared = article.revisions.filter(number=form.cleaned_data.get("save_over") or 0).first()
        if compared is None or compared == form.opened:
            return None
        comparison = Comparison(form.opened, compared, form)
        if comparison.undecided:
            form.add_error(None, undecided_in_words(comparison))
            raise Conflict(article.latest_revision)
        try:
            return comparison.content()
        except ValidationError as problem:
            form.add_error(None, problem)
            raise Conflict(article.latest_revision) from None

    def _afterwards(self, request: HttpRequest, form: ArticleForm, saved: Revision) -> HttpResponse:
        """Say what was saved; then do the verb whose button was pressed. If that is refused, what was saved stands."""
        if saved.number == form.expects():
            messages.info(request, _("Nothing had changed: version %d is still the latest.") % saved.number)
        else:
            messages.success(request, _("Saved as version %d.") % saved.number)
        for warning in form.warnings:
            messages.warning(request, warning)
        article: Article = saved.article
        self._say_what_became_of_the_approval(request, form.instance, article, saved)
        verb = request.POST.get("then", "")
        if verb == "publish":
            page = reverse("admin:articles_article_move", args=[article.pk, verb])
            return redirect(f"{page}?expected={saved.number}")
        if verb == "submit":
            return self.move(request, article, Choice.of(verb, article, saved.number))
        return redirect("admin:articles_article_change", saved.article_id)

    def _say_what_became_of_the_approval(
        self, request: HttpRequest, before: Article, article: Article, saved: Revision
    ) -> None:
        if article.approved and article.approved != saved:
            messages.warning(
                request,
                _("It stays approved, and the desk reads that %s is the one approved.") % article.approved,
            )
        elif before.approved and article.can("approve"):
            messages.warning(request, _("It is back in review, because it was changed after its approval."))

    def _sheet_shown(self, request: HttpRequest, article: Article | None, form: ArticleForm) -> HttpResponse:
        may_change = article is None or permissions.may(request.user, "change", article)
        if not may_change and not form.is_bound:
            form.lock()
        context = {
            **self.admin_site.each_context(request),
            "title": str(form.instance) if article else _("New article"),
            "opts": self.opts,
            "original": article,
            "article": article,
            "form": form,
            "media": self.media + form.media,
            "may_change": may_change,
            "detail_errors": any(name in form.errors for name in DETAILS),
            "then": self._then(request, article),
            "preview_url": self._preview_url(article),
            **self.autosaved(request, article, form),
            **(self._surroundings(request, article, form) if article else {}),
            **(self._in_conflict(form) if hasattr(form, "conflict") else {}),
        }
        return TemplateResponse(request, "admin/articles/article/change_form.html", context)

    def _surroundings(self, request: HttpRequest, article: Article, form: ArticleForm) -> dict[str, Any]:
        """What stands around an article that exists: where it is, where it can go, how it came here."""
        events = list(self.events(article)[:LATEST])
        saved = self.saved(article, count=LATEST)
        latest = saved[0].revision
        shown, between = form.opened or latest, lines(request, article)
        return {
            "choices": [] if between["start"] else list(choices(request.user, article, shown.number)),
            **between,
            "present": [*in_sentences(Presence.objects.others(request.user, article))],
            "saved": saved,
            "events": events,
            "sent_back": article.sent_back(),
            "changed_since": latest if article.approved and article.approved != latest else None,
            **self.open_links(request, article),
        }

    def _in_conflict(self, form: ArticleForm) -> dict[str, Any]:
        """Whose version is in the way, what merges by itself, and what this editor has to decide."""
        return {
            "conflict": form.conflict,
            "comparison": Comparison(form.opened, form.conflict.revision, form),
        }

    def _then(self, request: HttpRequest, article: Article | None) -> dict[str, str] | None:
        """The second button: the verb that most often follows a save, for who may do it from here."""
        labels = {"publish": _("Save and publish"), "submit": _("Save and submit")}
        if article and article.is_live:
            labels["publish"] = _("Save and publish the changes")
        for verb, words in labels.items():
            if article is None:
                possible = request.user.has_perm(Article().needs(verb))
            else:
                leads_on = article.can(verb) or (verb == "publish" and article.is_live)  # once it is changed
                possible = leads_on and permissions.may(request.user, verb, article)
            if possible:
                return {"verb": verb, "label": words}
        return None

    def _preview_url(self, article: Article | None) -> str:
        if article is None:
            return reverse("admin:articles_article_add_preview")
        return reverse("admin:articles_article_preview", args=[article.pk])
