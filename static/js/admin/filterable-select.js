// Long lists to choose from can be filtered by typing. Without scripts they are plain lists.

const $ = window.django?.jQuery;

if ($) $(() => $("select.filterable").select2({ width: "100%" }));
