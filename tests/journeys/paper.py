"""Every page of the paper that the front page leads to, read by a patient visitor without a browser."""

from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from bs4 import BeautifulSoup


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    text: str

    @property
    def is_page(self):
        return self.headers.get("Content-Type", "").startswith("text/html")

    def links(self, address):
        """Where its links lead, without what is only for staff."""
        soup = BeautifulSoup(self.text, "html.parser")
        targets = {
            urldefrag(urljoin(address, link["href"])).url for link in soup.find_all(["a", "link"], href=True)
        }
        return {target for target in targets if urlsplit(target).netloc == urlsplit(address).netloc}


def ask(address):
    request = Request(address, headers={"Accept": "text/html,*/*"})
    try:
        with urlopen(request, timeout=30) as response:
            return Answer(response.status, response.headers, response.read().decode("utf-8", "replace"))
    except HTTPError as refusal:
        return Answer(refusal.code, refusal.headers, refusal.read().decode("utf-8", "replace"))


def read_all(front):
    """Each address the paper links to, and what it answers. Conversations' forms are read once, being all alike."""
    answers, waiting, forms = {}, [front], set()
    while waiting:
        address = waiting.pop()
        if address in answers or form_seen(address, forms):
            continue
        answers[address] = answer = ask(address)
        if answer.is_page:
            waiting += sorted(answer.links(address) - answers.keys(), reverse=True)
    return answers


def form_seen(address, seen):
    """Has a form of this kind, new or reply, been read before?"""
    steps = urlsplit(address).path.strip("/").split("/")
    kind = steps[2:3] if steps[0] == "comments" else None
    if kind is None:
        return False
    known = tuple(kind) in seen
    seen.add(tuple(kind))
    return known
