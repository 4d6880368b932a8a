"""Moving in from WordPress: everything arrives once, in the state it had, and every item is accounted for."""

import json
import warnings
from datetime import UTC, datetime, timedelta
from io import StringIO
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import redirects
from articles.models import Article, Contributor, FormerPath, Image, Section, StandingPage, State, Tag
from comments.models import Comment, Reader
from newsroom.models import User
from newsroom.transfer.models import ImportRef
from tests import exports, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    """Import these parts as one file; answers what the command says, sums as numbers."""

    def command(*parts, **options):
        file = exports.written(tmp_path / "export.xml", *parts)
        out = StringIO()
        call_command("import_wordpress", file, json=True, stdout=out, stderr=StringIO(), **options)
        return json.loads(out.getvalue())["kinds"]

    return command


def in_words(tmp_path, *parts, **options):
    out = StringIO()
    file = exports.written(tmp_path / "export.xml", *parts)
    call_command("import_wordpress", file, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def sums(found=0, **outcomes):
    return {"found": found, "created": 0, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0} | outcomes


def whole_site():
    return (
        exports.author(),
        exports.category("americas", parent="world"),
        exports.category("world"),
        exports.tag("steel"),
        exports.item(
            1, exports.label("americas"), exports.label("steel", domain="post_tag"),
            exports.comment(1), exports.comment(2, "I differ.", parent="1"), excerpt="In short.",
        ),
        exports.item(2, post_type="page", post_name="imprint", title="Imprint", link="https://old.example/imprint/"),
        exports.item(3, post_type="nav_menu_item"),
    )  # fmt: skip


# Arriving


def test_a_story_arrives_whole(bring, client):
    bring(*whole_site())

    article = Article.objects.published().get()
    assert (article.headline, article.standfirst) == ("Story 1", "In short.")
    assert article.get_absolute_url() == "/world/americas/2019/03/04/story-1/"
    assert article.publish_at == datetime(2019, 3, 4, 9, 20, 30, tzinfo=UTC)
    assert [line.contributor.name for line in article.credits()] == ["Ana Beltrán"]
    assert [tag.name for tag in article.tag_list()] == ["Steel"]
    page = client.get(article.get_absolute_url()).text
    assert "Second paragraph." in page and "Well said." in page and "I differ." in page


def test_every_item_is_accounted_for(bring):
    kinds = bring(*whole_site())

    assert kinds == {
        "authors": sums(1, created=1),
        "categories": sums(2, created=2),
        "tags": sums(1, created=1),
        "terms": sums(),
        "attachments": sums(),
        "pages": sums(1, created=1),
        "posts": sums(1, created=1),
        "comments": sums(2, created=2),
        "others": sums(1, skipped=1),
    }


def test_a_second_run_brings_nothing_twice(bring):
    bring(*whole_site())
    before = [
        model.objects.count()
        for model in (Article, Section, Contributor, Tag, StandingPage, Comment, FormerPath, ImportRef)
    ]

    kinds = bring(*whole_site())

    assert all(tally["created"] == tally["updated"] == tally["failed"] == 0 for tally in kinds.values())
    assert kinds["posts"] == sums(1, unchanged=1) and kinds["comments"] == sums(2, unchanged=2)
    after = [
        model.objects.count()
        for model in (Article, Section, Contributor, Tag, StandingPage, Comment, FormerPath, ImportRef)
    ]
    assert before == after


def test_what_changed_there_is_changed_here(bring):
    bring(exports.item(1, title="Old words"))

    kinds = bring(exports.item(1, title="New words"))

    assert kinds["posts"] == sums(1, updated=1)
    article = Article.objects.get()
    assert (article.headline, article.slug) == ("New words", "story-1")
    assert not article.was_updated


def test_what_an_editor_changed_here_is_left_alone(bring, editor, tmp_path):
    bring(exports.item(1, title="Old words"))
    Article.objects.get().revise(by=editor, headline="The desk's words")

    told = in_words(tmp_path, exports.item(1, title="New words"))

    assert "changed here since it was imported" in told
    assert Article.objects.get().working_copy().headline == "The desk's words"


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_changes_nothing_and_says_the_same(bring, tmp_path, settings):
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a.jpg").write_bytes(make.picture_bytes())
    parts = (*whole_site(), exports.attachment(9, "2019/a.jpg"))
    files = set(settings.DATA_DIR.rglob("*"))

    rehearsed = bring(*parts, dry_run=True, media_dir=tmp_path / "uploads")

    assert not any(
        model.objects.exists() for model in (Article, Section, Comment, Image, ImportRef, FormerPath, Tag)
    )
    assert set(settings.DATA_DIR.rglob("*")) == files
    assert rehearsed == bring(*parts, media_dir=tmp_path / "uploads")


def test_importing_sends_no_mail_and_gives_nobody_a_right(bring):
    bring(*whole_site())

    assert mail.outbox == []
    assert not User.objects.exists()
    assert Contributor.objects.get().user is None


# Statuses


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("publish", State.PUBLISHED),
        ("draft", State.DRAFT),
        ("pending", State.IN_REVIEW),
        ("private", State.DRAFT),
        ("odd", State.DRAFT),
    ],
)
def test_a_post_keeps_its_state(bring, status, state):
    bring(exports.item(1, status=status))

    assert Article.objects.get().state == state


