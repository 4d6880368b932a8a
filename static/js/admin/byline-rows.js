// <byline-rows>: add, remove and reorder the bylines by buttons. Without scripts the rows' own numbers and boxes do it.

class BylineRows extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.template = this.querySelector("template");
    this.total = document.getElementById(`id_${this.dataset.prefix}-TOTAL_FORMS`);
    this.adder = this.querySelector("[data-add]");
    if (!this.adder) return;
    this.classList.add("enhanced");
    this.adder.hidden = false;
    this.adder.addEventListener("click", () => this.add());
    for (const row of this.list.children) this.enhance(row);
    this.number();
  }

  add() {
    const number = this.total.value;
    const row = this.template.content.firstElementChild.cloneNode(true);
    for (const part of row.querySelectorAll("[name], [id], [for]"))
      for (const name of ["name", "id", "for"])
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__prefix__", number));
    this.list.append(row);
    this.total.value = Number(number) + 1;
    this.enhance(row);
    this.number();
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: this.dataset.prefix } }));
    row.querySelector("select").focus();
  }

  enhance(row) {
    const buttons = document.createElement("span");
    buttons.className = "byline-buttons";
    buttons.append(
      this.button("↑", this.dataset.up, () => row.previousElementSibling?.before(row)),
      this.button("↓", this.dataset.down, () => row.nextElementSibling?.after(row)),
      this.button("✕", this.dataset.remove, () => {
        row.querySelector("[name$=DELETE]").checked = true;
        row.hidden = true;
      }),
    );
    row.append(buttons);
  }

  button(sign, words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = words;
    button.setAttribute("aria-label", words);
    button.addEventListener("click", () => {
      act();
      this.number();
      button.focus();
      this.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  }

  number() {
    [...this.list.children].forEach((row, index) => (row.querySelector("[name$=ORDER]").value = index + 1));
  }
}

customElements.define("byline-rows", BylineRows);
