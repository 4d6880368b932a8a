"""What is not public has never existed: not on any page, in any feed, map or search, for anybody, under any header."""

import re

import pytest
from django.utils import timezone

from articles.models import Note
from tests import make, public_urls

pytestmark = pytest.mark.django_db

WORD = re.compile("zanzibarium", re.IGNORECASE)
EMBARGOED = ["embargoed", "embargoed, approved", "embargoed, scheduled", "embargoed, withdrawn"]
HIDDEN = ["draft", "in_review", "approved", "scheduled", "withdrawn", *EMBARGOED]
SAYS_NOTHING_OF_IT = set(
    "comment_reply comment_received favicon feeds health preview rendition robots sitemap".split()
)
TELLS_OF_CORRECTIONS = {"corrections", "corrections_feed", "corrections_feed_atom", "changes"}
SAYS_WHAT_WAS_CORRECTED = set("changes corrections corrections_feed corrections_feed_atom".split())


def canary(state):
    """An article that says the word in every field, and is alone under its tag, its name and its picture.

    “embargoed, scheduled” is to appear the moment its embargo ends.
    """
    is_embargoed, state = (
        state.startswith("embargoed"),
        state.removeprefix("embargoed").strip(", ") or "draft",
    )
    words = "Migratory Zanzibarium"
    fields = "headline short_headline standfirst kicker dateline body picture_caption picture_alt seo_title"
    soon = timezone.now() + make.hours(1)
    article = make.article(
        state,
        at=soon if state == "scheduled" else None,
        slug="zanzibarium",
        tags=["Zanzibarium"],
        bylines=[(make.contributor("Zanzibarium"), "by")],
        picture=make.image(alt=words, caption=words, credit=words),
        **dict.fromkeys(fields.split(), words),
    )
    if is_embargoed:
        article.embargo(by=None, expected=1, until=soon)
    if state in {"published", "withdrawn"} and not is_embargoed:
        correct(article)
    return article


def correct(article):
    """A note to readers that says the word, with a changed text if the article is live."""
    note = Note("correction", "Migratory Zanzibarium")
    if article.is_withdrawn:
        article.correct(by=None, expected=1, note=note)
        return
    changed = article.revise(by=None, standfirst="Migratory Zanzibarium again")
    article.publish(by=None, expected=changed, note=note)


def places(article):
    """Each public address, with the name of its pattern."""
    found = public_urls.of(article, "zanzibarium", "migratory", '"migratory" -bird').items()
    return [(name, place) for name, every in found for place in every]


def text(response):
    return b"".join(response).decode()


def tells(response, article):
    """Does it say anything of the article? That a withdrawn one stood at its address is no secret: it answers 410."""
    said = text(response)
    return WORD.search(said.replace(article.get_absolute_url(), "") if article.is_withdrawn else said)


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("reader", ["anybody", "editor"])
def test_a_story_readers_may_not_see_is_nowhere_not_even_for_the_desk(client, state, reader):
    make.article(section="world/americas")
    if reader == "editor":
        client.force_login(make.user("editor"))

    article = canary(state)

    for name, place in places(article):
        response = client.get(place)
        assert response.status_code in {200, 404, 410} or name == "favicon", (name, place)
        assert not tells(response, article), (name, place)


@pytest.mark.parametrize("state", HIDDEN)
def test_the_files_of_its_picture_are_named_nowhere_and_nobody_can_guess_them(client, state):
    article = canary(state)
    folders = {rendition.file.name.split("/")[-2] for rendition in article.picture.renditions.all()}

    assert all(len(folder) >= 16 for folder in folders)  # 96 random bits
    for name, place in places(article):
        assert not [folder for folder in folders if folder in text(client.get(place))], (name, place)


def test_at_the_end_of_its_embargo_it_is_everywhere_at_once_though_pages_were_stored_before(
    client, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    article = canary("embargoed, scheduled")
    for _name, place in places(article):
        client.get(place)

    time_machine.move_to(article.embargo_until, tick=False)

    shown = {name for name, place in places(article) if WORD.search(text(client.get(place)))}
    assert shown == set(public_urls.public_names()) - SAYS_NOTHING_OF_IT - TELLS_OF_CORRECTIONS


def test_once_published_it_is_everywhere_it_belongs(client):
    article = canary("approved")
    article.publish(by=None, expected=article.latest_revision)
    correct(article)

    shown = {name for name, place in places(article) if WORD.search(text(client.get(place)))}

    assert shown == set(public_urls.public_names()) - SAYS_NOTHING_OF_IT


def test_what_an_editor_wrote_since_is_nowhere(client):
    article = make.article(slug="steel", tags=["Steel"], bylines=[(make.contributor("Steel"), "by")])
    words = "Migratory Zanzibarium"
    article.revise(
        by=None, headline=words, body=words, standfirst=words, slug="zanzibarium", tags=["Zanzibarium"]
    )
    article.publish(by=None, expected=article.latest_revision, at=timezone.now() + make.hours(1))

    as_it_stands = [place for every in public_urls.of(article, "steel", "ports").values() for place in every]

    for place in [*as_it_stands, *(place for _name, place in places(article))]:
        assert not WORD.search(text(client.get(place))), place


def test_withdrawing_takes_it_away_everywhere_at_once(client):
    article = canary("published")
    before = {place: client.get(place).get("ETag", "") for _name, place in places(article)}

    article.withdraw(by=None, expected=article.latest_revision, reason="It rested on a forged document.")

    for name, place in places(article):
        response = client.get(place, headers={"if-none-match": before[place]})
        assert response.status_code != 304 or name in SAYS_NOTHING_OF_IT, (name, place)
        assert not tells(response, article), (name, place)


def test_no_public_page_sets_a_cookie_or_depends_on_one(client):
    for name, place in places(canary("published")):
        response = client.get(place)
        if name not in public_urls.FORMS:
            assert not response.cookies, place
            assert "cookie" not in response.get("Vary", "").lower(), place


def test_a_public_page_is_the_same_whoever_reads_it(client, editor):
    kept = [place for name, place in places(canary("published")) if name not in public_urls.FORMS]
    anonymous = {place: text(client.get(place)) for place in kept}
    client.force_login(editor)

    for place in kept:
        response = client.get(place)
        assert text(response) == anonymous[place], place
        assert not response.cookies, place


def test_a_public_page_is_the_same_whatever_a_request_claims(client):
    kept = [place for name, place in places(canary("published")) if name not in public_urls.FORMS]
    claims = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/evil",
        "accept-language": "fr",
        "accept": "application/json",
        "user-agent": "evil",
        "referer": "https://evil.example/",
    }

    for place in kept:
        assert text(client.get(place, headers=claims)) == text(client.get(place)), place