@pytest.mark.parametrize(
    "hidden", [{"status": "private"}, {"post_password": "enter"}, {"status": "draft"}, {"status": "odd"}]
)
def test_what_was_hidden_there_is_hidden_here(bring, client, hidden):
    bring(exports.item(1, **hidden))

    assert not Article.objects.published().exists()
    assert client.get("/2019/03/04/story-1/").status_code == 404
    assert client.get("/?p=1").status_code == 404


@pytest.mark.parametrize("status", ["trash", "auto-draft"])
def test_waste_stays_behind(bring, status):
    assert bring(exports.item(1, status=status))["posts"] == sums(1, skipped=1)


def test_a_scheduled_post_stays_scheduled(bring):
    coming = timezone.now() + timedelta(days=9)

    bring(exports.item(1, status="future", post_date_gmt=f"{coming:%Y-%m-%d %H:%M:%S}"))

    assert Article.objects.scheduled().get().publish_at == coming.replace(microsecond=0)


def test_a_schedule_that_ran_out_during_the_move_publishes_nothing(bring, tmp_path):
    told = in_words(tmp_path, exports.item(1, status="future"))

    assert Article.objects.get().state == State.DRAFT
    assert "its time came during the move" in told


def test_the_site_s_own_zone_decides_the_day(bring, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    with timezone.override("Asia/Tokyo"):
        bring(exports.item(1, post_date_gmt="2019-03-04 20:00:00"))

    assert "/2019/03/05/" in Article.objects.get().get_absolute_url()


def test_open_comments_follow_the_house_and_closed_ones_stay_closed(bring):
    bring(exports.item(1), exports.item(2, comment_status="closed"))

    assert [article.comment_policy for article in Article.objects.order_by("pk")] == ["default", "closed"]


def test_pages_that_were_not_public_stay_behind(bring):
    kinds = bring(
        exports.item(1, post_type="page", status="draft"),
        exports.item(2, post_type="page", post_password="x"),
    )

    assert kinds["pages"] == sums(2, skipped=2)
    assert not StandingPage.objects.exists()


# Titles and texts


def test_a_title_may_be_missing_marked_up_or_endless(bring):
    endless = "All the words there are " * 20
    bring(
        exports.item(1, title=""),
        exports.item(2, title="<em>So</em> &amp; so"),
        exports.item(3, title=endless),
    )

    untitled, marked, long = Article.objects.order_by("pk")
    assert untitled.headline == "(untitled)"
    assert marked.headline == "So & so"
    assert len(long.headline) <= 200 and endless.strip() in long.body_text


def test_an_endless_excerpt_is_kept_whole_in_the_text(bring):
    excerpt = "Every word counts. " * 60
    bring(exports.item(1, excerpt=excerpt))

    article = Article.objects.get()
    assert len(article.standfirst) <= 500 and excerpt.strip() in article.body_text


def test_no_script_comes_along(bring, client):
    evil = "<script>steal()</script><p onclick=steal()>Text</p><a href='javascript:steal()'>go</a>"
    bring(exports.item(1, exports.comment(1, evil), body=evil, title=f"Title {evil}", excerpt=evil))

    page = client.get(Article.objects.get().get_absolute_url()).text

    assert "Text" in page and "steal" not in page


def test_a_post_without_text_waits_as_a_draft(bring, tmp_path):
    told = in_words(tmp_path, exports.item(1, body=""))

    assert Article.objects.get().state == State.DRAFT
    assert "without any text" in told


# Sections, tags, people


def test_parents_may_come_after_their_children(bring):
    bring(
        exports.category("lima", parent="americas"),
        exports.category("americas", parent="world"),
        exports.category("world"),
    )

    assert sorted(section.path for section in Section.objects.all()) == [
        "world",
        "world/americas",
        "world/americas/lima",
    ]


def test_categories_in_a_circle_or_without_their_parent_stand_at_the_top(bring):
    kinds = bring(
        exports.category("a", parent="b"),
        exports.category("b", parent="a"),
        exports.category("c", parent="gone"),
    )

    assert kinds["categories"] == sums(3, created=3)
    assert Section.objects.get(slug="c").parent is None


def test_one_name_may_stand_under_two_parents(bring):
    named = {"name": "Culture"}
    bring(
        exports.category("world"), exports.category("city"),
        exports.category("culture-w", parent="world", **named), exports.category("culture-c", parent="city", **named),
    )  # fmt: skip

    assert {section.path for section in Section.objects.filter(name="Culture")} == {
        "world/culture-w",
        "city/culture-c",
    }


def test_a_slug_the_site_needs_itself_is_changed(bring, tmp_path):
    make.page(title="About", slug="about", body="Us.")

    told = in_words(tmp_path, exports.category("search"), exports.category("2019"), exports.category("about"))

    assert {section.path for section in Section.objects.all()} == {
        "search-section",
        "2019-section",
        "about-section",
    }
    assert "its slug “search” became “search-section”" in told


def test_a_section_that_was_here_is_used_not_doubled(bring):
    here = make.section("world")

    kinds = bring(exports.category("world"), exports.item(1, exports.label("world")))

    assert kinds["categories"] == sums(1, unchanged=1)
    assert Article.objects.get().section == here


def test_the_deepest_category_is_the_section_and_the_others_become_tags(bring):
    bring(
        exports.category("world"), exports.category("americas", parent="world"), exports.category("opinion"),
        exports.item(1, exports.label("world"), exports.label("opinion"), exports.label("americas")),
    )  # fmt: skip

    article = Article.objects.get()
    assert article.section.path == "world/americas"
    assert [tag.name for tag in article.tag_list()] == ["Opinion"]


def test_a_primary_category_wins_over_a_deeper_one(bring):
    bring(
        exports.category("world"), exports.category("americas", parent="world"), exports.category("opinion", number=5),
        exports.item(
            1, exports.label("americas"), exports.label("opinion"), exports.meta("_yoast_wpseo_primary_category", "5")
        ),
    )  # fmt: skip

    assert Article.objects.get().section.path == "opinion"


def test_stories_without_a_category_go_where_the_operator_says(bring):
    bring(exports.item(1), section_for_uncategorised="archive/old")

    assert Article.objects.get().section.path == "archive/old"


def test_tags_that_differ_only_in_case_are_one(bring):
    kinds = bring(exports.tag("zuerich", "Zürich"), exports.tag("zuerich-2", "ZÜRICH"))

    assert kinds["tags"] == sums(2, created=1, unchanged=1)
    assert Tag.objects.count() == 1


def test_co_authors_are_credited_in_order(bring):
    labels = [exports.label(f"cap-{login}", login, domain="author") for login in ("rosa", "ana")]
    bring(
        exports.author("ana", "Ana Beltrán"), exports.author("rosa", "Rosa Quispe"), exports.item(1, *labels)
    )

    assert [line.contributor.name for line in Article.objects.get().credits()] == [
        "Rosa Quispe",
        "Ana Beltrán",
    ]


# Pictures


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads" / "2019" / "03"
    folder.mkdir(parents=True)
    (folder / "harbour.jpg").write_bytes(make.picture_bytes())
    (folder / "broken.jpg").write_bytes(b"no picture")
    return tmp_path / "uploads"


def pictured(*more):
    told = exports.meta("_wp_attachment_image_alt", "Cranes")
    return (
        exports.attachment(9, "2019/03/harbour.jpg", told, excerpt="At dusk"),
        exports.item(1, exports.meta("_thumbnail_id", "9"), body='<img class="wp-image-9" src="x.jpg">Words'),
        *more,
    )


def test_pictures_come_from_the_folder_given(bring, uploads):
    kinds = bring(*pictured(), media_dir=uploads)

    article = Article.objects.get()
    assert kinds["attachments"] == sums(1, created=1)
    assert (article.picture.alt, article.picture.caption) == ("Cranes", "At dusk")
    assert "<figure><img" in article.body_html


def test_a_picture_whose_file_comes_later_finds_its_place(bring, uploads):
    first = bring(*pictured())
    later = bring(*pictured(), media_dir=uploads)

    assert first["attachments"] == sums(1, skipped=1) and first["posts"] == sums(1, created=1)
    assert later["attachments"] == sums(1, created=1) and later["posts"] == sums(1, updated=1)
    assert Article.objects.get().picture


def test_a_broken_picture_fails_alone(bring, uploads):
    kinds = bring(*pictured(exports.attachment(10, "2019/03/broken.jpg")), media_dir=uploads)

    assert kinds["attachments"] == sums(2, created=1, failed=1)


def test_no_file_outside_the_folder_is_touched(bring, uploads, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(make.picture_bytes())
    (uploads / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    sly = exports.attachment(10, "../secret.jpg", exports.meta("_wp_attached_file", "../../secret.jpg"))

    kinds = bring(sly, exports.attachment(11, "link.jpg"), media_dir=uploads)

    assert kinds["attachments"] == sums(2, skipped=2)


# Old addresses


def test_old_addresses_lead_on(bring, client):
    bring(
        exports.category("world"), exports.category("americas", parent="world"), exports.tag("steel"), exports.author(),
        exports.item(1, exports.label("americas"), exports.meta("_wp_old_slug", "first-try")),
        exports.item(2, post_type="page", post_name="imprint", link="https://old.example/about/imprint/"),
    )  # fmt: skip
    article = Article.objects.get().get_absolute_url()

    for old, new in {
        "/2019/03/04/story-1/": article,
        "/2019/03/04/first-try/": article,
        "/?p=1": article,
        "/about/imprint/": "/imprint/",
        "/?page_id=2": "/imprint/",
        "/category/world/americas/": "/world/americas/",
        "/category/americas/": "/world/americas/",
        "/tag/steel/": "/topics/steel/",
        "/author/ana/": "/by/ana-beltrán/",
    }.items():
        assert redirects.destination(old) == redirects.as_requested(new), old
    response = client.get("/2019/03/04/first-try/")
    assert (response.status_code, response["Location"]) == (301, article)


def test_links_between_old_stories_lose_the_old_host(bring):
    body = '<a href="https://old.example/2019/03/04/story-2/">there</a> <a href="https://old.example/file.pdf">file</a>'
    bring(exports.item(1, body=body), exports.item(2))

    html = Article.objects.get(slug="story-1").body_html
    assert 'href="/2019/03/04/story-2/"' in html and 'href="https://old.example/file.pdf"' in html


def test_two_stories_of_a_day_with_one_slug_both_arrive(bring):
    bring(exports.item(1, post_name="same"), exports.item(2, post_name="same"))

    assert sorted(article.slug for article in Article.objects.all()) == ["same", "same-2"]


def test_two_sites_that_shared_an_address_do_not_overwrite_each_other(bring):
    bring(exports.item(163, guid="https://old.example/search/", title="Search", post_name="search"))

    kinds = bring(exports.item(163, guid="https://old.example/fonts/", title="Fonts", post_name="fonts"))

    assert kinds["posts"] == sums(1, created=1)
    assert {article.headline for article in Article.objects.all()} == {"Search", "Fonts"}


# Comments


def test_comments_keep_thread_state_and_date_but_no_network_address(bring):
    states = {
        "1": "approved",
        "0": "pending",
        "spam": "spam",
        "trash": "rejected",
        "post-trashed": "rejected",
    }
    comments = [exports.comment(n, f"As {state}.", approved=state) for n, state in enumerate(states, 1)]
    bring(exports.item(1, *comments, exports.comment(9, "An answer.", parent="1")))

    assert {c.text: c.state for c in Comment.objects.filter(parent=None)} == {
        f"As {old}.": new for old, new in states.items()
    }
    answer = Comment.objects.get(text="An answer.")
    assert (answer.parent.text, answer.received_at) == ("As 1.", datetime(2019, 3, 5, 8, 9, tzinfo=UTC))
    assert not Comment.objects.exclude(ip_hash="").exists()
    assert Reader.objects.get().email == "rosa@reader.example"


def test_an_answer_listed_before_what_it_answers_still_answers_it(bring):
    early = exports.comment(1, "Answer.", parent="2", date_gmt="2019-03-05 07:00:00")
    bring(exports.item(1, early, exports.comment(2, "Question.")))

    assert Comment.objects.get(text="Answer.").parent.text == "Question."


def test_comments_in_a_circle_or_without_what_they_answer_stand_by_themselves(bring):
    circle = (exports.comment(1, "A", parent="2"), exports.comment(2, "B", parent="1"))
    kinds = bring(exports.item(1, *circle, exports.comment(3, "C", parent="99")))

    assert kinds["comments"] == sums(3, created=3)


def test_pingbacks_and_comments_on_pages_are_passed_over(bring):
    ping = exports.comment(1, "[...] linked [...]", type="pingback")
    kinds = bring(exports.item(1, ping), exports.item(2, exports.comment(2), post_type="page"))

    assert kinds["comments"] == sums(2, skipped=2)


def test_a_comment_longer_than_ours_may_be_is_kept_in_parts(bring):
    long = "\n\n".join(f"Paragraph {number} " + "goes on " * 100 for number in range(20))

    kinds = bring(exports.item(1, exports.comment(1, long)))
    again = bring(exports.item(1, exports.comment(1, long)))

    kept = " ".join(comment.text for comment in Comment.objects.order_by("number"))
    assert kinds["comments"] == sums(1, created=1) and again["comments"] == sums(1, unchanged=1)
    assert Comment.objects.count() > 1 and all(f"Paragraph {number} " in kept for number in range(20))


def test_a_comment_that_cannot_be_rendered_is_kept_as_plain_words(bring):
    deep = "<ul><li>" * 15 + "Bottom" + "</li></ul>" * 15

    kinds = bring(exports.item(1, exports.comment(1, deep)))

    assert kinds["comments"] == sums(1, created=1)
    assert "Bottom" in Comment.objects.get().html


# Broken


def test_a_broken_item_stops_only_itself(bring):
    endless = exports.item(2, exports.comment(1), body="word " * 60_000)
    nameless = exports.item(3, post_id="", guid="", link="")

    kinds = bring(exports.item(1), endless, nameless, exports.item(4))

    assert kinds["posts"] == sums(4, created=2, failed=2)
    assert kinds["comments"] == sums(1, skipped=1)


@pytest.mark.parametrize(
    "damage", [lambda text: text[: len(text) * 2 // 3], lambda text: "<!DOCTYPE rss>" + text]
)
def test_a_broken_file_changes_nothing(tmp_path, damage):
    sound = exports.written(tmp_path / "sound.xml", *whole_site())
    (tmp_path / "broken.xml").write_text(
        damage(sound.read_text().removeprefix('<?xml version="1.0" encoding="UTF-8"?>'))
    )

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_wordpress", sound, tmp_path / "broken.xml")

    assert not Article.objects.exists() and not Section.objects.exists()


def test_files_of_one_run_know_each_other(tmp_path, uploads):
    articles = exports.written(tmp_path / "stories.xml", pictured()[1])
    pictures = exports.written(tmp_path / "pictures.xml", pictured()[0])

    call_command("import_wordpress", articles, pictures, media_dir=uploads, stdout=StringIO())

    assert Article.objects.get().picture


def test_json_is_all_that_is_printed(tmp_path, capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call_command("import_wordpress", exports.written(tmp_path / "a.xml", *whole_site()), json=True)

    assert set(json.loads(capfd.readouterr().out)) == {"kinds"}


def test_losses_are_reported_by_name(tmp_path):
    told = in_words(
        tmp_path,
        exports.item(1, body="<!-- wp:latest-posts /--><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->"),
    )

    assert "left out: block latest-posts [Story 1]" in told


CUT = quote("市議会が新しい図書館の建設計画を承認、住民からは賛否の声が上がる").lower()[:200]


def test_a_slug_cut_inside_a_letter_loses_what_is_left_of_it(bring, client):
    bring(exports.item(101, post_name=CUT, link=f"https://old.example/2019/03/04/{CUT}/"))

    article = Article.objects.get()
    assert article.slug == "市議会が新しい図書館の建設計画を承認住民か"
    for old in (
        f"/2019/03/04/{CUT}/",
        "/2019/03/04/市議会が新しい図書館の建設計画を承認、住民か/",
        "/?p=101",
    ):
        response = client.get(old)
        assert (response.status_code, response.get("Location")) == (301, article.get_absolute_url()), old


def test_archives_whose_slug_was_cut_lead_on(bring, client):
    bring(
        exports.category(CUT, name="市議会"),
        exports.tag(CUT, "図書館"),
        exports.item(1, exports.label(CUT), exports.label(CUT, domain="post_tag")),
    )

    assert client.get(f"/category/{CUT}/").status_code == 301
    assert client.get(f"/tag/{CUT}/").status_code == 301


def test_what_xml_cannot_hold_is_reported_and_the_rest_arrives(tmp_path):
    told = in_words(tmp_path, exports.item(1, body="One\x08 \x08word"), exports.item(2))

    assert "posts – the character U+0008 was left out, which XML cannot hold [Story 1 ×2]" in told
    assert Article.objects.get(slug="story-1").body_text == "One word"
    assert Article.objects.filter(slug="story-2").exists()


# How files are named


NAMES = [("caf\u00e9.jpg", "cafe\u0301.jpg"), ("cafe\u0301.jpg", "caf\u00e9.jpg"), ("photo.jpg", "photo.jpg")]


@pytest.mark.parametrize(("there", "on_disk"), NAMES)
def test_a_file_is_found_however_its_letters_are_composed(bring, tmp_path, there, on_disk):
    folder = tmp_path / "uploads" / "2019"
    folder.mkdir(parents=True)
    (folder / on_disk).write_bytes(make.picture_bytes())
    body = f'<img src="https://old.example/wp-content/uploads/2019/{on_disk}">Words'

    kinds = bring(exports.attachment(9, f"2019/{there}"), exports.item(1, body=body), media_dir=folder.parent)

    assert kinds["attachments"] == sums(1, created=1)
    assert "<figure><img" in Article.objects.get().body_html


@pytest.mark.parametrize(
    "src",
    [
        "/wp-content/uploads/2019/03/harbour.jpg",
        "//old.example/wp-content/uploads/2019/03/harbour.jpg",
        "http://www.old.example/wp-content/uploads/2019/03/harbour-300x200.jpg",
        "https://OLD.example:443/wp-content/uploads/2019/03/harbour-1024x768@2x.jpg?ssl=1",
        "https://i0.wp.com/old.example/wp-content/uploads/2019/03/harbour.jpg?resize=300,200",
        "wp-content/uploads/2019/03/harbour.jpg",
        "../../../../wp-content/uploads/2019/03/harbour-scaled.jpg",
    ],
)
def test_a_picture_is_found_however_its_address_is_spelled(bring, uploads, src):
    attachment, _article = pictured()

    bring(attachment, exports.item(1, body=f'<img src="{src}" alt="A">Words'), media_dir=uploads)

    assert "<figure><img" in Article.objects.get().body_html


def test_a_picture_and_one_named_like_a_copy_of_it_are_two(bring, uploads):
    (uploads / "2019" / "03" / "harbour-300x200.jpg").write_bytes(make.picture_bytes(300, 200))
    first, second = (
        exports.attachment(n, f"2019/03/{name}.jpg", title=name)
        for n, name in ((8, "harbour"), (9, "harbour-300x200"))
    )
    body = '<img src="/wp-content/uploads/2019/03/harbour.jpg" alt="A">Words'

    bring(first, second, exports.item(1, body=body), media_dir=uploads)

    assert f"(image:{Image.objects.get(title='harbour').pk})" in Article.objects.get().body


def test_what_stays_a_link_is_reported_with_its_story_and_leads_to_the_old_site(tmp_path, uploads):
    lost = '<img src="/wp-content/uploads/2019/03/gone.jpg" alt="Gone">Words'

    told = in_words(tmp_path, *pictured(exports.item(2, body=lost)), media_dir=uploads)

    address = "https://old.example/wp-content/uploads/2019/03/gone.jpg"
    assert f"a picture stays a link: the export knows no such file, {address} [Story 2]" in told
    assert f'href="{address}"' in Article.objects.get(slug="story-2").body_html


def test_without_a_folder_all_pictures_of_the_export_are_told_in_one_line(tmp_path):
    told = in_words(tmp_path, *pictured(exports.item(2, body='<img class="wp-image-9" src="x.jpg">Words')))

    assert "a picture stays a link: no folder with files was given [Story 1; Story 2]" in told
