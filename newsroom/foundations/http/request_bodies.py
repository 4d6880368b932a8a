"""What a request brings along (a comment, a story, a picture) is taken in whole before anybody works on it."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from tempfile import SpooledTemporaryFile
from threading import Condition

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.http.plain_responses import BUSY, Application, Environ, Refusal, StartResponse

LETTER = 512 * 1024  # bytes kept in memory; what is longer goes to a file
BESIDES = 1024 * 1024  # bytes of a form besides its picture
CHUNK = 64 * 1024
AT_ONCE = 12  # requests whose body is on its way
FROM_ONE_ADDRESS = 4  # of them
LINE = 50  # who wait to send: each holds a thread
SENDING = AT_ONCE + LINE  # threads all these take
PATIENCE = 2.0  # seconds they wait

CLOSE = (("Connection", "close"),)  # rather than read on what we do not want
UNMEASURED = Refusal("411 Length Required", _("Please say how long it is."), CLOSE)
TOO_MUCH = Refusal("413 Content Too Large", _("This is more than we take at once."), CLOSE)
INCOMPLETE = Refusal("400 Bad Request", _("Not all of it has arrived. Please send it again."), CLOSE)


class Receiving:
    """Before an application, so that those who send slowly keep nobody from working.

    `at_once` so many may be sending, and `from_one_address` so many of them from one network address; the others wait.
    Behind proxies of ours, who send only what they have received whole, all come from one address and that limit does
    not count.
    """

    def __init__(
        self,
        application: Application,
        *,
        at_once: int = AT_ONCE,
        from_one_address: int = FROM_ONE_ADDRESS,
        patience: float = PATIENCE,
    ) -> None:
        self.application, self.at_once, self.patience = application, at_once, patience
        self.from_one_address = at_once if settings.PROXIES else from_one_address
        self.largest = settings.PICTURE_MAX_BYTES + BESIDES
        self._senders: Counter[str] = Counter()
        self._waiting = 0
        self._changed = Condition()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if "HTTP_TRANSFER_ENCODING" in environ or not length.isdecimal():
            return UNMEASURED(environ, start_response)
        if int(length) > self.largest:
            return TOO_MUCH(environ, start_response)
        ask = self.application if length == "0" else self._receive(environ, int(length))
        return ask(environ, start_response)

    def _receive(self, environ: Environ, length: int) -> Application:
        """The application to ask once the request is here, or the refusal to answer with."""
        address = environ.get("REMOTE_ADDR", "")
        if not self._begin(address):
            return BUSY
        try:
            body = SpooledTemporaryFile(max_size=LETTER)  # noqa: SIM115  (closed with the request that holds it)
            environ["wsgi.input"], sender = body, environ["wsgi.input"]
            while (missing := length - body.tell()) and (chunk := sender.read(min(missing, CHUNK))):
                body.write(chunk)
            body.seek(0)
            return INCOMPLETE if missing else self.application
        finally:
            self._end(address)

    def _begin(self, address: str) -> bool:
        with self._changed:
            if not self._may_send(address) and not self._wait(address):
                return False
            self._senders[address] += 1
            return True

    def _may_send(self, address: str) -> bool:
        return self._senders.total() < self.at_once and self._senders[address] < self.from_one_address

    def _wait(self, address: str) -> bool:
        if self._waiting >= LINE:
            return False
        self._waiting += 1
        try:
            return self._changed.wait_for(partial(self._may_send, address), self.patience)
        finally:
            self._waiting -= 1

    def _end(self, address: str) -> None:
        with self._changed:
            self._senders[address] -= 1
            self._senders += Counter()  # forget those who are gone
            self._changed.notify_all()
