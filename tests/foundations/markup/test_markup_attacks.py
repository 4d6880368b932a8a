"""Whatever somebody sends, what comes out is harmless."""

# ruff: noqa: E501 (an attack is told in one line)

import unicodedata
from urllib.parse import urlsplit

import nh3
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.foundations.markup import ARTICLE, MarkupRefused, Picture, article_html, comment_html
from newsroom.foundations.markup.cleaning import (
    ADDED,
    ATTRIBUTES,
    COMMENT_TAGS,
    TAGS,
    clean_article,
    pass_article,
)
from newsroom.foundations.markup.limits import Effort
from tests.foundations.markup.test_markup_limits import SNIPPETS

SCRIPT = "alert(1)"

ATTACKS = [
    # Elements that run, load or lead astray
    f"<script>{SCRIPT}</script>",
    f"<ScRiPt src=//evil.example/x.js>{SCRIPT}</sCrIpT >",
    f"<script>{SCRIPT}",
    f"<scr<script>ipt>{SCRIPT}</scr</script>ipt>",
    f"<script\n>{SCRIPT}</script\n>",
    f"<style>@import '//evil.example/x.css';</style><style>*{{background:url(javascript:{SCRIPT})}}",
    f"<iframe src=javascript:{SCRIPT}></iframe><iframe srcdoc='<script>{SCRIPT}</script>'>",
    "<object data=//evil.example/x.swf></object><embed src=//evil.example/x.swf><applet code=x>",
    f"<form action=javascript:{SCRIPT}><input name=q><button formaction=javascript:{SCRIPT}>x</button></form>",
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    f"<meta http-equiv=refresh content='0;url=javascript:{SCRIPT}'>",
    f"<svg onload={SCRIPT}><svg><script>{SCRIPT}</script><svg><animate attributeName=href values=javascript:{SCRIPT} /><a><text>x",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={SCRIPT}>",
    f"<video poster=javascript:{SCRIPT}><source onerror={SCRIPT}></video><audio src=//evil.example/a controls>",
    f"<marquee onstart={SCRIPT}>x</marquee><bgsound src=//evil.example/a><layer src=//evil.example/a>",
    f"<details ontoggle={SCRIPT} open><summary onclick={SCRIPT}>x</summary></details>",
    "<frameset><frame src=//evil.example></frameset>",
    f"<template><script>{SCRIPT}</script></template><slot name=x></slot>",
    f"<xmp><script>{SCRIPT}</script></xmp><plaintext><script>{SCRIPT}</script>",
    # Attributes
    f"<p onclick={SCRIPT} onmouseover='{SCRIPT}' style='position:fixed;inset:0' class=masthead id=csrf name=x>x</p>",
    f"<img src=x onerror={SCRIPT}><img/src=x/onerror={SCRIPT}><img src='x'onerror={SCRIPT}>",
    f"<img src=x:x onerror\n=\n{SCRIPT}><IMG \"\"\"><SCRIPT>{SCRIPT}</SCRIPT>\">",
    "<img src=/media/a.jpg srcset='//evil.example/a.jpg 2x' sizes=100vw usemap=#x ismap longdesc=//evil.example>",
    "<img src=image:1 srcset='//evil.example/a.jpg 2x' style='background:url(//evil.example)'>",
    f"<a href='/' target=_blank ping=//evil.example download onfocus={SCRIPT} autofocus tabindex=1>x</a>",
    f"<b x='\"><script>{SCRIPT}</script>'>x</b><b `onclick={SCRIPT}>",
    f"<td background=javascript:{SCRIPT} onclick={SCRIPT}>x<table background=//evil.example><tr><td rowspan=99999 colspan=99999>y",
    f"<q cite='javascript:{SCRIPT}\n'>x</q><blockquote cite=javascript:{SCRIPT}>y</blockquote><ins datetime=x cite=//evil.example>z",
    "<div class='table-scroll masthead' role=alert tabindex=5 aria-label=x contenteditable is=x-y slot=z>x</div>",
    "<form id=x></form><a id=forms name=cookie>x</a><img name=getElementById><p id=__proto__>y",
    # Addresses
    f"<a href=javascript:{SCRIPT}>x</a><a href=' javascript:{SCRIPT}'>y</a><a href=JaVaScRiPt:{SCRIPT}>z</a>",
    f"<a href='java\tscript:{SCRIPT}'>x</a><a href='java&#x0a;script:{SCRIPT}'>y</a><a href='java&Tab;script&colon;{SCRIPT}'>z",
    f"<a href='&#106;&#97;&#118;&#97;script&#58;{SCRIPT}'>x</a><a href='&#x6A&#x61&#x76&#x61script:{SCRIPT}'>y</a>",
    f"<a href='\x01javascript:{SCRIPT}'>x</a><a href='java\x00script:{SCRIPT}'>y</a><a href='\u2028javascript:{SCRIPT}'>z</a>",
    "<a href=javascript:123>x</a><a href=vbscript:1>y</a><a href=data:1>z</a><a href='javascript:0/*x*/+1'>w</a>",
    f"<a href='data:text/html;base64,PHNjcmlwdD4='>x</a><a href='vbscript:{SCRIPT}'>y</a><a href='feed:javascript:{SCRIPT}'>z</a>",
    "<a href=blob:x>x</a><a href=filesystem:x>y</a><a href=file:///etc/passwd>z</a><a href=image:12>w</a><a href=view-source:x>v</a>",
    f"[x](javascript:{SCRIPT}) [y](<javascript:{SCRIPT}>) [z](java\\script:{SCRIPT}) [w](&#106;avascript:{SCRIPT})",
    f"[x](  javascript:{SCRIPT} \"t\") [y](JAVASCRIPT:{SCRIPT}) [z](javascript&colon;{SCRIPT}) [w](x:{SCRIPT})",
    f"[x]: javascript:{SCRIPT} \"'><script>{SCRIPT}</script>\"\n\n[x] [x][] ![x]",
    f"<javascript:{SCRIPT}> <javascript://x%0a{SCRIPT}> <data:text/html,x> <a@b.example\" onclick={SCRIPT}>",
    "[x](//evil.example) [y](/\\evil.example) [z](\\\\evil.example) [w](/\t/evil.example) [v](https:evil.example)",
    "[x](http://[::1) [y](https://a b/) [z](http:///x) [w](https://a\u2100.example) [v](mailto:a@b.example?cc=c)",
    f"[x](https://a.example/\"onmouseover={SCRIPT}) [y](https://a.example/'><script>{SCRIPT}</script>)",
    f"![x](https://evil.example/x.gif\"onerror=\"{SCRIPT}) ![\" onerror={SCRIPT} x=\"](image:1 \"'><script>{SCRIPT}</script>\")",
    f"![x](javascript:{SCRIPT}) ![y](data:image/svg+xml;base64,PHN2Zz4=) ![z](/media/../admin/logout/) ![w](image:javascript:1)",
    "![x](/media/x.jpg?a=//evil.example) ![y](/media//evil.example/x) ![z](/media/%2e%2e/x) ![w](//evil.example/media/x.jpg)",
    # Markdown that makes markup
    f"`<script>{SCRIPT}</script>` ``` <b> ``` <p title=\"`\" onclick={SCRIPT} x=\"`\">",
    f"```\"><script>{SCRIPT}</script>\n</code></pre><script>{SCRIPT}</script>\n```\n\n~~~ {{onclick={SCRIPT}}}\nx\n~~~",
    f"# x {{: onclick={SCRIPT} #csrf .masthead }}\n\n*x*{{: onclick={SCRIPT}}}\n\n| a {{: style=x}} | b |\n|---|---|\n| 1 | 2 |",
    f"[^\"><script>{SCRIPT}</script>]\n\n[^\"><script>{SCRIPT}</script>]: <script>{SCRIPT}</script>",
    f"*[x\"><script>{SCRIPT}</script>]: \" onmouseover={SCRIPT}\n\nx\"><script>{SCRIPT}</script>",
    f"*[a]: \" onmouseover={SCRIPT} y=\"\n\na <b a=\"a\">a</b>",
    f"x\n: <script>{SCRIPT}</script>\n\n<dl><dt onclick={SCRIPT}>a<dd>b",
    f"> [!pull] <img src=x onerror={SCRIPT}>\n\n> [!pull]<script>{SCRIPT}</script>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \x02amp\x03 \x0233\x03 wzxhzdk:0 &#2;wzxhzdk:0&#3; <b>x</b>",
    f"<<script>{SCRIPT}//<</script> <b<i>x</i></b> <<b>> </p></div></article></body></html><!-- --!><script>{SCRIPT}</script>",
    f"<!--><script>{SCRIPT}</script>--> <!-- --!> <img src=x onerror={SCRIPT}> --> <![CDATA[<script>{SCRIPT}</script>]]>",
    f"<?php echo 1 ?><!DOCTYPE html [<!ENTITY x \"<script>{SCRIPT}</script>\">]>&x; <%= x %>",
    # Parsers made to disagree
    f"<noscript><p title=\"</noscript><img src=x onerror={SCRIPT}>\">",
    f"<math><style><img title=\"</style><img src onerror={SCRIPT}>\"></math>",
    f"<svg></p><style><a id=\"</style><img src=1 onerror={SCRIPT}>\">",
    f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={SCRIPT}&gt;\">",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={SCRIPT}>",
    f"<table><td><a href='x'><table><a href='y'></a><script>{SCRIPT}</script>",
    f"<p><select><option><style></option></select><b><img src=x onerror={SCRIPT}></style></option></select></b>",
    f"<title><p title=\"</title><img src=x onerror={SCRIPT}>\"><textarea></title><img src=x onerror={SCRIPT}></textarea>",
    f"<d\u0131v onclick={SCRIPT}><\uff53cript>{SCRIPT}</\uff53cript> \uff1cscript\uff1e{SCRIPT}\uff1c/script\uff1e \u212a<b>x",
    f"<p title='&lt;script&gt;{SCRIPT}&lt;/script&gt;'>&lt;script&gt;{SCRIPT}&lt;/script&gt; &amp;lt;img src=x onerror=1&amp;gt;</p>",
    f"<a href=\"https://a.example/&quot; onclick={SCRIPT} x=&quot;\">x</a><abbr title='&quot;><script>{SCRIPT}</script>'>y</abbr>",
    # Texts that read otherwise than they are
    "pay \u202eelpmaxe.live\u202c \u2066\u2067x\u2069 &#x202e;x &#8238; &rlo; &#x2066; <span title='&#x202e;x'>y</span>",
    "nul\x00 bell\x07 escape\x1b[31m delete\x7f c1\x9b \ufeff \ufffe \U0001ffff &#0; &#7; &#x1b; &#xfffe; &#xd800; &#x110000;",
    "Z" + "\u0335\u0489" * 200 + " &#x335;" + "&#x489;" * 50 + " <b title='e" + "&#x301;" * 50 + "'>x</b>",
]  # fmt: skip


