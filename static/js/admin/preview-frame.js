// <preview-frame>: lays the page inside out at the width that is chosen beside it, and makes it small enough to be seen
// whole. Without scripts a phone's width is the frame's own, and a desktop's as much of it as there is room for.

const REMEMBERED = "preview-width";

class PreviewFrame extends HTMLElement {
  connectedCallback() {
    this.widths = [...this.closest(".preview").querySelectorAll("[data-width]")];
    const last = this.widths.find((width) => width.value === localStorage.getItem(REMEMBERED));
    if (last) last.checked = true;
    for (const width of this.widths) width.addEventListener("change", () => this.choose(width));
    new ResizeObserver(() => this.fit()).observe(this);
    this.fit();
  }

  // The next article is opened at the same width.
  choose(width) {
    localStorage.setItem(REMEMBERED, width.value);
    this.fit();
  }

  fit() {
    const chosen = this.widths.find((width) => width.checked);
    const wanted = Number(chosen?.dataset.width ?? this.clientWidth);
    const scale = Math.min(1, (this.clientWidth - 1) / wanted) || 1;
    this.style.setProperty("--width", `${wanted}px`);
    this.style.setProperty("--scale", scale);
    this.classList.add("is-fitted");
  }
}

customElements.define("preview-frame", PreviewFrame);
