"""Stories from a table: each row once, a broken row alone, a broken table not at all."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Contributor, Section, State

pytestmark = pytest.mark.django_db
WIKINEWS = "https://en.wikinews.org/wiki/Bridge_reopens"


@pytest.fixture
def bring(tmp_path):
    """Import these rows (dicts) as one table; answers the sums of its articles."""

    def command(*rows, **options):
        out = StringIO()
        call_command("import_csv", table(tmp_path, *rows), json=True, stdout=out, **options)
        return json.loads(out.getvalue())["kinds"]["articles"]

    return command


def table(folder, *rows):
    path = folder / "stories.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(**said):
    return {
        "title": "Bridge reopens",
        "text": "First.\n\nSecond.",
        "date": "2019-01-04",
        "url": "https://a.example/1",
        **said,
    }


def sums(found=0, **outcomes):
    return {"found": found, "created": 0, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0} | outcomes


def test_a_row_becomes_a_published_story(bring, client):
    assert bring(row(), section="world/europe") == sums(1, created=1)

    article = Article.objects.published().get()
    assert article.get_absolute_url() == "/world/europe/2019/01/04/bridge-reopens/"
    assert article.canonical_url == "https://a.example/1"
    assert "<p>First.</p>\n<p>Second.</p>" in client.get(article.get_absolute_url()).text


def test_every_column_finds_its_field(bring):
    bring(
        row(
            byline="Ana Beltrán; Rosa Quispe", tags="Steel, Trade", kicker="Ports", kind="analysis", slug="bridge",
            standfirst="In short.", section="World › Americas", dateline="LIMA",
        )
    )  # fmt: skip

    article = Article.objects.get()
    assert [line.contributor.name for line in article.credits()] == ["Ana Beltrán", "Rosa Quispe"]
    assert sorted(tag.name for tag in article.tag_list()) == ["Steel", "Trade"]
    assert (article.kicker, article.kind, article.slug, article.standfirst) == (
        "Ports",
        "analysis",
        "bridge",
        "In short.",
    )
    assert (article.section.path, article.dateline) == ("world/americas", "LIMA")


def test_columns_with_names_of_their_own_are_mapped(bring):
    told = {"Überschrift": "Brücke frei", "Text": "Worte.", "Tag": "2019-01-04"}

    assert bring(told, map=["Überschrift=headline", "Tag=date"]) == sums(1, created=1)
    assert Article.objects.get().headline == "Brücke frei"


def test_a_second_run_brings_nothing_twice_and_a_changed_row_changes_its_story(bring):
    bring(row())

    assert bring(row()) == sums(1, unchanged=1)
    assert bring(row(title="Bridge closes again")) == sums(1, updated=1)
    assert Article.objects.get().headline == "Bridge closes again"


def test_without_an_address_headline_and_date_say_which_story_it_is(bring):
    bare = {"headline": "Bridge reopens", "body": "Words.", "date": "2019-01-04"}

    bring(bare)

    assert bring(bare, {**bare, "date": "2019-01-05"}) == sums(2, unchanged=1, created=1)


def test_what_an_editor_changed_here_is_left_alone(bring, editor):
    bring(row())
    Article.objects.get().revise(by=editor, headline="The desk's words")

    assert bring(row(title="New words")) == sums(1, skipped=1)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("", "published"), ("draft", "draft"), ("pending", "in_review"), ("publish", "published")],
)
def test_a_row_says_where_its_story_stands(bring, state, expected):
    bring(row(state=state))

    assert Article.objects.get().state == expected


def test_without_a_date_it_is_a_draft(bring):
    bring(row(date=""))

    assert Article.objects.get().state == State.DRAFT


def test_a_date_to_come_is_a_schedule(bring):
    bring(row(date="2099-01-01T06:00+00:00"))

    assert Article.objects.get().is_scheduled


def test_plain_text_is_shown_as_it_is_and_markdown_only_on_request(bring):
    bring(row(text="# Not a heading\n\n*Stars* and <script>x()</script>"))
    bring(row(url="https://a.example/2", title="Marked", text="# Heading"), markdown=True)

    plain, marked = Article.objects.order_by("pk")
    assert plain.body_text.startswith("# Not a heading\n*Stars* and <script>")
    assert "<script>" not in plain.body_html
    assert "<h2" in marked.body_html


def test_a_story_from_wikinews_names_it_links_it_and_its_licence(bring):
    bring(row(url=WIKINEWS))

    html = Article.objects.get().body_html
    assert f'<a href="{WIKINEWS}" rel="noopener">Wikinews</a>' in html
    assert 'href="https://creativecommons.org/licenses/by/2.5/"' in html and "CC BY 2.5" in html


def test_any_source_is_named_and_the_operator_may_say_more(bring):
    said = {"licence": "CC BY 4.0", "licence_url": "https://cc.example/by", "credit": "With thanks."}

    bring(row(), source_name="The A [Times]", **said)
    bring(row(url="https://b.example/2", title="Another"))

    told, untold = Article.objects.order_by("pk")
    assert told.body_text.endswith("Source: The A [Times], CC BY 4.0. With thanks.")
    assert untold.body_text.endswith("Source: b.example.")


def test_words_may_point_at_sections(bring, tmp_path):
    (tmp_path / "words.toml").write_text('"world/europe" = ["Spain", "Russia"]\n"world/asia" = ["Japan"]\n')
    rows = (
        row(text="In Russia."),
        row(url="2", title="Japan votes", text="Russia looks on."),
        row(url="3", title="Elsewhere"),
    )

    bring(*rows, section="world", sections_by_word=tmp_path / "words.toml")

    assert [article.section.path for article in Article.objects.order_by("pk")] == [
        "world/europe",
        "world/asia",
        "world",
    ]


def test_an_endless_headline_is_kept_whole_in_the_text(bring):
    endless = "All the words there are " * 20
    bring(row(title=endless))

    article = Article.objects.get()
    assert len(article.headline) <= 200 and endless.strip() in article.body_text


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_changes_nothing(bring):
    assert bring(row(byline="Ana"), dry_run=True) == sums(1, created=1)
    assert not Article.objects.exists() and not Contributor.objects.exists() and not Section.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"title": ""}, {"text": ""}, {"date": "yesterday"}, {"date": "2019-02-30"}, {"state": "odd"}, {"kind": "gossip"},
        {"section": "search"}, {"url": "https://"}, {"text": "word " * 50_000},
    ],
)  # fmt: skip
def test_a_broken_row_stops_only_itself(bring, broken):
    sound = {"state": "", "kind": "", "section": ""}

    assert bring(
        row(**sound), row(**{**sound, "url": "2", **broken}), row(**sound, title="Third", url="3")
    ) == sums(3, created=2, failed=1)


def test_a_row_with_too_few_cells_stops_only_itself(tmp_path):
    (tmp_path / "a.csv").write_text(
        "headline,body,date\nOne,Words,2019-01-04\nTwo\nThree,Words,2019-01-04,more\n"
    )
    out = StringIO()

    call_command("import_csv", tmp_path / "a.csv", stdout=out)

    assert Article.objects.get().headline == "One"
    assert "failed: it has 1 cells instead of 3" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no column for headline"),
        (b"title,text\nOne,Words\n", "no column for date"),
        (b"title,headline,text,date\n", "more than one column for headline"),
        (b"title,text,date\nOne,W\xffrds,2019-01-04\n", "line 2: byte 6 is not UTF-8"),
        (b"title,text,date\nOne,W\0rds,2019-01-04\n", "line 2: holds a NUL byte"),
        (b'title,text,date\nOne,Words,2019-01-04\nTwo,"never closed,2019-01-04\n', "line 3"),
        (b'title,text,date\nOne,"' + b"x" * 1_100_000 + b'",2019-01-04\n', "field larger"),
        (b"x" * 2_100_000, "longer than"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
    ],
)
def test_a_broken_table_changes_nothing(tmp_path, content, complaint):
    (tmp_path / "a.csv").write_bytes(content)

    with pytest.raises(CommandError, match=complaint) as refusal:
        call_command("import_csv", tmp_path / "a.csv")

    assert "Nothing was changed" in str(refusal.value)
    assert not Article.objects.exists()


def test_what_the_operator_gets_wrong_is_said(tmp_path, bring):
    (tmp_path / "words.toml").write_text('"world" = "not a list"')

    for options in (
        {"map": ["a=nonsense"]},
        {"map": ["nowhere=kicker"]},
        {"sections_by_word": tmp_path / "words.toml"},
    ):
        with pytest.raises(CommandError):
            bring(row(), **options)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_csv", tmp_path / "nowhere.csv")


def test_a_row_that_fails_is_logged_with_its_traceback(bring, caplog):
    bring(row(date="yesterday"))

    [record] = caplog.records
    assert record.getMessage() == "articles: “Bridge reopens” failed"
    assert "_moment" in record.exc_text
