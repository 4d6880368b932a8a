"""varnish://host:port — Varnish with deploy/varnish/newsroom.vcl, which finds pages by the keys in `xkey`."""

from collections.abc import Sequence

from newsroom.foundations.pagecache.cdn.asking import ask
from newsroom.foundations.pagecache.cdn.caches import AFTERWARDS, Cache


class Varnish(Cache):
    at_once = 100  # in one header, which may have 8 kB

    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        return {"xkey": " ".join(keys), "Surrogate-Control": f"max-age={seconds}, {AFTERWARDS}"}

    def forget(self, keys: Sequence[str]) -> None:
        ask("PURGE", f"http://{self.place}/", headers={"xkey": " ".join(keys)})
