// <unsaved-text>: never lose words. What is being written is kept in this browser until the desk has it; after a crash,
// a closed window or a lost session it is offered again. Kept per person, article and version.

const PATIENCE = 800; // milliseconds after the last key
const SKIPPED = new Set(["csrfmiddlewaretoken", "based_on", "save_over", "window", "count", "instead_of"]);

class UnsavedText extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    const { person, article, version } = this.dataset;
    this.family = `unsaved:${person}:${article}:`;
    this.key = this.family + version;
    this.asOpened = this.written();
    this.dirty = "posted" in this.dataset;
    this.forgetSaved();
    this.offer();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.wait());
    window.django?.jQuery?.(this.form).on("change", () => this.wait());
    this.form.addEventListener("submit", (event) => event.submitter?.formTarget || this.sent());
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    window.addEventListener("pagehide", () => this.dirty && this.keep());
    if (this.dirty) this.keep();
    this.mark();
  }

  // The whole sheet as text, comparable with itself.
  written() {
    return JSON.stringify([...new FormData(this.form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string"));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.dirty = this.written() !== this.asOpened || "posted" in this.dataset;
      this.dirty ? this.keep() : this.drop(this.key);
      this.mark();
    }, PATIENCE);
  }

  keep(more = {}) {
    const held = (name) => this.form.elements.namedItem(name)?.value;
    const names = { window: held("window") || undefined, count: Number(held("count")) || undefined };
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), sheet: this.written(), ...names, ...more }));
    } catch {
      // No room or not allowed: the form itself still holds the text.
    }
  }

  // Does this browser hold the words that are in the form now?
  isKept() {
    this.keep();
    return this.kept(this.key)?.sheet === this.written();
  }

  // The words of this window, which was named by the server.
  forget(name) {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(this.family) && this.kept(key)?.window === name) this.drop(key);
  }

  forgetAll() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(this.family)) this.drop(key);
    this.hidden = true;
  }

  sent() {
    clearTimeout(this.timer);
    if (this.dirty || this.written() !== this.asOpened) this.keep({ sent: true });
    this.dirty = false;
  }

  mark() {
    for (const sign of document.querySelectorAll(".unsaved-mark, [data-when-unsaved]")) sign.hidden = !this.dirty;
  }

  // A newer version of one's own, after one's own sheet was sent: the desk has it.
  forgetSaved() {
    if (!("mine" in this.dataset) || "posted" in this.dataset) return;
    const before = this.family + (Number(this.dataset.version) - 1);
    if (this.kept(before)?.sent) this.drop(before);
    const fresh = `unsaved:${this.dataset.person}:new:0`;
    if (this.dataset.version === "1" && this.kept(fresh)?.sent) this.drop(fresh);
  }

  // What the server kept is on the page. What this browser alone has is brought there first, so that all are compared in
  // words; it is offered from here if that does not succeed.
  async offer() {
    const offers = document.getElementById("unsaved-offers");
    const newest = "posted" in this.dataset ? null : await this.alone();
    offers.classList.add("compared");
    if (newest) this.show(newest);
  }

  // The newest words this browser has, if the server cannot have them. Of one window's words the server keeps the newer.
  async alone() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.family));
    const found = keys.map((key) => ({ key, ...this.kept(key) })).filter(({ sheet }) => sheet && sheet !== this.asOpened);
    const newest = found.sort((one, other) => other.at - one.at)[0];
    if (!newest) return null;
    await customElements.whenDefined("auto-save");
    if (!(await this.form.querySelector("auto-save").bring(newest, newest.key.slice(this.family.length)))) return newest;
    this.drop(newest.key);
    return null;
  }

  show(newest) {
    const at = new Date(newest.at);
    const today = at.toDateString() === new Date().toDateString();
    this.querySelector("[data-when]").textContent = at.toLocaleString(document.documentElement.lang, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
    this.querySelector("[data-restore]").addEventListener("click", () => this.restore(newest));
    this.querySelector("[data-forget]").addEventListener("click", () => this.forgetAll());
    this.hidden = false;
  }

  restore({ key, sheet }) {
    this.makeRoom(JSON.parse(sheet));
    for (const [name, value] of JSON.parse(sheet)) this.fill(name, value);
    for (const box of this.form.querySelectorAll("input[type=checkbox]:not([name=save_over])"))
      box.checked = JSON.parse(sheet).some(([name, value]) => name === box.name && value === box.value);
    if (key !== this.key) this.drop(key);
    this.hidden = true;
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // As many rows of bylines as there were.
  makeRoom(sheet) {
    const rows = document.querySelector("byline-rows");
    const wanted = Number(sheet.find(([name]) => name.endsWith("-TOTAL_FORMS"))?.[1] ?? 0);
    while (rows?.total && Number(rows.total.value) < wanted) rows.add();
  }

  fill(name, value) {
    const field = this.form.elements.namedItem(name);
    if (!field || field instanceof RadioNodeList || field.type === "checkbox" || field.type === "file") return;
    if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value))
      field.add(new Option(value, value));
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.tagName === "SELECT") window.django?.jQuery?.(field).trigger("change");
  }

  kept(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  drop(key) {
    localStorage.removeItem(key);
  }
}

customElements.define("unsaved-text", UnsavedText);
