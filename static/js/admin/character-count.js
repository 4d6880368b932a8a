// Says under a field how long its text is, once that begins to matter: near what is advised, and near what is allowed.
// The field: any input or textarea with data-advised (best length) or maxlength.

function watch(field) {
  const line = document.createElement("p");
  line.className = "count";
  line.setAttribute("aria-live", "polite");
  field.insertAdjacentElement("afterend", line);
  const advised = Number(field.dataset.advised);
  const most = field.maxLength > 0 ? field.maxLength : Infinity;
  const say = () => {
    const length = [...field.value].length;
    line.textContent = `${length} / ${advised}`;
    line.classList.toggle("over", length > advised);
    line.classList.toggle("full", length >= most);
  };
  field.addEventListener("input", say);
  say();
}

for (const field of document.querySelectorAll("[data-advised]")) watch(field);
