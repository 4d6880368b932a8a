"""The shipped recipe, read from the very file, in a real nginx before the real site."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests import nginx
from tests.newsroom.house.test_settings import ROOT, machine, manage
from tests.servers import free_port, wait_until_listening

pytestmark = pytest.mark.skipif(not nginx.PROGRAM, reason=nginx.MISSING)

PROMISE = 4  # seconds after which nothing withdrawn is shown: two kept, one while asking, and one to spare
DESK = {"Cookie": "__Host-desk=somebody"}
WAYS = {"br": "gzip, deflate, br", "gzip": "gzip;q=1.0, identity;q=0.5", None: "gzip;q=0"}
numbers = count(1)
EDITIONS = ROOT / "deploy/nginx/editions.conf"
EDITION = """        proxy_cache_key "$scheme$host$request_uri $newsroom_encoding";
        # include /etc/nginx/snippets/newsroom-edition.conf;"""


@dataclass
class Site:
    """The real site, as an operator would run it, and how to work at its desk."""

    data: Path
    env: dict[str, str]
    port: int
    server: subprocess.Popen
    unread: list[str] = field(default_factory=list)

    def say(self, words: str) -> str:
        return said(self.env, words)

    def new_story(self) -> str:
        """The address of a story that nobody has read. They are written ten at a time, for the desk takes a while to
        open."""
        if not self.unread:
            pieces = [f"The bridge opens, part {next(numbers)}" for _ in range(10)]
            words = f"for piece in {pieces!r}: print(make.article(headline=piece).get_absolute_url())"
            self.unread = self.say(words).split()
        return self.unread.pop()

    def tell_caches(self) -> None:
        """What is owed to the caches in front, said now and not again."""
        self.say(
            "from newsroom.foundations import outbox\n"
            "from newsroom.foundations.models import Job\n"
            "assert outbox.deliver() == 0\n"
            "Job.objects.all().delete()"
        )

    def withdraw(self, address: str) -> None:
        slug = address.strip("/").rpartition("/")[2]
        self.say(
            f"Article.objects.get(slug={slug!r}).withdraw(by=None, expected=1, reason='It rested on a forged document.')"
        )


def said(env: dict[str, str], words: str) -> str:
    """What the newsroom prints when told so at its own command line."""
    words = (
        f"import django; django.setup()\nfrom tests import make\nfrom articles.models import Article\n{words}"
    )
    normalised_words = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert normalised_words.returncode == 0, normalised_words.stderr
    return normalised_words.stdout.strip()


