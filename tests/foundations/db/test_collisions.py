"""Two people who change the same at the same moment: it is done all the same, or it is said that nothing was saved.
Every deadlock here is a true one."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles.models import Article, Contributor, Section, StandingPage, Tag, VerbRefused
from comments.form_tokens import FormToken
from comments.models import Comment, Reader
from comments.models.threads import Thread as Conversation
from tests import make
from tests.sheet import fields_of

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def lock(row):
    type(row).objects.select_for_update().get(pk=row.pk)


class Rival(Thread):
    """Somebody who holds `first`, and wants `second` as soon as another waits for `first`. The other, who
    looks for a circle sooner, is the one whom PostgreSQL stops. So often."""

    def __init__(self, first, second, times):
        super().__init__()
        self.first, self.second, self.times, self.holds = first, second, times, Event()
        self.collided = 0

    def __enter__(self):
        self.start()
        assert self.holds.wait(10)
        return self

    def __exit__(self, *_problem):
        self.join(20)
        assert self.collided == self.times

    def run(self):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET deadlock_timeout = '60s'")
            for _time in range(self.times):
                with transaction.atomic():
                    lock(self.first)
                    self.holds.set()
                    if not self._awaited():
                        return
                    lock(self.second)
                self.collided += 1
        finally:
            connection.close()

    def _awaited(self):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.01)
        return False


class Scene:
    """A colleague's request that needs two rows, one after the other; what it should bring, and how to see it."""

    def __init__(self):
        self.client, self.colleague = Client(), make.user("administrator")
        self.client.force_login(self.colleague)
        self.person = make.contributor("Ana")

    def signed(self, state):
        return make.article(state, bylines=[(self.person, "by")])


class Form(Scene):
    """A form of Django's admin, in one transaction."""

    def __init__(self):
        super().__init__()
        self.articles = [self.signed("published"), self.signed("published")]
        self.rows = self.articles[::-1]

    def send(self):
        fields = {"name": "Ana Beltrán", "slug": self.person.slug, "links": ""}
        return self.client.post(f"/admin/articles/contributor/{self.person.pk}/change/", fields)

    def is_done(self):
        return Contributor.objects.get().name == "Ana Beltrán"


class Story(Scene):
    state = "draft"

    def __init__(self):
        super().__init__()
        self.article = self.signed(self.state)
        self.rows = self.person, self.article
        self.address = f"/admin/articles/article/{self.article.pk}"


