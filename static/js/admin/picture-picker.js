// Shows the picture that is chosen beside the picker, and thumbnails among the suggestions.

const $ = window.django?.jQuery;
const field = document.querySelector(".picture-field");
const select = field?.querySelector("select");

function suggestion(data) {
  const line = document.createElement("span");
  line.className = "picture-suggestion";
  if (data.thumbnail) {
    const thumbnail = document.createElement("img");
    thumbnail.src = data.thumbnail;
    thumbnail.alt = "";
    line.append(thumbnail);
  }
  line.append(data.text);
  return $(line);
}

async function showCard() {
  const box = field.querySelector(".picture-card");
  if (!select.value) {
    box.hidden = true;
    delete box.dataset.markdown;
    return;
  }
  const answer = await fetch(field.dataset.card.replace("/0/", `/${encodeURIComponent(select.value)}/`)).catch(() => null);
  if (!answer?.ok) return;
  const card = await answer.json();
  const thumbnail = box.querySelector("img") ?? box.insertBefore(new Image(), box.firstChild);
  thumbnail.alt = "";
  thumbnail.src = card.thumbnail;
  box.querySelector("p").textContent = [card.alt, card.caption, card.credit, card.size].filter(Boolean).join(" · ");
  box.dataset.markdown = card.markdown;
  box.hidden = false;
  document.getElementById("id_picture_caption")?.setAttribute("placeholder", card.caption);
  document.getElementById("id_picture_alt")?.setAttribute("placeholder", card.alt);
}

if ($ && select) {
  $(() => {
    const { appLabel: app_label, modelName: model_name, fieldName: field_name } = select.dataset;
    const data = ({ term, page }) => ({ term, page, app_label, model_name, field_name });
    if (!select.disabled) $(select).select2({ ajax: { data }, templateResult: suggestion });
    $(select).on("change", showCard);
    showCard();
  });
}
