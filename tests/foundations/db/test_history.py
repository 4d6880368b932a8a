"""Rows that are written once."""

import pytest
from django.apps import apps
from django.db import models

from articles.models import ArticleEvent, Revision
from newsroom.foundations.db.append_only import AppendOnly, AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db

HISTORIES = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def test_what_the_desk_did_and_wrote_is_history():
    assert {ArticleEvent, Revision} <= set(HISTORIES)


@pytest.mark.parametrize("model", HISTORIES)
def test_no_queryset_rewrites_history(model):
    for rewriting in (
        lambda: model.objects.update(pk=1),
        lambda: model.objects.all().delete(),
        lambda: model.objects.bulk_update([], ["pk"]),
        lambda: model.objects.filter(pk=1).update(pk=2),
    ):
        with pytest.raises(AppendOnlyError):
            rewriting()


@pytest.mark.parametrize("of", ["events", "revisions"])
def test_no_row_of_history_is_saved_twice_or_deleted(of):
    row = getattr(make.article(), of).first()

    for rewriting in (row.save, row.delete, lambda: row.save(update_fields=["article"])):
        with pytest.raises(AppendOnlyError):
            rewriting()


@pytest.mark.parametrize("model", HISTORIES)
def test_history_outlives_whatever_it_speaks_of(model):
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]

    assert keys
    for key in keys:
        assert key.remote_field.on_delete in {models.PROTECT, models.SET_NULL, models.RESTRICT}, key


def test_an_article_with_a_history_is_not_deleted():
    article = make.article()

    with pytest.raises(models.ProtectedError):
        article.delete()
