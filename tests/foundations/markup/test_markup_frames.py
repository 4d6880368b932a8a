"""Quotes that say they are something else: boxes, galleries, related stories, cards that lead elsewhere."""

from newsroom.foundations.markup import Picture, article_html


def html(text, **kwargs):
    return article_html(text, **kwargs).html


def test_a_box_has_the_title_of_its_first_line_and_holds_what_follows():
    shown = html("> [!box] What we know\n> The port is *shut*.\n>\n> - Since May")

    assert shown.startswith('<div class="box" role="note" aria-label="What we know">')
    assert '<p class="frame-title">What we know</p>' in shown
    assert "<p>The port is <em>shut</em>.</p>" in shown
    assert "<li>Since May</li>" in shown
    assert "[!" not in shown


def test_a_box_without_a_title_is_a_box():
    shown = html("> [!box]\n> The port is shut.")

    assert '<div class="box" role="note">' in shown
    assert "<p>The port is shut.</p>" in shown


def test_pictures_of_a_gallery_stand_in_one_frame():
    def known(numbers):
        return {number: Picture(src=f"/media/{number}.jpeg", width=640, height=400) for number in numbers}

    shown = html("> [!gallery]\n> ![A crane](image:1)\n> ![A ship](image:2)", pictures=known)

    assert shown.startswith('<div class="gallery" role="group" aria-label="Pictures"><figure>')
    assert shown.count("<figure>") == 2
    assert "<p>" not in shown


def test_related_stories_are_links_under_a_title():
    shown = html("> [!related]\n> [Ports reopen](/world/ports/)")

    assert '<p class="frame-title">Related</p>' in shown
    assert '<a href="/world/ports/">Ports reopen</a>' in shown


def test_related_stories_that_follow_each_other_stand_in_one_box():
    shown = html("> [!related]\n> [A](/a/)\n\n> [!related]\n> [B](/b/)")

    assert shown.count("Related</p>") == 1
    assert '<p><a href="/a/">A</a></p>' in shown
    assert '<p><a href="/b/">B</a></p>' in shown


def test_what_is_embedded_is_a_card_that_says_where_it_leads_and_loads_nothing():
    shown = html("> [!embed]\n> [The harbour at night](https://www.video.example/42)")

    assert '<a href="https://www.video.example/42" rel="noopener">The harbour at night</a>' in shown
    assert '<p class="frame-title">On video.example</p>' in shown
    assert not any(tag in shown for tag in ("<iframe", "<img", "<script"))


def test_a_card_never_leads_where_no_browser_should_follow():
    shown = html("> [!embed]\n> [Press](javascript:steal())")

    assert "javascript" not in shown
    assert "Press" in shown


def test_frames_that_follow_each_other_are_told_apart():
    shown = html("> [!pull]\n> Alone.\n\n> [!box] Facts\n> One.\n\n> [!related]\n> [A](/a/)")

    assert [shown.count(f'class="{kind}"') for kind in ("pull", "box", "related")] == [1, 1, 1]


def test_a_sign_that_means_nothing_stays_words():
    assert "<p>[!alert]\nRun.</p>" in html("> [!alert]\n> Run.")
