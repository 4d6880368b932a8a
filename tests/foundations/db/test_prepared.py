"""A question asked on every page is put into SQL once, with blanks for what changes."""

import pytest
from django.db import connection
from django.db.models import Value
from django.utils import timezone

from articles.models import Article, Section
from newsroom.foundations.db.prepared import PreparedQuery, any_of, param
from tests import make

pytestmark = pytest.mark.django_db


def test_it_is_worded_once_and_asked_with_other_values():
    worded = []
    made = [make.section("world"), make.section("culture")]

    def wording():
        worded.append(True)
        return Section.objects.filter(path=param("path")).values_list("pk", "name")

    question = PreparedQuery(wording)

    assert [question.rows(path=section.path) for section in made] == [[(s.pk, s.name)] for s in made]
    assert len(worded) == 1


def test_each_value_is_as_its_field_gives_it():
    article = make.article(tags=["Trade"])
    live = Article.objects.filter(state="published", publish_at__lte=param("now"), published_on=param("day"))

    rows = PreparedQuery(
        lambda: live.values_list("publish_at", "published_on", "announced", "stored_facts")
    ).rows(now=timezone.now(), day=article.published_on)

    assert rows == [(article.publish_at, article.published_on, True, [[], None, [[*article.facts.tags[0]]]])]


def test_a_blank_may_stand_for_any_number_of_keys():
    made = [make.section(path).pk for path in ("world", "culture", "sport")]
    question = PreparedQuery(
        lambda: Section.objects.filter(pk__in=any_of("keys")).order_by("pk").values_list("pk")
    )

    assert question.rows(keys=made[:2]) == [(pk,) for pk in made[:2]]
    assert question.rows(keys=[]) == []


def test_a_constant_with_a_quotation_mark_stays_a_constant():
    section = make.section("world", name="World's end")
    question = PreparedQuery(
        lambda: Section.objects.filter(name="World's end", path=param("path")).values_list("pk")
    )

    assert question.rows(path="world") == [(section.pk,)]


@pytest.mark.parametrize("constant", [1.5, True, b"bytes"])
def test_what_cannot_be_written_out_safely_must_be_left_blank(constant):
    with pytest.raises(TypeError):
        PreparedQuery(lambda: Section.objects.annotate(x=Value(constant)).values_list("x")).rows()


@pytest.mark.postgres_only
def test_asked_again_it_is_not_planned_again():
    """Left to itself PostgreSQL plans what is asked with other values five times or always."""
    cut = PreparedQuery(
        lambda: Article.objects.filter(publish_at__lte=param("now")).newest_first().values_list("pk")[:9]
    )

    for _ in range(10):
        cut.rows(now=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%publish_at%$1%LIMIT 9'"
        )
        assert cursor.fetchall() == [(0, 8)]  # the first two were not prepared yet
