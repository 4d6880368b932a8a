// <article-presence>: who else has this article open, and whether a newer version was saved. Asked while the page is seen,
// and told by the answers of <auto-save> as well.

const BEAT = 20000; // milliseconds

class ArticlePresence extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById("article_form");
    document.addEventListener("surroundings", (event) => this.show(event.detail));
    document.addEventListener("visibilitychange", () => document.hidden || this.beat());
    window.addEventListener("pagehide", () => this.ask({ leaving: "1" }, true));
    setInterval(() => this.beat(), BEAT);
    this.beat();
  }

  async beat() {
    const answer = await this.ask({});
    if (answer?.status === 401) document.querySelector("auto-save")?.refusedBy(answer);
    if (answer?.status === 403) await document.querySelector("auto-save")?.renew();
    if (answer?.ok && !answer.redirected) this.show(await answer.json());
  }

  ask(more, keepalive = false) {
    const value = (name) => this.form.elements.namedItem(name)?.value ?? "";
    const token = "csrfmiddlewaretoken";
    const body = new URLSearchParams({ [token]: value(token), based_on: value("based_on"), ...more });
    return fetch(this.dataset.url, { method: "POST", body, keepalive }).catch(() => null);
  }

  // Only what has changed is put in, so that nothing is read out twice.
  show({ present, newer }) {
    this.tell("[data-present]", present.join(" "));
    this.tell("[data-newer-words]", newer?.sentence ?? "");
    const link = this.querySelector("a");
    link.hidden = !newer;
    if (newer) link.href = newer.url;
    this.hidden = !present.length && !newer;
  }

  tell(where, words) {
    const place = this.querySelector(where);
    if (place.textContent !== words) place.textContent = words;
  }
}

customElements.define("article-presence", ArticlePresence);
