// <live-preview data-form="article_form">: lays the text out again a moment after the last key.
// Its buttons work without scripts: the form is sent into the frame. With scripts only what stands in the frame is
// replaced, so that the place one was reading stays in sight and the Back button goes back to where one came from.
// Nothing in it can be followed: the site sends previews without links.

const PATIENCE = 1200; // milliseconds after the last change

class LivePreview extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    this.buttons = [...this.querySelectorAll("button")];
    this.choose(this.buttons[0]);
    this.frame = this.querySelector("iframe");
    this.status = this.querySelector("[role=status]");
    if (!this.form || !this.button) return;
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.wait());
    window.django?.jQuery?.(this.form).on("change", () => this.wait()); // pickers tell only jQuery
    this.form.addEventListener("submit", (event) => this.buttons.includes(event.submitter) && this.pressed(event));
    new IntersectionObserver((entries) => this.seen(entries.at(-1).isIntersecting)).observe(this);
  }

  // Of several buttons the one pressed last says what is shown: the page, its cards, a search result.
  choose(button) {
    this.button = button;
    if (this.buttons.length > 1) for (const each of this.buttons) each.setAttribute("aria-pressed", each === button);
  }

  pressed(event) {
    if (event.submitter !== this.button) this.frame.contentDocument.scrollingElement?.scrollTo(0, 0);
    this.choose(event.submitter);
    this.refresh(event);
  }

  // Nothing is laid out while the pane is out of sight.
  seen(visible) {
    this.visible = visible;
    if (visible && this.stale !== false) this.wait(0);
  }

  wait(patience = PATIENCE) {
    this.stale = true;
    clearTimeout(this.timer);
    if (this.visible) this.timer = setTimeout(() => this.refresh(), patience);
  }

  async refresh(event) {
    event?.preventDefault();
    this.stale = false;
    this.status.textContent = this.dataset.waiting;
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const answer = await fetch(this.button.formAction, { method: "POST", body: new FormData(this.form) }).catch(() => null);
    if (asked !== this.asked) return; // something newer is on its way
    if (!answer || answer.redirected || answer.status >= 500 || [401, 403].includes(answer.status)) {
      this.status.textContent = this.dataset.failed;
      return;
    }
    this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    this.status.textContent = "";
  }

  show(page) {
    const shown = this.frame.contentDocument;
    const place = shown.scrollingElement?.scrollTop ?? 0;
    const styles = (document) => [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")).join();
    if (styles(shown) !== styles(page)) shown.head.replaceChildren(...this.adopted(shown, page.head));
    shown.body.className = page.body.className;
    shown.documentElement.lang = page.documentElement.lang;
    shown.body.replaceChildren(...this.adopted(shown, page.body));
    if (shown.scrollingElement) shown.scrollingElement.scrollTop = place;
  }

  adopted(document, parent) {
    return [...parent.childNodes].map((node) => document.adoptNode(node));
  }
}

customElements.define("live-preview", LivePreview);
