"""fastly://service-id — Fastly, which removes both headers before a page goes to a reader. The key is FASTLY_TOKEN."""

from collections.abc import Sequence

from django.conf import settings

from newsroom.foundations.pagecache.cdn.asking import ask
from newsroom.foundations.pagecache.cdn.caches import AFTERWARDS, Cache


class Fastly(Cache):
    at_once = 256

    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        return {"Surrogate-Key": " ".join(keys), "Surrogate-Control": f"max-age={seconds}, {AFTERWARDS}"}

    def forget(self, keys: Sequence[str]) -> None:
        headers = {"Fastly-Key": settings.FASTLY_TOKEN, "Accept": "application/json"}
        url = f"{self.api('https://api.fastly.com')}/service/{self.place}/purge"
        ask("POST", url, headers=headers, body={"surrogate_keys": list(keys)})
