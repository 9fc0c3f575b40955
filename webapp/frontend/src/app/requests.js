// htmx, with the token that proves that a request comes from our own page.

import htmx from "htmx.org";
import { csrfToken } from "./csrf.js";

window.htmx = htmx; // its own `hx-` extensions look for it there

export { csrfToken };

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRF-Token"] = csrfToken();
});
