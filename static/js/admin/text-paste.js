// What is pasted from word processors and web pages becomes Markdown; the server reads it. Pasting without formatting
// stays as it is. A URL pasted over words makes them a link.

const PATIENCE = 10_000; // milliseconds; then the bare words go in
const MOST = 1_000_000; // letters the server takes
const SAYS_SOMETHING = /<(?:h[1-6]|p|b|strong|i|em|a|ul|ol|li|table|blockquote|s|sup|sub)[\s>]|font-weight|font-style/i;
const BLOCK = /\n|^(?:#{1,6} |> |- |1\. |\| )/;
const SPELLED_OUT = /data:[\w/+.-]{1,60};base64,[\w+/=%]*/g; // pictures, which are left out anyway

async function converted(tools, html) {
  const body = new FormData();
  body.set("html", html);
  body.set("notes", tools.notes());
  body.set("csrfmiddlewaretoken", tools.field.form.elements.namedItem("csrfmiddlewaretoken").value);
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(tools.dataset.paste, { method: "POST", body, signal }).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.json().catch(() => null) : null;
}

async function takeIn(tools, html, plain) {
  const { selectionStart, selectionEnd } = tools.field;
  tools.field.readOnly = true; // what is typed meanwhile would stand in the wrong place
  tools.say(tools.dataset.pasting);
  const clean = html.length > MOST ? null : await converted(tools, html);
  tools.field.readOnly = false;
  tools.field.setSelectionRange(selectionStart, selectionEnd);
  const text = clean?.markdown ?? plain;
  if (BLOCK.test(text)) tools.insertBlock(text);
  else tools.replace(selectionStart, selectionEnd, text);
  tools.say(clean ? clean.left_out.join(" ") : tools.dataset.pastedPlain);
}

function paste(tools, event) {
  const html = event.clipboardData.getData("text/html").replace(SPELLED_OUT, "data:");
  const plain = event.clipboardData.getData("text/plain");
  const { selectionStart: start, selectionEnd: end } = tools.field;
  tools.say("");
  if (start !== end && /^https?:\/\/\S+$/.test(plain.trim()) && !/[\n\][]/.test(tools.selected())) {
    event.preventDefault();
    const target = plain.trim().replace(/\(/g, "%28").replace(/\)/g, "%29");
    tools.replace(start, end, `[${tools.selected()}](${target})`);
  } else if (SAYS_SOMETHING.test(html)) {
    event.preventDefault();
    takeIn(tools, html, plain);
  }
}

await customElements.whenDefined("text-tools");
for (const tools of document.querySelectorAll("text-tools[data-paste]"))
  tools.field.addEventListener("paste", (event) => event.defaultPrevented || tools.field.readOnly || paste(tools, event));
