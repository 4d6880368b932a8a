"""Every kind of page: accessible in light and dark, valid, quiet, and without a word to anybody else."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from tests.journeys import paper
from tests.journeys.conftest import ROOT

LEAD = "canada-and-mexico-close-ranks-before-trade-talks"
GONE = "town-to-sell-its-reservoir"
PAGES = {
    "front": "/",
    "main section": "/world/",
    "section": "/world/americas/",
    "article": LEAD,
    "withdrawn article": GONE,
    "contributor": "a[href^='/by/']",
    "tag": "a[href^='/topics/']",
    "empty search": "/search/",
    "search": "/search/?q=trade",
    "search without results": "/search/?q=zyzzyva",
    "feeds": "/feeds/",
    "standing page": "/about/",
    "comment form": "a[href^='/comments/'][href$='/new/']",
    "error form": "a[href^='/comments/'][href$='/error/']",
    "corrections": "/corrections/",
    "missing page": "/no/such/page/",
}
# To wait for `finished` would be to wait for ever, where nothing paints the page or an animation has no end.
STILL = "document.getAnimations().forEach(each => { try { each.finish() } catch { each.cancel() } })"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXPECTED = re.compile(r"status of (404|410)")  # of the page itself, where that is what is looked at
CHECKER = ROOT / ".ci/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="session")
def everything(newsroom):
    return paper.read_all(f"{newsroom.address}/")


@pytest.fixture
def visit(page, articles):
    """Open a page of PAGES: by address, by the slug of a story, or by the first such link under the lead."""

    def open_page(name):
        place = PAGES[name]
        if place.startswith("a["):
            page.goto(articles[LEAD])
            place = page.locator(place).first.get_attribute("href")
        page.goto(articles.get(place, place))
        return page

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_light_and_dark(page, visit, name):
    visit(name)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def violations(page):
    """What axe objects to: the rule, the elements, and what would put it right."""
    page.evaluate(STILL)  # colours that still change
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], node["target"], node["failureSummary"]) for each in found for node in each["nodes"]]


@contextmanager
def complaints_of(page):
    """What this page's console says meanwhile: broken policies, failing scripts, files that are not there."""
    complaints = []

    def said(message):
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            complaints.append(message.text)

    def failed(problem):
        complaints.append(str(problem))

    page.on("console", said)
    page.on("pageerror", failed)
    yield complaints
    page.remove_listener("console", said)
    page.remove_listener("pageerror", failed)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_else_and_the_browser_has_no_complaint(page, visit, newsroom, name):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    with complaints_of(page) as complaints:
        visit(name)

    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(newsroom.address).netloc}
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(new_context, visit, name):
    url = visit(name).url

    for width in (320, 768, 1440):
        page = new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(url)
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, width


def test_every_link_leads_somewhere(everything):
    assert {address: answer.status for address, answer in everything.items() if answer.status != 200} == {}


def test_no_page_sets_a_cookie(everything):
    setting = [address for address, answer in everything.items() if "Set-Cookie" in answer.headers]

    assert [address for address in setting if "/comments/" not in address] == []


def test_every_page_is_valid_html(everything, articles, newsroom, tmp_path):
    if not (CHECKER.exists() and shutil.which("java")):
        pytest.skip("the Nu HTML checker is not installed; it needs Java and `npm ci --prefix .ci`")
    pages = {address: answer for address, answer in everything.items() if answer.is_page}
    for address in (articles[GONE], "/no/such/page/"):
        pages[address] = paper.ask(newsroom.address + address)

    assert complaints_about(pages, tmp_path) == []


def complaints_about(pages, folder):
    """What the Nu HTML checker says, each with the page it says it about."""
    names = {}
    for number, (address, answer) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(answer.text)
        names[file.as_uri()] = address
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", str(folder)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True).stderr)["messages"]
    return [(names.get(each["url"], each["url"]), each["message"], each.get("extract")) for each in said]


def head(answer):
    """What the head of a page says of it: its title, and what search engines and those who share it are told."""
    soup = BeautifulSoup(answer.text, "html.parser")
    named = {
        tag.get("name") or tag.get("property"): tag["content"] for tag in soup.find_all("meta", content=True)
    }
    canonical = soup.find("link", rel="canonical")
    return named | {"title": soup.title.text, "canonical": canonical and canonical["href"]}


@pytest.fixture(scope="session")
def heads(everything):
    return {address: head(answer) for address, answer in everything.items() if answer.is_page}


TOLD = ["title", "description", "canonical", "og:url", "og:type", "og:title", "og:description", "og:image"]


def test_every_page_says_what_it_is(heads):
    missing = {address: [name for name in TOLD if not said.get(name)] for address, said in heads.items()}

    assert {address: names for address, names in missing.items() if names} == {}


def test_no_two_things_bear_the_same_title(heads):
    things = defaultdict(set)
    for said in heads.values():
        things[said["title"]].add(said["canonical"].partition("?")[0])

    assert {title: found for title, found in things.items() if len(found) > 1} == {}
