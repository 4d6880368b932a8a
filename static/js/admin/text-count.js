// <text-count for="id_body">: how many words, and how long they take to read. Links and marks are no words.

const WORD = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gu;
const NO_WORDS = /\]\([^)\n]*\)|^\[\^\d+\]:|\[\^\d+\]|\[!\w+\]/gm;
const A_MINUTE = 230; // words, as articles/models/article.py counts
const PATIENCE = 300; // milliseconds after the last key

class TextCount extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field) return;
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.count(), PATIENCE);
    });
    this.count();
  }

  count() {
    const words = this.field.value.replace(NO_WORDS, "] ").match(WORD)?.length ?? 0;
    const minutes = Math.max(1, Math.round(words / A_MINUTE));
    const shown = new Intl.NumberFormat(document.documentElement.lang).format(words);
    this.textContent = words ? this.dataset.words.replace("{words}", shown).replace("{minutes}", minutes) : "";
  }
}

customElements.define("text-count", TextCount);
