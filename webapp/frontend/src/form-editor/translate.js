// The words of the form editor; build.mjs puts calls of this in the place of its English texts.

import { language } from "../editor/words.js";
import { FORMS } from "../modeller/indonesian-forms.js";
import { PANEL } from "../modeller/indonesian-panel.js";

export const inWords = (text) => (language === "id" && (FORMS[text] ?? PANEL[text])) || text;
