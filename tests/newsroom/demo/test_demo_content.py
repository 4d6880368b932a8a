"""The demo newsroom holds together: whatever one file names, another one has."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from newsroom import demo
from newsroom.demo import reading, shapes
from newsroom.demo.pictures import SCENES

ARTICLES = demo.articles()
LIVE = [article for article in ARTICLES if article.state == "published"]
VOICES = [
    (slug, voice) for slug, thread in demo.threads().items() for top in thread for voice in top.conversation()
]


def words(text):
    return len(text.split())


def test_the_lead_is_the_newest_published_story():
    lead = LIVE[0]

    assert lead.headline == "Canada and Mexico close ranks before trade talks"
    assert lead.section == "world/americas"
    assert [byline.contributor for byline in lead.bylines] == ["ana-beltran", "marc-tremblay"]
    assert lead.tags == ("Trade", "USMCA", "Steel", "Car industry")
    assert lead.picture.scene == "port"


def test_every_section_stands_below_one_named_before_it():
    seen = [""]
    for section in demo.sections():
        assert section.parent in seen
        seen.append(section.path)

    assert len(seen) == len(set(seen))


def test_every_section_has_at_least_two_published_stories():
    counts = Counter(article.section for article in LIVE)

    assert set(counts) == {section.path for section in demo.sections()} - {"world"}
    assert min(counts.values()) >= 2


def test_every_byline_belongs_to_a_contributor_and_every_contributor_is_read():
    people = {person.slug for person in demo.people()}
    credited = {byline.contributor for article in ARTICLES for byline in article.bylines}

    assert credited <= people
    assert people - credited <= {"defne-ozturk"}  # the editor signs corrections, not stories


def test_every_kind_of_story_byline_and_state_is_shown():
    assert {article.kind for article in LIVE} == set(shapes.KINDS)
    assert {byline.role for article in LIVE for byline in article.bylines} == set(shapes.BYLINE_ROLES)
    assert {article.state for article in ARTICLES} == set(shapes.STATES)
    assert {voice.state for _, voice in VOICES} == set(shapes.COMMENT_STATES)


def test_every_link_leads_to_a_published_story():
    live = {article.slug for article in LIVE}

    assert {link for article in ARTICLES for link in article.links} <= live


def test_every_picture_can_be_drawn_and_is_described():
    for picture in demo.illustrations():
        assert picture.scene in SCENES
        assert len(picture.alt) > 20
        assert picture.credit


def test_a_picture_is_used_once():
    names = [p.name for article in ARTICLES for p in (*filter(None, [article.picture]), *article.figures)]

    assert len(names) == len(set(names)) == len(demo.illustrations())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_a_story_is_complete(article):
    assert article.kicker and article.standfirst and article.tags and article.bylines
    assert len(article.headline) <= 90
    assert 40 <= len(article.standfirst) <= 260
    assert 120 <= words(article.body) <= 1200
    assert not re.search(r"lorem|ipsum|TODO|TKTK|XXX", article.body, re.IGNORECASE)
    assert "](picture:" not in re.sub(shapes.FIGURE, "", article.body)
    assert "](story:" not in re.sub(shapes.STORY_LINK, "", article.body)


def test_published_stories_have_real_lengths():
    lengths = [words(article.body) for article in LIVE]

    assert min(lengths) >= 250
    assert sum(length > 700 for length in lengths) >= 6
    assert sum(lengths) > 22_000


def test_no_two_stories_share_a_headline_or_a_moment():
    assert len({article.headline for article in ARTICLES}) == len(ARTICLES)
    assert len({article.hours_ago for article in ARTICLES}) == len(ARTICLES)


def test_only_the_scheduled_story_lies_ahead():
    assert {article.state for article in ARTICLES if article.hours_ago < 0} == {"scheduled"}
    assert {article.hours_ago < 0 for article in ARTICLES if article.state == "scheduled"} == {True}


def test_the_withdrawn_story_says_why():
    for article in ARTICLES:
        assert bool(article.withdrawn_reason) is (article.state == "withdrawn")


def test_the_markdown_a_newsroom_needs_is_all_shown():
    paper = "\n".join(article.body for article in LIVE)

    for mark in ("\n## ", "\n### ", "\n- ", "\n1. ", "|---", "[^1]:", "\n> [!pull]", "\n```", "](picture:"):
        assert mark in paper


def test_topics_gather_stories_without_swallowing_the_paper():
    counts = Counter(tag for article in ARTICLES for tag in article.tags)

    assert max(counts.values()) <= 8
    assert sum(count > 1 for count in counts.values()) >= 30
    assert len({tag.casefold() for tag in counts}) == len(counts)


def test_comments_stand_under_published_stories_and_after_them():
    live = {article.slug: article for article in LIVE}

    for slug, voice in VOICES:
        assert 0 < voice.minutes < live[slug].hours_ago * 60, (slug, voice.minutes)


def test_a_reply_comes_after_what_it_answers():
    for _, voice in VOICES:
        assert all(reply.minutes > voice.minutes for reply in voice.replies)


def test_only_an_approved_comment_has_been_answered():
    assert {voice.state for _, voice in VOICES if voice.replies} == {"approved"}


def test_readers_give_an_address_nobody_owns_and_staff_give_their_own_name():
    people = {person.slug: person.name for person in demo.people()}

    for _, voice in VOICES:
        if voice.contributor:
            assert (voice.name, voice.email) == (people[voice.contributor], "")
        else:
            assert voice.email.endswith(("@example.org", "@example.net"))


def test_the_moderators_queue_opens_with_real_work():
    counts = Counter(voice.state for _, voice in VOICES)

    assert counts["approved"] > 60
    assert counts["pending"] >= 6 and counts["spam"] >= 3 and counts["rejected"] >= 3
    assert any("https://" in voice.text for _, voice in VOICES if voice.state == "pending")


def test_the_footer_has_its_pages_and_the_paper_its_name():
    assert [page.slug for page in demo.pages()] == ["about", "contact", "standards", "privacy"]
    assert demo.masthead().name == "The Meridian"


def test_ages_are_counted_from_the_moment_of_opening():
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)

    assert LIVE[0].at(noon) == noon - timedelta(hours=LIVE[0].hours_ago)


BROKEN = {
    "no front matter": "Just words.",
    "unknown key": '+++\ncolour = "red"\n+++\nWords.',
    "bad toml": "+++\nkind = \n+++\nWords.",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_story_is_refused_by_name(tmp_path, text):
    path = tmp_path / "broken.md"
    path.write_text(text)

    with pytest.raises(demo.BrokenDemo, match=r"broken\.md"):
        reading._article(path)


def test_a_reply_to_nobody_is_refused(tmp_path):
    path = tmp_path / "thread.toml"
    path.write_text(
        '[[comment]]\nto = "ghost"\nname = "A"\nemail = "a@example.org"\nminutes = 1\ntext = "Hello"\n'
    )

    with pytest.raises(demo.BrokenDemo, match="ghost"):
        reading._thread(path)
