// The words of the palette, the context pad, menus and the panel, in Bahasa Indonesia where the page is.

import { language } from "../editor/words.js";
import { INDONESIAN, typeInIndonesian } from "./indonesian.js";

export function translate(template, replacements = {}) {
  const text = (language === "id" && (INDONESIAN[template] ?? typeInIndonesian(template))) || template;
  return text.replace(/{([^}]+)}/g, (whole, key) => replacements[key] ?? whole);
}

export const TranslateModule = { translate: ["value", translate] };
