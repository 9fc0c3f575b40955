// The inbox: a chosen task opens beside the list without a new page.

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "task-pane") return; // a page that the browser goes back to has no target
  detail.target.closest("main").classList.add("has-task");
  for (const link of document.querySelectorAll(".task-link")) {
    const isChosen = link.getAttribute("href") === location.pathname + location.search;
    if (isChosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  detail.target.focus({ preventScroll: true });
  detail.target.scrollTop = 0;
});
