// htmx, with the token that proves that a request comes from our own page.

import htmx from "htmx.org";

window.htmx = htmx; // its own `hx-` extensions look for it there

export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRF-Token"] = csrfToken();
});
