"""The command that shows what readers would see."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command


@pytest.fixture
def render(monkeypatch, capsys):
    def run(kind, text):
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            call_command("render_markdown", "--as", kind)
        except SystemExit as leaving:
            return (leaving.code, *capsys.readouterr())
        return (0, *capsys.readouterr())

    return run


def test_an_article_is_printed_as_readers_see_it(render):
    assert render("article", "# Trade\n\n*Talks*") == (
        0,
        '<h2 id="h-trade">Trade</h2>\n<p><em>Talks</em></p>\n',
        "",
    )


def test_a_comment_is_printed_as_readers_see_it(render):
    assert render("comment", "# Trade <b>") == (0, "<p># Trade &lt;b&gt;</p>\n", "")


def test_a_broken_limit_is_told_in_one_sentence_and_exit_code_2(render):
    code, out, err = render("comment", "x" * 5_001)

    assert (code, out) == (2, "")
    assert err == "The text has 5,001 characters; at most 5,000 are allowed. Please shorten or split it.\n"


def test_bytes_that_are_not_utf8_are_refused(render):
    code, out, err = render("article", b"caf\xe9")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "byte 4" in err


def test_warnings_do_not_mix_with_the_html(render):
    code, out, err = render("article", "![x](image:1)\n\ntext")

    assert (code, out) == (0, "<p>text</p>\n")
    assert "Picture 1" in err


def test_it_needs_no_database(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "SECRET_KEY": "x" * 60,
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "render_markdown", "--as", "article"]

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, input="“ü”".encode(), capture_output=True, timeout=60
    )

    assert (done.returncode, done.stdout.decode()) == (0, "<p>“ü”</p>\n")
