// The buttons “Link” and “Related story”: a dialog that takes a URL, or finds one of the paper's own live stories.

const PATIENCE = 250; // milliseconds after the last key
const LINK = /\[([^\]\n]*)\]\(([^)\s]*)\)/g;

class LinkDialog {
  constructor(tools, kind) {
    Object.assign(this, { tools, kind });
    const page = document.getElementById("text-link-dialog").content.cloneNode(true);
    this.dialog = page.querySelector("dialog");
    document.body.append(page);
    this.find();
    for (const part of ["words", "target", "search", "stories", "none"]) this[part] = this.dialog.querySelector(`[data-part="${part}"]`);
    for (const part of this.dialog.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
    this.words.value = this.current.words;
    this.target.value = this.current.target;
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.link(event));
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.search.addEventListener("input", () => this.wait());
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.dialog.addEventListener("close", () => this.closed());
    this.dialog.showModal();
    (kind === "link" ? this.target : this.search).focus();
    this.ask();
  }

  // The link the cursor stands in, or what is selected.
  find() {
    const { selectionStart: start, selectionEnd: end, value } = this.tools.field;
    const around = [...value.matchAll(LINK)].find((found) => found.index <= start && end <= found.index + found[0].length);
    const chosen = value.slice(start, end);
    const isUrl = /^https?:\/\/\S+$/.test(chosen.trim());
    this.current = around
      ? { start: around.index, end: around.index + around[0].length, words: around[1], target: around[2] }
      : { start, end, words: isUrl ? "" : chosen, target: isUrl ? chosen.trim() : "" };
  }

  link(event) {
    event.preventDefault();
    if (this.kind !== "link") return;
    const target = this.target.value.trim().replace(/[\s()]/g, (sign) => encodeURIComponent(sign).replace("(", "%28").replace(")", "%29"));
    const words = this.words.value.trim() || target;
    this.put(target ? `[${words}](${target})` : words);
  }

  take(story) {
    const words = story.headline.replace(/[[\]\\]/g, "\\$&");
    if (this.kind === "related") this.done = () => this.tools.insertBlock(`> [!related]\n> [${words}](${story.path})`);
    else return this.put(`[${this.words.value.trim() || words}](${story.path})`);
    this.dialog.close();
  }

  // Once the dialog has given the focus back.
  put(text) {
    this.done = () => this.tools.replace(this.current.start, this.current.end, text);
    this.dialog.close();
  }

  closed() {
    this.dialog.remove();
    this.tools.field.focus();
    this.done?.();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    const asked = this.search.value;
    const answer = await fetch(`${this.tools.dataset.linkable}?q=${encodeURIComponent(asked)}`).catch(() => null);
    if (asked !== this.search.value) return;
    const stories = answer?.ok && !answer.redirected ? (await answer.json()).stories : [];
    this.stories.replaceChildren(...stories.map((story) => this.offer(story)));
    this.none.hidden = stories.length > 0;
  }

  offer(story) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const when = document.createElement("span");
    button.type = "button";
    button.textContent = story.headline;
    when.textContent = story.when;
    button.append(" ", when);
    button.addEventListener("click", () => this.take(story));
    item.append(button);
    return item;
  }
}

await customElements.whenDefined("text-tools");
for (const tools of document.querySelectorAll("text-tools[data-linkable]"))
  tools.addEventListener("text-tool", ({ detail }) => ["link", "related"].includes(detail) && new LinkDialog(tools, detail));
