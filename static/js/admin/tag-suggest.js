// <tag-suggest>: while a tag is typed, the tags there are that begin like it. A plain field with commas without scripts.

const PATIENCE = 200; // milliseconds after the last key

class TagSuggest extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    if (!this.field || this.field.disabled) return;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${this.field.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.field.after(this.list);
    this.field.autocomplete = "off";
    for (const [name, value] of [["role", "combobox"], ["aria-controls", this.list.id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]])
      this.field.setAttribute(name, value);
    this.field.addEventListener("input", (event) => event.isTrusted && this.wait());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
  }

  typed() {
    return this.field.value.slice(this.field.value.lastIndexOf(",") + 1).trim();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    const typed = this.typed();
    if (!typed) return this.close();
    const answer = await fetch(`${this.dataset.address}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || typed !== this.typed()) return;
    const { tags } = await answer.json();
    const given = this.field.value.split(",").map((name) => name.trim().toLowerCase());
    this.show(tags.filter((name) => !given.includes(name.toLowerCase())));
  }

  show(names) {
    this.list.replaceChildren(...names.map((name, index) => this.option(name, index)));
    this.list.hidden = names.length === 0;
    this.field.setAttribute("aria-expanded", String(names.length > 0));
    this.mark(-1);
  }

  option(name, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    option.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the focus
      this.take(option);
    });
    return option;
  }

  key(event) {
    const options = [...this.list.children];
    if (this.list.hidden || !options.length) return;
    if (event.key === "ArrowDown") this.mark(Math.min(this.at + 1, options.length - 1));
    else if (event.key === "ArrowUp") this.mark(Math.max(this.at - 1, 0));
    else if (event.key === "Enter" && this.at >= 0) this.take(options[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  take(option) {
    const before = this.field.value.slice(0, this.field.value.lastIndexOf(",") + 1);
    this.field.value = `${before}${before ? " " : ""}${option.textContent}, `;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

customElements.define("tag-suggest", TagSuggest);
