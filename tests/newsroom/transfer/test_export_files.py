"""Reading an export: every fact as the file says it, and no file that could harm."""

import gzip
import time
import tracemalloc
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.transfer.wordpress import wxr
from newsroom.transfer.wordpress.facts import Author, Category, Post, Tag, Term
from tests import exports

MADRID = ZoneInfo("Europe/Madrid")


def parts(path):
    return list(wxr.read(path))


def test_every_part_is_read_with_its_facts(tmp_path):
    term = "<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug></wp:term>"
    told = (exports.author(), exports.category("europe", parent="world"), exports.tag("steel"), term)
    file = exports.written(tmp_path / "a.xml", *told, exports.item(5, exports.comment(1)))

    author, category, tag, other, post = parts(file)

    assert isinstance(author, Author) and author.name() == "Ana Beltrán"
    assert isinstance(category, Category) and (category.slug, category.parent) == ("europe", "world")
    assert isinstance(tag, Tag) and tag.name == "Steel"
    assert isinstance(other, Term) and other.taxonomy == "nav_menu"
    assert isinstance(post, Post) and (post.id, post.creator, post.comments[0].text) == (
        "5",
        "ana",
        "Well said.",
    )


def test_checking_counts_what_the_file_holds(tmp_path):
    items = (exports.item(1, exports.comment(1), exports.comment(2)), exports.item(2, post_type="page"))
    file = exports.written(tmp_path / "a.xml", exports.author(), *items)

    contents = wxr.check(file)

    assert contents.found == {"author": 1, "item:post": 1, "item:page": 1, "comment": 2}
    assert contents.site.url == "https://old.example"


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_any_version_of_the_format_is_understood(tmp_path, version, scheme):
    namespaces = exports.NAMESPACES.replace(
        "http://wordpress.org/export/1.2", f"{scheme}://wordpress.org/export/{version}"
    )
    file = exports.written(tmp_path / "a.xml", exports.item(5, excerpt="In short"), namespaces=namespaces)

    [post] = parts(file)

    assert (post.id, post.excerpt, post.status) == ("5", "In short", "publish")


def test_packed_files_are_read_too(tmp_path):
    file = tmp_path / "a.xml.gz"
    file.write_bytes(gzip.compress(exports.export(exports.item(5)).encode()))

    assert [post.id for post in parts(file)] == ["5"]


def test_utc_is_believed_first_and_a_zero_date_is_none(tmp_path):
    plain = exports.item(1)
    local = exports.item(2, post_date_gmt="0000-00-00 00:00:00")
    undated = exports.item(
        3, post_date="0000-00-00 00:00:00", post_date_gmt="", pubDate="Wed, 30 Nov -0001 00:00:00 +0000"
    )
    moments = [
        post.moment(MADRID) for post in parts(exports.written(tmp_path / "a.xml", plain, local, undated))
    ]

    assert moments[0] == datetime(2019, 3, 4, 9, 20, 30, tzinfo=UTC)
    assert moments[1] == datetime(2019, 3, 4, 10, 20, 30, tzinfo=MADRID)
    assert moments[2] is None


def test_a_post_without_a_number_is_known_by_the_number_in_its_address(tmp_path):
    file = exports.written(tmp_path / "a.xml", exports.item(19, post_id="", guid="https://old.example/?p=19"))

    assert [post.id for post in parts(file)] == ["19"]


def test_a_label_without_taxonomy_or_slug_is_still_a_label(tmp_path):
    bare, old = "<category>boat</category>", '<category domain="tag" nicename="sea">Sea</category>'
    [post] = parts(exports.written(tmp_path / "a.xml", exports.item(1, bare + old)))

    assert [(label.domain, label.slug, label.name) for label in post.labels] == [
        ("", "", "boat"),
        ("post_tag", "sea", "Sea"),
    ]


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1/evil.dtd">',
    ],
)
def test_a_document_type_is_refused(tmp_path, before):
    file = exports.written(tmp_path / "a.xml", exports.item(1), before=before)

    with pytest.raises(wxr.BrokenExport, match="document type"):
        wxr.check(file)


# What XML cannot hold


def left_out(file):
    return [(lost.name, lost.what, lost.times) for lost in wxr.check(file).left_out]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("\x08", "the character U+0008"),
        ("\0", "the character U+0000"),
        ("\uffff", "the character U+FFFF"),
        ("&#8;", "a reference to the character U+0008"),
        ("&#x1F;", "a reference to the character U+001F"),
        ("&#xD800;", "a reference to the character U+D800"),
        ("&#1114112;", "a reference to the character beyond Unicode"),
        (b"\x92", "the byte 92"),
    ],
)
def test_what_xml_cannot_hold_is_left_out_and_named(tmp_path, damage, told):
    spoilt = exports.export(exports.item(1), exports.item(2, title="SPOILT"), exports.item(3)).encode()
    damage = damage if isinstance(damage, bytes) else damage.encode()
    (tmp_path / "a.xml").write_bytes(spoilt.replace(b"SPOILT", b"Ha" + damage + b"rbour"))

    assert [post.title for post in parts(tmp_path / "a.xml")] == ["Story 1", "Harbour", "Story 3"]
    [(name, what, times)] = left_out(tmp_path / "a.xml")
    assert (name, times) == ("Harbour", 1) and what.startswith(f"{told} was left out")


