// <copy-text data-label="Copy" data-done="Copied">: a button that copies the field inside. Without scripts one selects it.

class CopyText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: this.dataset.label });
    this.said = document.createElement("span");
    this.said.setAttribute("role", "status");
    this.button.addEventListener("click", () => this.copy());
    this.append(this.button, this.said);
  }

  // The clipboard is for secure pages only; elsewhere the text is selected, ready for Ctrl+C.
  async copy() {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      this.said.textContent = this.dataset.done;
    } catch {
      this.field.focus();
    }
  }
}

customElements.define("copy-text", CopyText);