class Writing(Story):
    def send(self):
        form = self.client.get(f"{self.address}/change/").context["form"]
        fields = {name: form[name].value() or "" for name in form.fields if name != "save_over"}
        rows = {f"bylines-{name}": 1 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        rows |= {"bylines-0-contributor": self.person.pk, "bylines-0-role": "by"}
        return self.client.post(f"{self.address}/change/", fields | rows | {"headline": "Port shut"})

    def is_done(self):
        return self.article.latest_revision.content["headline"] == "Port shut"


class Moving(Story):
    def send(self):
        return self.client.post(f"{self.address}/move/publish/", {"when": "now", "expected": 1})

    def is_done(self):
        return Article.objects.get().is_live


class Bulk(Moving):
    def send(self):
        chosen = {"_selected_action": [self.article.pk], f"shown-{self.article.pk}": 1}
        return self.client.post("/admin/articles/article/", {"action": "publish", "confirmed": 1, **chosen})


class Queue(Scene):
    def __init__(self):
        super().__init__()
        self.comment = make.comment(state="pending")
        self.rows = self.comment, self.comment.reader

    def send(self):
        return self.client.post("/admin/comments/comment/move/approve/", {"comment": self.comment.pk})

    def is_done(self):
        return Comment.objects.get(pk=self.comment.pk).is_approved


class Speaking(Scene):
    """A reader, who is nobody's colleague."""

    def __init__(self):
        super().__init__()
        self.client = Client()
        earlier = make.comment()
        self.thread = earlier.thread
        self.reader = earlier.reader
        self.rows = self.reader, self.thread

    def send(self):
        form_token = FormToken(self.thread.pk, 0, "a key", time.time() - 60).sealed()
        fields = {"text": "They knew.", "name": "R", "email": self.reader.email, "form_token": form_token}
        origin = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
        return self.client.post(f"/comments/{self.thread.pk}/new/", fields, **origin)

    def is_done(self):
        return Comment.objects.filter(text="They knew.").exists()


def said_in(response):
    """All a person hears: on the page itself, and on the one they are sent to."""
    return " ".join([response.text, *map(str, get_messages(response.wsgi_request))])


@pytest.mark.postgres_only
@pytest.mark.parametrize("scene", [Form, Writing, Moving, Bulk, Queue, Speaking])
def test_who_was_stopped_by_a_deadlock_is_served_all_the_same(scene):
    scene = scene()

    with Rival(*scene.rows, times=1):
        response = scene.send()

    assert response.status_code in {302, 303}
    assert scene.is_done()


@pytest.mark.postgres_only
@pytest.mark.parametrize("scene", [Form, Writing, Moving, Bulk, Queue, Speaking])
def test_who_was_stopped_twice_is_told_that_nothing_was_saved(scene):
    scene = scene()

    with Rival(*scene.rows, times=2):
        response = scene.send()

    assert response.status_code in {200, 302, 303, 503}
    assert response.status_code != 503 or response.headers["Retry-After"] == "5"
    assert "othing has been saved" in said_in(response) or "nothing was saved" in said_in(response)
    assert not scene.is_done()


@pytest.mark.postgres_only
def test_what_was_typed_into_a_form_can_be_sent_again_as_it_was():
    scene = Form()
    with Rival(*scene.rows, times=2):
        page = BeautifulSoup(scene.send().content, "html.parser")

    again = page.find("form", method="post")
    fields = {field["name"]: field["value"] for field in again.find_all("input")}
    scene.client.post(again["action"], fields)

    assert scene.is_done()


@pytest.mark.postgres_only
def test_words_of_a_reader_stay_in_the_form():
    scene = Speaking()
    with Rival(*scene.rows, times=2):
        response = scene.send()

    assert response.status_code == 503
    assert BeautifulSoup(response.content, "html.parser").find("textarea").text.strip() == "They knew."


@pytest.mark.sqlite_only
@pytest.mark.parametrize("scene", [Form, Writing, Moving, Bulk, Queue, Speaking])
def test_while_the_database_is_locked_people_are_told_that_nothing_was_saved(scene):
    scene = scene()
    rival = sqlite3.connect(connection.settings_dict["NAME"], uri=True, isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    rival.execute("UPDATE newsroom_masthead SET name = name")
    try:
        response = scene.send() if scene is not None else None
    finally:
        rival.execute("ROLLBACK")
        rival.close()

    assert response.status_code in {200, 302, 303, 503}
    assert "othing has been saved" in said_in(response) or "nothing was saved" in said_in(response)
    assert not scene.is_done()


# The tree of sections, and who is at the top of the site


def all_at_once(*acts):
    """What came of each, done at the same moment by people with connections of their own."""
    ready = Barrier(len(acts))

    def alone(act):
        try:
            ready.wait(10)
            return act()
        except (ValidationError, DatabaseError, VerbRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(alone, acts))


@pytest.mark.postgres_only
@pytest.mark.parametrize("round", range(3))
def test_two_sections_moved_into_one_another_make_no_circle(round):
    world, business = make.section("world"), make.section("business")
    for name in ("asia", "europe", "africa"):
        make.section(f"world/{name}")
        make.section(f"business/{name}")

    def moved(section, into):
        section.parent = into
        section.save()

    outcomes = all_at_once(lambda: moved(world, business), lambda: moved(business, world))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "ValidationError"]
    for section in Section.objects.select_related("parent"):
        assert section.path == (f"{section.parent.path}/" if section.parent else "") + section.slug


@pytest.mark.postgres_only
def test_a_section_made_below_one_that_moves_is_where_the_tree_says():
    world, business = make.section("world"), make.section("business")
    below = Section.objects.get(pk=world.pk)

    def move():
        world.parent = business
        world.save()

    all_at_once(move, lambda: Section.objects.create(parent=below, name="Asia", slug="asia"))

    assert Section.objects.get(slug="asia").path == "business/world/asia"


def saved(kind, slug, name):
    if kind is StandingPage:
        return make.page(title=name, slug=slug, body="Words.")
    return Section.objects.create(name=name, slug=slug)


@pytest.mark.postgres_only
@pytest.mark.parametrize("kinds", [(StandingPage, Section), (Section, Section), (StandingPage, StandingPage)])
def test_of_two_who_take_one_place_at_the_same_moment_one_gets_it(kinds):
    all_at_once(*(lambda kind=kind: saved(kind, "climate", "Climate") for kind in kinds))

    assert StandingPage.objects.count() + Section.objects.count() == 1


@pytest.mark.postgres_only
def test_whoever_was_overtaken_is_told_by_the_form():
    editor = make.user("administrator")

    def send(address, **fields):
        client = Client()
        client.force_login(editor)
        return client.post(address, {"slug": "climate", "order": 1, **fields})

    answers = all_at_once(
        lambda: send("/admin/articles/standingpage/add/", title="Climate", body="Words."),
        lambda: send("/admin/articles/standingpage/add/", title="Our climate", body="Words."),
        lambda: send("/admin/articles/section/add/", name="Climate", parent="", description=""),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 200, 302]
    assert all(
        "slug" in answer.context["adminform"].form.errors for answer in answers if answer.status_code == 200
    )


@pytest.mark.postgres_only
@pytest.mark.parametrize("round", range(3))
def test_of_two_who_save_one_form_at_the_same_moment_one_is_told(round):
    section, person = make.section("world"), make.user("administrator")
    path = f"/admin/articles/section/{section.pk}/change/"
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(person)
    forms = [fields_of(browser.get(path).text, "section_form") for browser in browsers]

    answers = all_at_once(
        lambda: browsers[0].post(path, {**forms[0], "description": "Mine."}),
        lambda: browsers[1].post(path, {**forms[1], "description": "Theirs."}),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]


@pytest.mark.parametrize("first", [StandingPage, Section])
@pytest.mark.parametrize("second", [StandingPage, Section])
def test_one_place_is_never_given_twice_whoever_asks(first, second):
    saved(first, "climate", "Climate")

    with pytest.raises((ValidationError, DatabaseError)):
        saved(second, "climate", "Climate")
    assert StandingPage.objects.count() + Section.objects.count() == 1


@pytest.mark.parametrize("slug", ["admin", "topics", "feed", "2026"])
@pytest.mark.parametrize("kind", [StandingPage, Section])
def test_a_word_the_site_itself_uses_is_given_to_nobody(kind, slug):
    with pytest.raises(ValidationError):
        saved(kind, slug, "News")


def test_a_place_is_free_again_when_its_holder_moves_or_goes():
    section = saved(Section, "climate", "Climate")
    section.parent = make.section("world")
    section.save()
    page = saved(StandingPage, "climate", "Climate")
    page.slug = "our-climate"
    page.save()
    third = saved(Section, "climate", "Climate")
    third.delete()

    assert saved(StandingPage, "climate", "Climate").pk


# Names that are free


@pytest.mark.postgres_only
def test_people_of_one_name_added_at_the_same_moment_have_each_their_own_page():
    all_at_once(*[lambda: make.contributor("Ana Beltrán")] * 5)

    slugs = sorted(Contributor.objects.values_list("slug", flat=True))
    assert slugs == ["ana-beltrán", *(f"ana-beltrán-{number}" for number in range(2, 6))]


@pytest.mark.postgres_only
def test_stories_saved_at_the_same_moment_have_all_their_tags():
    names = ["C++", "C#", "C!", "Steel", "Trade"]
    make.section()

    all_at_once(
        *(lambda turn=turn: make.article("draft", tags=names[turn:] + names[:turn]) for turn in range(5))
    )

    assert [article.tags.count() for article in Article.objects.all()] == [5] * 5
    assert Tag.objects.count() == 5


@pytest.mark.postgres_only
def test_of_two_stories_with_one_slug_published_at_the_same_moment_one_is_refused_in_words():
    drafts = [make.article("draft", slug="port-opens") for _each in range(2)]

    outcomes = all_at_once(*(lambda draft=draft: draft.publish(by=None, expected=1) for draft in drafts))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "UrlTaken"]


@pytest.mark.postgres_only
def test_a_tag_and_a_contributor_renamed_at_the_same_moment_do_not_stop_each_other():
    ana = make.contributor("Ana")
    for _each in range(8):
        make.article(tags=["Trade"], bylines=[(ana, "by")])
    trade = Tag.objects.get()
    trade.name, ana.name = "World trade", "Ana Beltrán"

    assert all_at_once(trade.save, ana.save) == [None, None]


@pytest.mark.postgres_only
def test_readers_who_speak_at_the_same_moment_for_the_first_time_are_one_reader():
    articles = [make.article() for _each in range(5)]

    def speak(article):
        Conversation.for_article(article).receive(
            text="Hello.", name="R", email="r@mail.example", key=f"{article.pk}"
        )

    assert all_at_once(*(lambda article=article: speak(article) for article in articles)) == [None] * 5
    assert Reader.objects.count() == 1