def test_references_to_characters_are_read_wherever_a_read_ends(tmp_path):
    title = "&#8217;&#x2019;&amp;#8;" * 3_000
    (tmp_path / "a.xml").write_text(exports.export(exports.item(1, title="TITLE")).replace("TITLE", title))

    [post] = parts(tmp_path / "a.xml")

    assert post.title == "’’&#8;" * 3_000
    assert left_out(tmp_path / "a.xml") == []


@pytest.mark.parametrize("before", ["\n", "\ufeff", "\r\n \ufeff", "\n" * 50_000])
def test_a_file_may_begin_late(tmp_path, before):
    (tmp_path / "a.xml").write_text(before + exports.export(exports.item(1)))

    assert len(parts(tmp_path / "a.xml")) == 1
    assert bool(left_out(tmp_path / "a.xml")) == ("\n" in before)


def test_what_is_left_out_behind_the_last_item_is_told_of_the_file(tmp_path):
    (tmp_path / "a.xml").write_text(exports.export(exports.item(1)) + "\0\0")

    assert left_out(tmp_path / "a.xml") == [
        ("a.xml", "the character U+0000 was left out, which XML cannot hold", 2)
    ]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "UTF-8"])
def test_a_file_is_read_in_the_encoding_it_names(tmp_path, encoding):
    text = exports.export(exports.item(1, title="Zürich")).replace("UTF-8", encoding)
    (tmp_path / "a.xml").write_bytes(text.encode(encoding))

    assert [post.title for post in parts(tmp_path / "a.xml")] == ["Zürich"]


def test_an_encoding_nobody_writes_in_is_refused(tmp_path):
    (tmp_path / "a.xml").write_text(exports.export(exports.item(1)).replace("UTF-8", "punycode"))

    with pytest.raises(wxr.BrokenExport, match="punycode"):
        wxr.check(tmp_path / "a.xml")


def test_leaving_out_uncovers_no_document_type(tmp_path):
    file = exports.written(tmp_path / "a.xml", exports.item(1), before="<!DOC\x08TYPE rss>")

    with pytest.raises(wxr.BrokenExport, match="document type"):
        wxr.check(file)


def test_a_file_of_hardly_anything_else_is_read_in_bounded_time(tmp_path):
    file = exports.written(tmp_path / "a.xml", exports.item(1, body="a\x08" * 1_000_000))
    start = time.perf_counter()

    assert [lost.times for lost in wxr.check(file).left_out] == [1_000_000]
    assert time.perf_counter() - start < 10


def test_a_truncated_file_is_refused(tmp_path):
    whole = exports.export(*(exports.item(number) for number in range(1, 50)))
    (tmp_path / "a.xml").write_text(whole[: len(whole) // 2])

    with pytest.raises(wxr.BrokenExport, match="not well-formed"):
        wxr.check(tmp_path / "a.xml")


def test_a_truncated_packed_file_is_refused(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(exports.export(exports.item(1)).encode())[:-20])

    with pytest.raises(wxr.BrokenExport, match="cannot be read"):
        wxr.check(tmp_path / "a.gz")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Not XML at all",
        "<html><body>Log in</body></html>",
        "<rss><channel><title>Just a feed</title></channel></rss>",
        exports.export(version=""),
        exports.export(version="latest"),
        exports.export(exports.item(1), namespaces=""),
    ],
)
def test_what_is_no_export_is_refused(tmp_path, text):
    (tmp_path / "a.xml").write_text(text)

    with pytest.raises(wxr.BrokenExport):
        wxr.check(tmp_path / "a.xml")


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(wxr.BrokenExport, match="cannot be read"):
        wxr.check(tmp_path / "nowhere.xml")


def test_elements_nested_without_end_are_refused(tmp_path):
    file = exports.written(tmp_path / "a.xml", exports.item(1, "<a>" * 50 + "</a>" * 50))

    with pytest.raises(wxr.BrokenExport, match="nested too deeply"):
        wxr.check(file)


def test_an_item_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(wxr, "MAX_ITEM", 200_000)
    file = exports.written(tmp_path / "a.xml", exports.item(1, body="x" * 400_000))

    with pytest.raises(wxr.BrokenExport, match="larger than"):
        wxr.check(file)


def test_a_gzip_bomb_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(wxr, "MAX_UNPACKED", 300_000)
    packed = gzip.compress(exports.export(*["<item><title>x</title></item>" * 30_000]).encode())
    (tmp_path / "a.gz").write_bytes(packed)

    with pytest.raises(wxr.BrokenExport, match="once unpacked"):
        wxr.check(tmp_path / "a.gz")


def test_memory_does_not_grow_with_the_file(tmp_path):
    few = exports.written(
        tmp_path / "few.xml", *(exports.item(number, body="x" * 20_000) for number in range(10))
    )
    many = exports.written(
        tmp_path / "many.xml", *(exports.item(number, body="x" * 20_000) for number in range(200))
    )

    assert peak(many) < 2 * peak(few)


def peak(path):
    """The most memory, in bytes, that checking the file took."""
    tracemalloc.start()
    wxr.check(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most