def library(ids):
    return {
        number: Picture(f"/media/{number}.jpg", 1200, 800, alt='"<>&', caption="<b>&amp;", credit="'\"")
        for number in ids
    }


def article(text):
    return article_html(text, pictures=library)


def assert_harmless(html, *, tags, attributes):
    """Only listed tags and attributes; addresses a reader may follow; pictures of our own; nothing unseen."""
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert element.name in tags
        for name, value in element.attrs.items():
            assert name in attributes.get(element.name, set()) | attributes.get("*", set())
            assert not name.startswith("on")
            assert_harmless_value(name, "".join(value))
    assert not [
        letter for letter in html if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs")
    ]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") & set(html)


def assert_harmless_value(name, value):
    if name == "href":
        assert urlsplit(value).scheme in ("http", "https", "mailto", "")
        assert not value.startswith(("//", "/\\", "\\"))
    if name in ("src", "srcset"):
        assert value.startswith(("/media/", "https://news.example/media/"))
        assert ".." not in value
    if name == "id":
        assert value.startswith(("h-", "a-", "fn-", "fnref-"))
    if name == "class":
        assert (
            value
            in "footnotes footnote-ref footnote-backref table-scroll align-center align-right pull credit bare-url".split()
        )


def assert_harmless_article(html):
    attributes = {tag: ATTRIBUTES.get(tag, set()) | ADDED.get(tag, set()) for tag in TAGS | {"*"}}
    assert_harmless(html, tags=TAGS, attributes=attributes)
    assert (
        nh3.clean(html, tags=TAGS, attributes=attributes, link_rel=None) == html
    )  # a browser reads it as we wrote it


