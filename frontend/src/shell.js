// "/" goes to the search, menus close on a click elsewhere or Escape, a form's errors get the focus.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

function focusSearch(event) {
  const search = document.querySelector("[data-search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || !search || typing(event.target)) return;
  event.preventDefault();
  search.select();
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll(".popup[open], .drawer[open]")) {
    const elsewhere = event.type === "click" && !menu.contains(event.target);
    if (!elsewhere && event.key !== "Escape") continue;
    menu.open = false;
    if (event.key === "Escape") menu.querySelector("summary").focus();
  }
}

// The filters are long on a phone: they start folded there.
function foldFacets(root) {
  if (matchMedia("(min-width: 62rem)").matches) return;
  for (const facets of root.querySelectorAll(".facets[open]")) facets.open = false;
}

export function enhanceShell(root) {
  root.addEventListener("keydown", focusSearch);
  root.addEventListener("click", closeMenus);
  root.addEventListener("keydown", closeMenus);
  foldFacets(root);
  root.querySelector("[data-focus]")?.focus();
}
