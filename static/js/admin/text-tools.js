// <text-tools for="id_body">: buttons above a Markdown text. They change the text the way typing does, so undo works.

const SURROUND = { bold: ["**", "**"], italic: ["*", "*"] };
const BEFORE_LINES = { heading: "## ", quote: "> ", list: "- " };

class TextTools extends HTMLElement {
  connectedCallback() {
    if (this.field) return; // moved to its place, once
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field || this.field.disabled) return;
    this.field.before(this);
    this.setAttribute("role", "toolbar");
    this.setAttribute("aria-controls", this.field.id);
    for (const name of ["bold", "italic", "heading", "quote", "list", "link", "picture"]) this.append(this.button(name));
    this.field.addEventListener("keydown", (event) => this.shortcut(event));
  }

  button(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `tool tool-${name}`;
    button.textContent = this.dataset[name];
    button.addEventListener("click", () => this.use(name));
    return button;
  }

  shortcut(event) {
    const name = { b: "bold", i: "italic", k: "link" }[event.key];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    this.use(name);
  }

  use(name) {
    this.field.focus();
    if (name in SURROUND) this.surround(...SURROUND[name]);
    else if (name in BEFORE_LINES) this.beforeLines(BEFORE_LINES[name]);
    else if (name === "link") this.surround("[", "](https://)");
    else this.paste(this.picture());
  }

  // The lead picture's own line if one is chosen, otherwise a line to fill in.
  picture() {
    const chosen = document.querySelector(".picture-card")?.dataset.markdown;
    return `\n\n${chosen || "![…](image:0)"}\n\n`;
  }

  surround(before, after) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    this.paste(before + value.slice(start, end) + after);
    this.field.setSelectionRange(start + before.length, end + before.length);
  }

  beforeLines(mark) {
    const { selectionStart, selectionEnd, value } = this.field;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    this.field.setSelectionRange(start, selectionEnd);
    this.paste(value.slice(start, selectionEnd).replace(/^/gm, mark));
  }

  paste(text) {
    if (!document.execCommand("insertText", false, text)) this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("text-tools", TextTools);
