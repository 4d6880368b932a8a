"""cloudflare://zone-id — Cloudflare, which keeps both headers to itself. The key is CLOUDFLARE_TOKEN."""

import json
from collections.abc import Sequence

from django.conf import settings

from newsroom.foundations.pagecache.cdn.asking import NotDone, ask
from newsroom.foundations.pagecache.cdn.caches import AFTERWARDS, Cache


class Cloudflare(Cache):
    at_once = 100

    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        kept = f"public, max-age={seconds}, {AFTERWARDS}"
        return {"Cache-Tag": ",".join(keys), "Cloudflare-CDN-Cache-Control": kept}

    def forget(self, keys: Sequence[str]) -> None:
        headers = {"Authorization": f"Bearer {settings.CLOUDFLARE_TOKEN}"}
        url = f"{self.api('https://api.cloudflare.com/client/v4')}/zones/{self.place}/purge_cache"
        said = ask("POST", url, headers=headers, body={"tags": list(keys)})
        if not _succeeded(said):
            raise NotDone("it answered, but without success")


def _succeeded(said: bytes) -> bool:
    try:
        return bool(json.loads(said)["success"])
    except (ValueError, KeyError, TypeError):
        return False
