/* A slug proposed from a name while it is typed, as newsroom/foundations/text.py would make it. Django's own way drops
   the signs that belong to the letters of many scripts. */

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}]/gu;
const NOT_IN_A_SLUG = /[^-_\p{L}\p{N}\p{Mn}\p{Mc}\s]/gu;

window.URLify = (words, longest) =>
  words
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .toLowerCase()
    .replaceAll("i\u0307", "i")
    .replace(NOT_IN_A_SLUG, "")
    .trim()
    .replace(/[-\s]+/g, "-")
    .normalize("NFC")
    .slice(0, longest)
    .replace(/^[-_]+|[-_]+$/g, "");
