"""Who is answered what: every URL of the site × role × state of the article, beside `permission_matrix.txt`.

The table has a line for each URL, method and answer of each role. A URL that is not in it fails: whoever adds one says
there who may ask for it.
"""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.models import Tag
from comments.models import Lead
from tests import make
from tests.client import NewsroomClient

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permission_matrix.txt")
ROLES = "nobody contributor owner editor moderator administrator".split()
STATES = "draft in_review approved scheduled published withdrawn".split()
ANY = "-"  # the state, where the URL is not one of an article's
NOT_ASKED = {"admin:logout"}  # it would log everybody out


def patterns(resolver, namespace=""):
    """The name and the parameters of every URL."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inside)
        elif isinstance(pattern, URLPattern) and pattern.name and namespace + pattern.name not in NOT_ASKED:
            known = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
            yield namespace + pattern.name, known


@pytest.fixture
def newsroom():
    """An article of the owner's in each state, and one of everything else that has a URL."""
    owner, ana = make.user("contributor"), make.contributor("Ana Beltrán", slug="ana")
    soon = timezone.now() + make.hours(1)
    articles = {
        state: make.article(
            state,
            by=owner,
            at=soon if state == "scheduled" else None,
            tags=["trade"],
            bylines=[(ana, "by")],
        )
        for state in STATES
    }
    comment = make.comment(article=articles["published"])
    rows = {
        "articles_section": articles["draft"].section_id,
        "articles_tag": Tag.objects.get().pk,
        "articles_contributor": ana.pk,
        "articles_image": make.image().pk,
        "articles_standingpage": make.page(title="About", slug="about", body="We print.").pk,
        "comments_comment": comment.pk,
        "comments_reader": comment.reader_id,
        "comments_lead": Lead.objects.receive(articles["published"], key="form:1", text="It was May.").pk,
        "newsroom_user": owner.pk,
        "auth_user": owner.pk,
    }
    people = {role: make.user(role) for role in ROLES if role not in {"nobody", "owner"}} | {"owner": owner}
    return articles, rows, {role: client(people.get(role)) for role in ROLES}, comment


def client(person):
    asking = NewsroomClient()
    if person:
        asking.force_login(person)
    return asking


def filled(name, parameters, article, rows, comment):
    """The URL's parameters, so that it leads to this article, or to the one row there is of another kind."""
    day = article.published_on or timezone.localdate()
    row = next((pk for kind, pk in rows.items() if name.removeprefix("admin:").startswith(kind)), 1)
    known = {
        "pk": article.pk if "article_" in name else row,
        "object_id": article.pk if "articles_article_" in name else row,
        "id": row,
        "article_id": article.pk,
        "comment_id": comment.pk,
        "number": 1,
        "verb": "publish" if "standingpage" in name else "approve",
        "slug": {"tag": "trade", "contributor": "ana"}.get(name.split("_")[0], article.slug),
        "path": article.section.path,
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "app_label": "articles",
        "name": "pictures/unknown/640.jpeg",
        "token": "unknown",
        "link": 1,
    }
    return {parameter: known[parameter] for parameter in parameters}


def answered(asking, method, url):
    response = getattr(asking, method)(url)
    if response.status_code == 302 and "/admin/login/" in response["Location"]:
        return "login"
    if response.status_code == 403 and 'id="login-form"' in response.text:  # the log-in carries what was sent
        return "login"
    return str(response.status_code)


def is_of_an_article(name, parameters):
    return bool({"article_id"} & set(parameters)) or name == "article" or "articles_article_" in name


def lines(newsroom):
    """The table as it is: equal lines of several states are one."""
    articles, rows, clients, comment = newsroom
    for name, parameters in patterns(get_resolver()):
        states = STATES if is_of_an_article(name, parameters) and parameters else ["published"]
        for method in ("get", "post"):
            found = {}
            for state in states:
                url = reverse(name, kwargs=filled(name, parameters, articles[state], rows, comment))
                answers = " ".join(f"{answered(clients[role], method, url):>5}" for role in ROLES)
                found.setdefault(answers, []).append(state)
            for answers, those in found.items():
                shown = ANY if len(states) == 1 else "all" if those == STATES else ",".join(those)
                yield f"{name:44} {method:4} {answers}  {shown}"


def test_everybody_is_answered_as_the_table_says(newsroom):
    table = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]

    assert list(lines(newsroom)) == table