@contextmanager
def running(data: Path, port: int, **variables: str):
    env = machine(data, SITE_ADDRESS=f"https://{nginx.HOST}", PROXIES="1", **variables)
    env["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_until_listening(server, port, seconds=60)
        yield Site(data, env, port, server)
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with an empty newsroom, its static files collected."""
    folder = tmp_path_factory.mktemp("site")
    env = machine(folder, SITE_ADDRESS=f"https://{nginx.HOST}")
    for command in (["migrate"], ["collectstatic", "--no-input"]):
        done = manage(*command, env=env)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(data):
    with running(data, free_port()) as site:
        yield site


@pytest.fixture(scope="module")
def paper(site, tmp_path_factory):
    """The newsroom as readers meet it, behind nginx."""
    with nginx.serving(tmp_path_factory.mktemp("nginx"), site=site.port, data=site.data) as paper:
        yield paper


@pytest.fixture(scope="module")
def article(site):
    """The address of a story with a picture."""
    return site.say("print(make.article(picture=make.image()).get_absolute_url())")


def cached(answer) -> str | None:
    return answer.headers["X-Cache"]


def test_nginx_has_nothing_to_say_against_it(paper):
    said = nginx.check(paper.folder)

    assert "test is successful" in said
    assert "warn" not in said


def test_a_page_is_asked_of_the_site_once(paper, site):
    article = site.new_story()

    first, second = paper.get(article), paper.get(article)

    assert (first.status, cached(first)) == (200, "MISS")
    assert (second.status, cached(second)) == (200, "HIT")
    assert first.body == second.body


def test_each_spelling_is_kept_apart_and_sent_as_the_site_compressed_it(paper, site):
    article = site.new_story()

    for encoding, accepted in WAYS.items():
        kept = [paper.get(article, Accept_Encoding=accepted) for _ in range(2)]

        assert [cached(answer) for answer in kept] == ["MISS", "HIT"]
        assert {answer.headers["Content-Encoding"] for answer in kept} == {encoding}
        assert {answer.headers["Vary"] for answer in kept} == {"Accept-Encoding"}
        assert kept[0].body == kept[1].body


def test_a_reader_who_has_the_page_is_sent_nothing(paper, article):
    etag = paper.get(article).headers["ETag"]

    again = paper.get(article, If_None_Match=etag)

    assert (again.status, again.body) == (304, b"")


def test_an_old_page_is_asked_for_by_etag(paper, site):
    article = site.new_story()
    first = paper.get(article)

    sleep(2.1)
    later = paper.get(article)

    assert cached(later) == "REVALIDATED"
    assert later.body == first.body
    assert cached(paper.get(article)) == "HIT"


def test_what_is_withdrawn_is_gone_within_the_promise(paper, site):
    article = site.new_story()
    paper.get(article)
    site.withdraw(article)
    gone = monotonic() + PROMISE

    while paper.get(article).status == 200 and monotonic() < gone:
        sleep(0.1)

    assert paper.get(article).status == 410


def test_a_form_is_never_kept(paper, site):
    article = site.new_story()
    number = site.say("print(Article.objects.latest('pk').pk)")
    page = f"/comments/{number}/new/"

    answers = [paper.get(page) for _ in range(2)]

    assert article and [answer.status for answer in answers] == [200, 200]
    assert [cached(answer) for answer in answers] == ["MISS", "MISS"]
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


@pytest.mark.parametrize("path", ["/search/?q=ports", "/health/"])
def test_neither_is_what_differs_each_time(paper, path):
    answers = [paper.get(path) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert [cached(answer) for answer in answers] == ["MISS", "MISS"]


def test_whoever_works_at_the_desk_is_served_by_the_site(paper, site):
    article = site.new_story()
    paper.get(article)

    answer = paper.get(article, **DESK)

    assert (answer.status, cached(answer)) == (200, "BYPASS")


@pytest.mark.parametrize("cookie", ["theme=desk", "a-desk=1", "desktop=yes"])
def test_other_cookies_change_nothing(paper, article, cookie):
    paper.get(article)

    assert cached(paper.get(article, Cookie=cookie)) in {"HIT", "REVALIDATED"}


def test_the_desk_is_never_kept(paper):
    answers = [paper.get("/admin/login/") for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert {cached(answer) for answer in answers} == {None}


def test_security_headers_are_said_once(paper, article, site):
    picture = next((site.data / "media").rglob("*.webp")).relative_to(site.data)
    files = paper.get(f"/{picture}").headers, paper.get(f"/static/{stylesheet(site)}").headers

    for headers in (paper.get(article).headers, *files):
        for name in ("Strict-Transport-Security", "X-Content-Type-Options", "Cache-Control"):
            assert len(headers.get_all(name)) == 1, name


def test_the_site_hears_who_asked_and_how(paper, site):
    """Without X-Forwarded-Proto it would send everybody to HTTPS for ever; without Host, it would answer 400."""
    assert paper.get("/").status == 200
    assert paper.get("/", Host="elsewhere.example").status == 400


def test_plain_http_is_sent_to_https(paper):
    answer = paper.get_without_tls("/world/?before=1")

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{nginx.HOST}/world/?before=1"


def test_a_body_is_as_large_as_a_picture_at_the_desk_and_small_elsewhere(paper):
    large = b"x" * (3 * 1024 * 1024)

    assert paper.send("/comments/1/new/", large).status == 413
    assert paper.send("/admin/login/", large).status != 413


# Files


def stylesheet(site) -> str:
    """A stylesheet by the name that its content gave it."""
    return next(path.name for path in (site.data / "static/css").glob("site.*.css")).join(["css/", ""])


@pytest.mark.parametrize(("accepted", "suffix"), [("gzip", ".gz"), ("br, gzip", ".br"), ("", "")])
def test_static_files_are_sent_as_they_were_compressed(paper, site, accepted, suffix):
    if suffix == ".br" and not nginx.BROTLI:
        pytest.skip("libnginx-mod-http-brotli-static is not installed")
    name = stylesheet(site)

    answer = paper.get(f"/static/{name}", Accept_Encoding=accepted)

    assert answer.body == (site.data / "static" / f"{name}{suffix}").read_bytes()
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_name_that_may_get_other_content_is_asked_for_again(paper):
    assert paper.get("/static/css/site.css").headers["Cache-Control"] == "public, max-age=60"
    assert paper.get("/static/css/none.css").headers["Cache-Control"] is None


def test_pictures_are_shown_and_never_obeyed(paper, site, article):
    picture = next((site.data / "media").rglob("*.webp"))

    answer = paper.get(f"/{picture.relative_to(site.data)}")

    assert answer.body == picture.read_bytes()
    assert answer.headers["Content-Type"] == "image/webp"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["/static/../secret_key", "/media/../secret_key", "/static../secret_key", "/media/%2e%2e/secret_key"],
)
def test_nothing_beside_the_public_folders_is_served(paper, site, path):
    (site.data / "secret_key").touch()

    assert paper.get(path).status in {400, 404}


# When the site is down


def test_while_the_site_is_down_the_last_known_pages_and_all_files_are_served(data, tmp_path):
    port = free_port()
    with nginx.serving(tmp_path, site=port, data=data) as paper:
        with running(data, port) as site:
            article, withdrawn = site.new_story(), site.new_story()
            known = paper.get(article).body
            paper.get(withdrawn)
            site.withdraw(withdrawn)
            sleep(PROMISE)
            assert paper.get(withdrawn).status == 410
        sleep(2.1)

        assert (cached(paper.get(article)), paper.get(article).body) == ("STALE", known)
        assert paper.get(withdrawn).status == 410
        assert paper.get("/unknown/").status == 502
        assert paper.get(f"/static/{stylesheet(site)}").status == 200


# Editions


def test_a_site_that_says_when_something_changed_has_its_pages_kept_until_then(data, tmp_path):
    port, listener, names = free_port(), free_port(), free_port()
    changes = {
        "/var/cache/nginx/": f"{tmp_path}/",
        "127.0.0.1:8081": f"127.0.0.1:{listener}",
        "127.0.0.1:8082": f"127.0.0.1:{names}",
    }
    more, snippet = replaced(EDITIONS.read_text(), changes), tmp_path / "edition.conf"
    snippet.write_text(
        replaced(EDITIONS.with_name("edition.conf").read_text(), {"127.0.0.1:8082": f"127.0.0.1:{names}"})
    )

    with (
        running(data, port, CACHES_IN_FRONT=f"nginx://127.0.0.1:{listener}") as site,
        nginx.serving(
            tmp_path, site=port, data=data, more=more, changes={EDITION: f"        include {snippet};"}
        ) as paper,
    ):
        article = site.new_story()
        site.tell_caches()
        first = paper.get(article)
        sleep(2.1)
        kept = paper.get(article)
        site.withdraw(article)
        site.tell_caches()

        assert (first.status, cached(first), cached(kept)) == (200, "MISS", "HIT")
        assert "X-Accel-Expires" not in first.headers
        assert paper.get(article).status == 410
        assert nginx.check(paper.folder).count("warn") == 0


def replaced(text: str, changes: dict[str, str]) -> str:
    for said, meant in changes.items():
        assert said in text, said
        text = text.replace(said, meant)
    return text
