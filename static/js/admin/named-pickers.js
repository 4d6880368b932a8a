// Says a picker's label when it gets the focus: Select2 draws a box of its own and leaves it without a name.
// Runs before anything draws one: modules run when the page has been read, pickers are drawn when it is ready.

const $ = window.django?.jQuery;
const draw = $?.fn.select2;

function name(select) {
  const box = $(select).data("select2")?.$selection;
  const label = select.labels?.[0];
  if (!box || !label) return;
  label.id ||= `${select.id}_label`;
  const chosen = box.find(".select2-selection__rendered").attr("aria-labelledby", label.id);
  box.attr("aria-labelledby", `${label.id} ${chosen.attr("id") ?? ""}`.trim());
}

if (draw) {
  $.fn.select2 = Object.assign(function (...how) {
    const drawn = draw.apply(this, how);
    this.each((_, select) => name(select));
    return drawn;
  }, draw);
}