def assert_harmless_comment(html):
    assert_harmless(html, tags=COMMENT_TAGS, attributes={"a": {"href", "rel"}, "*": {"dir"}})
    written = BeautifulSoup(html, "html.parser")
    assert {block["dir"] for block in written.find_all(dir=True)} <= {"ltr", "rtl"}
    for link in written.find_all("a"):
        assert link["rel"] == ["nofollow", "ugc", "noopener"]
        assert urlsplit(link["href"]).scheme in ("http", "https")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_an_article_comes_to_nothing(attack):
    for frame in (
        "{}",
        "text {} text",
        "> {}",
        "* {}",
        "| a | {} |\n|---|---|\n| {} | b |",
        "# {}",
        "<div>\n\n{}",
    ):
        assert_harmless_article(article(frame.replace("{}", attack)).html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_a_comment_comes_to_nothing(attack):
    for frame in ("{}", "text {} text", "> {}", "* {}", "https://a.example/{}"):
        assert_harmless_comment(comment_html(frame.replace("{}", attack)).html)


@pytest.mark.parametrize("address", ["javascript:123", "vbscript:1", "data:1"])
def test_the_last_gate_stops_what_bleach_lets_pass(address):
    link = f'<a href="{address}">x</a>'

    assert clean_article(link, Effort(ARTICLE)) == link
    assert pass_article(link) == "<a>x</a>"


def test_the_words_of_a_script_are_not_shown_but_the_words_after_it_are():
    assert article_html(f"<script>{SCRIPT}</script>\n\nAfter.").text == "After."


# Broken characters


def test_a_nul_is_dropped_for_it_means_nothing():
    assert article_html("a\x00b").text == comment_html("a\x00b").text == "ab"


@pytest.mark.parametrize("render", [article_html, comment_html])
def test_half_a_character_is_refused_and_its_place_told(render):
    with pytest.raises(MarkupRefused, match="Character 3 of the text is broken"):
        render("ab\ud83dc")


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_lines_may_end_as_they_do_anywhere(ending):
    assert comment_html(f"a{ending}b").html == "<p>a<br>\nb</p>"


# Anything at all

PIECES = st.one_of(
    st.sampled_from(SNIPPETS),
    st.sampled_from(ATTACKS),
    st.sampled_from(
        ["\n", "\n\n", " ", "    ", '"', "'", ">", "=", "/", "](", "-->", "&#", "x", ";", "javascript:", "//"]
    ),
    st.text(max_size=8),
)
ANYTHING = st.lists(PIECES, max_size=40).map("".join)


def rendered(render, text):
    try:
        return render(text)
    except MarkupRefused as refusal:
        assert str(refusal)
        assert "cannot be read" not in str(refusal)  # the parser stumbled: a bug to find
        return None


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_no_article_does_harm_or_falls_over(text):
    done = rendered(article, text)

    if done:
        assert_harmless_article(done.html)
        assert done.word_count >= 0


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_no_comment_does_harm_or_falls_over(text):
    done = rendered(comment_html, text[:5_000])

    if done:
        assert_harmless_comment(done.html)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_comments_letters_and_digits_are_all_shown(text):
    shown = comment_html(text).text
    plain = "".join(
        letter for letter in unicodedata.normalize("NFC", text) if letter.isascii() and letter.isalpha()
    )

    assert "".join(letter for letter in shown if letter.isascii() and letter.isalpha()) == plain
