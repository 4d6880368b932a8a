/* <comment-form>: opens the comment form where the reader is, sends it from there, and keeps what was typed until
   the paper has acknowledged it. Without scripts its link leads to the same form on a page of its own. */

const ENTRY = "form.comment-entry";
const RECEIVED = "[data-comment-received]";

/* Private windows and full disks refuse storage; writing a comment must work there too. */
const drafts = {
  key: (form) => `comment-draft:${new URL(form.action).pathname}`,
  keep(form) { attempt(() => localStorage.setItem(drafts.key(form), form.elements.text.value)); },
  kept(form) { return attempt(() => localStorage.getItem(drafts.key(form))) ?? ""; },
  forget(form) { attempt(() => localStorage.removeItem(drafts.key(form))); },
};

function attempt(action) {
  try { return action(); } catch { return undefined; }
}

async function ask(address, options = {}) {
  const response = await fetch(address, { headers: { Accept: "text/html" }, ...options });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { page, address: response.url };
}

class CommentForm extends HTMLElement {
  static opened = null;  // the one asked for last, whether or not its form has come

  connectedCallback() {
    this.link = this.querySelector("a[href]:not(form a)");
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("submit", (event) => this.submitted(event));
    this.addEventListener("input", () => drafts.keep(this.form));
    if (this.form) this.restore();
  }

  get form() { return this.querySelector(ENTRY); }

  clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a");
    if (!link) return;
    if (link === this.link) { event.preventDefault(); this.open(); }
    else if (this.link && link.matches(".cancel")) { event.preventDefault(); this.close(); this.link.focus(); }
  }

  submitted(event) {
    event.preventDefault();
    this.send();
  }

  async open() {
    if (CommentForm.opened === this) return;
    CommentForm.opened?.close();
    CommentForm.opened = this;
    try {
      const { page, address } = await ask(this.link.href);
      if (CommentForm.opened !== this) return;
      const form = page.querySelector(ENTRY);
      if (!form) throw new Error("no form there");
      this.show(form, address);
      this.form.querySelector("textarea, input:not([type=hidden])").focus();
    } catch {
      if (CommentForm.opened !== this) return;
      CommentForm.opened = null;
      location.assign(this.link.href);  // the page itself will say why
    }
  }

  close() {
    CommentForm.opened = null;
    this.replaceChildren(this.link);
  }

  show(form, address) {
    this.replaceChildren(document.importNode(form, true));
    if (!this.form.getAttribute("action")) this.form.action = address;
    this.restore();
  }

  restore() {
    const text = this.form.elements.text;
    if (text && !text.value) text.value = drafts.kept(this.form);
  }

  async send() {
    const form = this.form;
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      this.answered(await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
    } catch {
      this.explain(form.querySelector("[data-unsent]").dataset.unsent);
    }
    form.ariaBusy = "false";
  }

  answered({ page, address }) {
    const received = page.querySelector(RECEIVED);
    const form = page.querySelector(ENTRY);
    if (received) this.acknowledge(received);
    else if (form) this.correct(form, address);
    else this.explain(page.querySelector("main .notice, main h1").textContent.trim());
  }

  acknowledge(received) {
    drafts.forget(this.form);
    CommentForm.opened = null;
    this.replaceChildren(document.importNode(received, true));
    this.announce(this.firstElementChild);
  }

  correct(form, address) {
    this.show(form, address);
    this.announce(this.querySelector("[role=alert]:not([hidden])"));
  }

  explain(sentence) {
    const alert = this.querySelector("[data-unsent]");
    alert.textContent = sentence;
    alert.hidden = false;
    this.announce(alert);
  }

  announce(notice) {
    if (!notice) return;
    notice.tabIndex = -1;
    notice.focus();
  }
}

customElements.define("comment-form", CommentForm);

/* Sent as a plain form, before this module had loaded: the page that acknowledges it names the draft. */
for (const received of document.querySelectorAll(RECEIVED)) {
  attempt(() => localStorage.removeItem(`comment-draft:${received.dataset.commentReceived}`));
}
