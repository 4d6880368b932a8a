// <text-tools for="id_body">: buttons and keys for a Markdown text. They change the text the way typing does, so that
// undo takes each back in one step. The modules text-*.js beside this one build on its `replace` and `insertBlock`,
// and answer the "text-tool" event that a button without a behaviour of its own sends.

const STARS = { bold: 2, italic: 1 };
const LINES = {
  heading: { mark: "## ", there: /^#{1,6} +/ },
  quote: { mark: "> ", there: /^> ?/ },
  list: { mark: "- ", there: /^(?:[-*+]|\d{1,9}[.)]) +/ },
};
const FRAMES = { pull: "[!pull]", box: "[!box] ", related: "[!related]" };
const KEYS = { b: "bold", i: "italic", k: "link" };

class TextTools extends HTMLElement {
  connectedCallback() {
    if (this.field) return; // moved to its place, once
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field || this.field.disabled) return this.remove();
    this.field.before(this);
    this.buttons = [...this.querySelectorAll("[data-tool]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.use(button.dataset.tool));
    this.addEventListener("keydown", (event) => this.walk(event));
    this.focusable(this.buttons[0]);
    this.field.addEventListener("keydown", (event) => this.shortcut(event));
    this.field.form.addEventListener("keydown", (event) => this.save(event));
  }

  // Of a toolbar one button is a stop for Tab; arrows lead to the others.
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const place = this.buttons.indexOf(document.activeElement) + step;
    this.focusable(this.buttons.at(place % this.buttons.length)).focus();
  }

  focusable(chosen) {
    for (const button of this.buttons) button.tabIndex = button === chosen ? 0 : -1;
    return chosen;
  }

  shortcut(event) {
    const name = KEYS[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.use(name);
  }

  save(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (!event.repeat) this.field.form.requestSubmit(this.field.form.elements.namedItem("_save"));
  }

  use(name) {
    this.field.focus();
    if (name in STARS) this.emphasise(STARS[name]);
    else if (name in LINES) this.mark(LINES[name]);
    else if (name === "pull" || name === "box") this.frame(FRAMES[name]);
    else if (name === "table") this.insertBlock("| … | … |\n| --- | --- |\n| … | … |", 2, 3);
    else if (name === "footnote") this.footnote();
    else if (name === "embed") this.embed();
    else this.dispatchEvent(new CustomEvent("text-tool", { detail: name }));
  }

  // Bold has two stars and italic one: what is inside as many already loses them.
  emphasise(count) {
    const { value } = this.field;
    let { selectionStart: start, selectionEnd: end } = this.field;
    while (start < end && /[\s*]/.test(value[start])) start += 1;
    while (end > start && /[\s*]/.test(value[end - 1])) end -= 1;
    const stars = Math.min(/\**$/.exec(value.slice(0, start))[0].length, /^\**/.exec(value.slice(end))[0].length);
    const words = value.slice(start, end);
    const mark = "*".repeat(count);
    if (count === 2 ? stars >= 2 : stars % 2) this.replace(start - count, end + count, words, start - count, end - count);
    else if (/\n\s*\n/.test(words)) this.replace(start, end, words.replace(/\S(?:.|\n(?!\s*\n))*/g, (paragraph) => mark + paragraph.trimEnd() + mark));
    else this.replace(start, end, mark + words + mark, start + count, end + count);
  }

  // Whole lines, with the mark before each; without it if every one of them has it.
  mark({ mark, there }) {
    const [start, end] = this.lines();
    const lines = this.field.value.slice(start, end).split("\n");
    const isMarked = lines.every((line) => !line.trim() || there.test(line)) && lines.some((line) => line.trim());
    const one = lines.length === 1;
    const marked = lines.map((line) => (isMarked ? line.replace(there, "") : line.trim() || one ? mark + line.replace(there, "") : line)).join("\n");
    this.replace(start, end, marked, one ? start + marked.length : start, start + marked.length);
  }

  // A quotation whose first line says what it is.
  frame(kind) {
    const [start, end] = this.lines();
    const lines = this.field.value.slice(start, end).split("\n");
    if (lines[0].startsWith(`> ${kind.trim()}`)) {
      const plain = lines.slice(1).map((line) => line.replace(/^> ?/, "")).join("\n");
      return this.replace(start, end, plain, start, start + plain.length);
    }
    this.field.setSelectionRange(start, end);
    const words = lines.map((line) => `> ${line || "…"}`).join("\n");
    const head = `> ${kind}${kind.endsWith(" ") ? "…" : ""}\n`;
    const place = kind.endsWith(" ") ? head.length - 2 : head.length + 2;
    this.insertBlock(head + words, place, kind.endsWith(" ") ? place + 1 : head.length + words.length);
  }

  // The mark here and the note at the end, in one step.
  footnote() {
    const { selectionEnd: end, value } = this.field;
    const number = this.notes() + 1;
    const text = `[^${number}]${value.slice(end).trimEnd()}\n\n[^${number}]: `;
    this.replace(end, value.length, text, end + text.length, end + text.length);
  }

  notes() {
    return Math.max(0, ...[...this.field.value.matchAll(/\[\^(\d{1,4})\]/g)].map((found) => Number(found[1])));
  }

  embed() {
    const chosen = this.selected().trim();
    const url = /^https?:\/\/\S+$/.test(chosen) ? chosen : "https://";
    this.insertBlock(`> [!embed]\n> […](${url})`, 14, 15);
  }

  selected() {
    return this.field.value.slice(this.field.selectionStart, this.field.selectionEnd);
  }

  lines() {
    const { selectionStart, selectionEnd, value } = this.field;
    const end = value.indexOf("\n", selectionEnd);
    return [value.lastIndexOf("\n", selectionStart - 1) + 1, end < 0 ? value.length : end];
  }

  // As a paragraph of its own in the place of the selection, with its letters from `from` to `to` selected.
  insertBlock(text, from = text.length, to = from) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    const before = /\n*$/.exec(value.slice(0, start))[0].length;
    const after = /^\n*/.exec(value.slice(end))[0].length;
    const lead = start === before ? "" : "\n".repeat(Math.max(0, 2 - before));
    const trail = end + after === value.length ? "" : "\n".repeat(Math.max(0, 2 - after));
    this.replace(start, end, lead + text + trail, start + lead.length + from, start + lead.length + to);
  }

  replace(start, end, text, from = start + text.length, to = from) {
    const { field } = this;
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(from, to);
  }

  say(sentence) {
    const line = document.querySelector(`[data-says="${this.field.id}"]`);
    if (line) line.textContent = sentence;
  }
}

customElements.define("text-tools", TextTools);
