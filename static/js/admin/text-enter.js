// In a list or a quotation, Enter begins the next item; on an empty one it ends them. Shift and Enter only breaks the
// line. Listens to what the browser is about to do, not to the key: phones and input methods send no key.

const PREFIX = /^(?<indent> *)(?<quote>(?:> ?)*)(?<item>(?<sign>[-*+]|(?<number>\d{1,8})(?<dot>[.)])) +)?(?<words>.*)$/;

function next({ indent, quote, item, number, dot }) {
  return indent + quote + (number ? item.replace(number + dot, Number(number) + 1 + dot) : (item ?? ""));
}

function goOn(tools, event) {
  const { selectionStart: place, selectionEnd, value } = tools.field;
  if (event.inputType !== "insertLineBreak" || event.isComposing || tools.plainEnter || place !== selectionEnd) return;
  const start = value.lastIndexOf("\n", place - 1) + 1;
  const found = PREFIX.exec(value.slice(start, place)).groups;
  if (!found.quote && !found.item) return;
  event.preventDefault();
  if (found.words.trim()) tools.replace(place, place, `\n${next(found)}`);
  else tools.replace(start, place, "");
}

await customElements.whenDefined("text-tools");
for (const tools of document.querySelectorAll("text-tools")) {
  tools.field.addEventListener("keydown", (event) => (tools.plainEnter = event.key === "Enter" && event.shiftKey));
  tools.field.addEventListener("beforeinput", (event) => goOn(tools, event));
}
