// <text-pictures for="id_body">: under a text, which pictures it names, and whose they are. Made on the server; here it
// follows what is typed.

const PATIENCE = 500; // milliseconds after the last key
const NAMED = /image:(\d{1,18})/g;

class TextPictures extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    this.list = this.querySelector("ul");
    if (!this.field || this.field.disabled) return;
    this.shown = this.list.children.length ? this.named().join() : "";
    this.follow();
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.follow(), PATIENCE);
    });
  }

  named() {
    const numbers = [...this.field.value.matchAll(NAMED)].map((found) => Number(found[1]));
    return [...new Set(numbers)].sort((one, other) => one - other);
  }

  async follow() {
    const numbers = this.named();
    if (numbers.join() === this.shown) return;
    const asked = numbers.join();
    const answer = numbers.length ? await fetch(`${this.dataset.choose}?numbers=${asked}`).catch(() => null) : null;
    if (numbers.length && (!answer?.ok || answer.redirected)) return;
    if (asked !== this.named().join()) return;
    const pictures = answer ? (await answer.json()).pictures : [];
    const known = new Map(pictures.map((picture) => [picture.number, picture]));
    this.list.replaceChildren(...numbers.map((number) => this.item(number, known.get(number))));
    this.shown = asked;
  }

  item(number, picture) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const code = document.createElement("code");
    code.textContent = `image:${number}`;
    words.append(code, " ", picture?.line ?? this.dataset.missing);
    if (picture) item.append(Object.assign(new Image(), { src: picture.thumbnail, alt: "" }));
    else item.className = "is-missing";
    item.append(words);
    return item;
  }
}

customElements.define("text-pictures", TextPictures);
