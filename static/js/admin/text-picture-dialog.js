// The buttons “Picture” and “Gallery”: a dialog with the pictures there are, and a form for a new one. A picture's file
// dropped on the text, or pasted into it, opens the form.

const PATIENCE = 250; // milliseconds after the last key
const PARTS = ["caption", "search", "pictures", "none", "done", "new", "upload"];

class PictureDialog {
  constructor(tools, kind, file) {
    Object.assign(this, { tools, kind, chosen: new Map() });
    this.place = [tools.field.selectionStart, tools.field.selectionEnd];
    const page = document.getElementById("text-picture-dialog").content.cloneNode(true);
    this.dialog = page.querySelector("dialog");
    document.body.append(page);
    for (const part of PARTS) this[part] = this.dialog.querySelector(`[data-part="${part}"]`);
    for (const part of this.dialog.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.closed());
    this.search.addEventListener("input", () => this.wait());
    this.done.addEventListener("click", () => this.putGallery());
    this.upload?.addEventListener("submit", (event) => this.send(event));
    this.dialog.showModal();
    this.search.focus();
    if (file && this.upload) this.take(file);
    this.ask();
  }

  take(file) {
    const files = new DataTransfer();
    files.items.add(file);
    this.upload.elements.file.files = files.files;
    this.new.open = true;
    this.upload.elements.alt.focus();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PATIENCE);
  }

  async ask() {
    const asked = this.search.value;
    const answer = await fetch(`${this.tools.dataset.choose}?q=${encodeURIComponent(asked)}`).catch(() => null);
    if (asked !== this.search.value) return;
    const pictures = answer?.ok && !answer.redirected ? (await answer.json()).pictures : [];
    this.pictures.replaceChildren(...pictures.map((picture) => this.offer(picture)));
    this.none.hidden = pictures.length > 0;
  }

  offer(picture) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const words = document.createElement("span");
    button.type = "button";
    words.textContent = picture.line;
    button.append(Object.assign(new Image(), { src: picture.thumbnail, alt: "" }), words);
    if (this.kind === "gallery") button.setAttribute("aria-pressed", String(this.chosen.has(picture.number)));
    button.addEventListener("click", () => (this.kind === "gallery" ? this.choose(picture, button) : this.putPicture(picture)));
    item.append(button);
    return item;
  }

  choose(picture, button) {
    if (!this.chosen.delete(picture.number)) this.chosen.set(picture.number, picture);
    button.setAttribute("aria-pressed", String(this.chosen.has(picture.number)));
  }

  putPicture(picture) {
    const caption = this.caption.value.trim().replace(/\s+/g, " ").replace(/"([^"]*)"/g, "“$1”").replace(/["\\`]/g, "’");
    this.put(caption ? picture.markdown.replace(/\)$/, ` "${caption}")`) : picture.markdown);
  }

  putGallery() {
    if (this.chosen.size) this.put(["> [!gallery]", ...[...this.chosen.values()].map((picture) => `> ${picture.markdown}`)].join("\n"));
  }

  put(text) {
    this.text = text;
    this.dialog.close();
  }

  async send(event) {
    event.preventDefault();
    const button = this.upload.querySelector("button");
    const body = new FormData(this.upload);
    body.set("csrfmiddlewaretoken", this.tools.field.form.elements.namedItem("csrfmiddlewaretoken").value);
    button.disabled = true;
    const answer = await fetch(this.upload.action, { method: "POST", body }).catch(() => null);
    button.disabled = false;
    const said = answer?.redirected ? {} : await answer?.json().catch(() => ({}));
    if (said?.picture) this.added(said.picture);
    else this.refused(said?.errors ?? { __all__: [this.upload.dataset.failed] });
  }

  added(picture) {
    if (this.kind === "picture") return this.putPicture(picture);
    this.chosen.set(picture.number, picture);
    this.upload.reset();
    this.refused({});
    this.new.open = false;
    this.search.value = "";
    this.ask();
  }

  refused(errors) {
    for (const line of this.upload.querySelectorAll("[data-error]")) {
      line.textContent = (errors[line.dataset.error] ?? []).join(" ");
      line.hidden = !line.textContent;
      const field = this.upload.elements.namedItem(line.dataset.error);
      if (field) field.setAttribute("aria-invalid", String(!line.hidden));
    }
    this.upload.querySelector('[aria-invalid="true"]')?.focus();
  }

  closed() {
    this.dialog.remove();
    this.tools.field.focus();
    this.tools.field.setSelectionRange(...this.place);
    if (this.text) this.tools.insertBlock(this.text);
  }
}

const picture = (files) => [...(files ?? [])].find((file) => file.type.startsWith("image/"));

await customElements.whenDefined("text-tools");
for (const tools of document.querySelectorAll("text-tools[data-choose]")) {
  tools.addEventListener("text-tool", ({ detail }) => ["picture", "gallery"].includes(detail) && new PictureDialog(tools, detail));
  tools.field.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  tools.field.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault(); // or the browser would leave the story and show the file
    const file = picture(event.dataTransfer.files);
    if (file) new PictureDialog(tools, "picture", file);
  });
  tools.field.addEventListener("paste", (event) => {
    const file = picture(event.clipboardData.files);
    if (!file || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    new PictureDialog(tools, "picture", file);
  });
}
