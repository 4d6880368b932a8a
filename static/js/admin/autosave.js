// <auto-save>: what is typed goes to the server every few seconds, and the page says so quietly. A lost line or an expired
// log-in is said at once. What this browser keeps itself (<unsaved-text>) is the second net.

const PAUSE = 1500; // milliseconds after the last key
const LONGEST = 5000; // milliseconds that words wait for the server while somebody types on
const AGAIN = 5000; // milliseconds until the next try over a lost line
const TOO_SLOW = 15000; // milliseconds
const MOST_LEAVING = 60000; // bytes a browser sends after its page is gone
const TICK = 4000;
const TOKEN = "csrfmiddlewaretoken";

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.said = this.querySelector(".autosave-said");
    this.problem = this.querySelector(".autosave-problem");
    this.store = this.form.querySelector("unsaved-text");
    this.name = this.form.elements.namedItem("window");
    this.counter = this.form.elements.namedItem("count");
    this.offers = document.getElementById("unsaved-offers");
    if (!this.name.value) this.begin();
    this.last = "posted" in this.store.dataset ? null : this.store.written();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.wait());
    window.django?.jQuery?.(this.form).on("change", () => this.wait());
    this.form.addEventListener("focusout", () => this.send());
    this.form.addEventListener("submit", (event) => event.submitter?.formTarget || this.stop());
    window.addEventListener("pageshow", () => (this.stopped = false));
    window.addEventListener("pagehide", () => this.send({ leaving: true }));
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
    setInterval(() => this.tick(), TICK);
    this.holdOffers();
    if (this.last === null) this.send();
  }

  // A name for this window, by which the server tells its words from those of another.
  begin() {
    this.name.value = this.newName();
    this.counter.value = 0;
  }

  newName() {
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36).padStart(7, "0")).join("-");
  }

  get count() {
    return Number(this.counter.value) || 0;
  }

  wait() {
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
    this.flight?.abort();
  }

  async send({ leaving = false } = {}) {
    clearTimeout(this.timer);
    const sheet = this.store.written();
    if (this.stopped || sheet === this.last || sheet === this.refused) return;
    if (this.sending && !leaving) return this.wait();
    this.since = null;
    this.counter.value = this.count + 1;
    this.sending = true;
    const answer = await this.ask(this.dataset.url, new FormData(this.form), { leaving });
    this.sending = false;
    if (answer) this.kept(sheet, answer);
  }

  // Words this browser alone has kept are brought to the server, which knows names for keys and compares. True if the
  // server has them now, or has had them and they were saved or discarded since.
  async bring({ sheet, at, window: name, count }, version) {
    const body = new FormData();
    for (const [field, value] of JSON.parse(sheet)) body.append(field, value);
    body.set(TOKEN, this.form.elements.namedItem(TOKEN).value);
    body.set("based_on", version);
    body.set("window", name ?? this.newName());
    body.set("count", (count ?? 0) + 1);
    body.set("age", Math.max(0, Math.round((Date.now() - at) / 1000)));
    const answer = await this.ask(this.dataset.url, body);
    return Boolean(answer) && (answer.closed || (await this.offerAnew()));
  }

  kept(sheet, answer) {
    this.last = sheet;
    this.refused = null;
    if (answer.closed) {
      this.begin();
      return this.sendAnew();
    }
    if (answer.count > this.count) {
      this.counter.value = answer.count; // the same words came from another page of this browser
      return this.sendAnew();
    }
    this.at = Date.now();
    this.tick();
    document.dispatchEvent(new CustomEvent("surroundings", { detail: answer }));
  }

  sendAnew() {
    this.last = null;
    this.wait();
  }

  // The server's answer as an object; null when there is none, and then the page says why.
  async ask(url, body, { leaving = false, again = true } = {}) {
    body.set("person", this.store.dataset.person);
    const fields = new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
    if (leaving && fields.toString().length > MOST_LEAVING) return null;
    this.flight = new AbortController();
    const patience = setTimeout(() => this.flight.abort(), TOO_SLOW);
    const answer = await fetch(url, { method: "POST", body: fields, keepalive: leaving, signal: this.flight.signal }).catch(() => null);
    clearTimeout(patience);
    if (this.stopped || leaving) return null;
    if (answer?.ok && !answer.redirected) {
      this.say("");
      return answer.json();
    }
    if (answer?.status === 403 && again && (await this.renew())) {
      body.set(TOKEN, this.form.elements.namedItem(TOKEN).value);
      return this.ask(url, body, { again: false });
    }
    await this.refusedBy(answer);
    return null;
  }

  // After a log-in in another window the forms of this page need the new token.
  async renew() {
    const answer = await fetch(this.dataset.url).catch(() => null);
    const token = answer?.ok && !answer.redirected && (await answer.json()).token;
    if (!token) return false;
    for (const field of document.querySelectorAll(`input[name=${TOKEN}]`)) field.value = token;
    return true;
  }

  async refusedBy(answer) {
    if (!answer || answer.status >= 500) {
      this.say(this.dataset.lost);
      this.timer = setTimeout(() => this.send(), AGAIN);
    } else if (answer.status === 401 || answer.redirected) {
      this.say(this.dataset.out, true);
      this.timer = setTimeout(() => this.send(), AGAIN);
    } else if (answer.status === 429) {
      this.timer = setTimeout(() => this.send(), 2 * AGAIN);
    } else {
      const words = await answer.json().catch(() => ({}));
      this.refused = this.store.written();
      this.say(words.problem ?? this.dataset.lost);
    }
  }

  say(words, out = false) {
    const safe = words && (this.store.isKept() ? this.dataset.safe : this.dataset.unsafe);
    const all = [words, safe].filter(Boolean).join(" ");
    if (all === this.problem.firstChild?.data) return;
    this.problem.textContent = all;
    if (words) this.said.textContent = "";
    if (out) {
      const link = Object.assign(document.createElement("a"), { href: this.dataset.login, target: "_blank", textContent: this.dataset.again });
      this.problem.append(" ", link);
    }
  }

  tick() {
    if (!this.at || this.problem.textContent) return;
    const seconds = Math.round((Date.now() - this.at) / 1000);
    const ago = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
    this.said.textContent = seconds < 2 ? this.dataset.now : this.dataset.ago.replace("%s", ago);
  }

  // What the server offers now, in the place of what it offered when the page came.
  async offerAnew() {
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.offers.replaceChildren(...[...page.getElementById("unsaved-offers").children].map((offer) => document.adoptNode(offer)));
    this.holdOffers();
    return true;
  }

  holdOffers() {
    for (const offer of this.offers.children) {
      offer.querySelector("form[method=get]").addEventListener("submit", () => this.store.forget(offer.dataset.window));
      offer.querySelector("form[method=post]").addEventListener("submit", (event) => this.discard(event, offer));
    }
  }

  // Forgetting one leaves what has been typed meanwhile alone.
  async discard(event, offer) {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer?.ok) return this.say(this.dataset.lost);
    this.store.forget(offer.dataset.window);
    offer.remove();
    this.refused = null;
    this.say("");
    this.send();
  }
}

customElements.define("auto-save", AutoSave);
