// The problem tree: keys in its outline, and a picture that stays where it was while parts of the page change.
const KEYS = {
  ArrowDown: (line, lines) => lines[lines.indexOf(line) + 1]?.focus(),
  ArrowUp: (line, lines) => lines[lines.indexOf(line) - 1]?.focus(),
  ArrowRight: (line) => open(line, "add"),
  "+": (line) => open(line.closest("ul").closest("li")?.querySelector("[data-node]") ?? centre(), "add"),
  Delete: (line) => open(line, "remove"),
};
const AFTER = {
  add: () => document.querySelector("#tree [data-add=cause] [name=text]") ?? document.querySelector("#tree [data-add] [name=text]"),
  effect: () => document.querySelector("#tree [data-add=effect] [name=text]"),
  remove: () => {
    const form = document.querySelector("#tree [data-remove]");
    form?.closest("details")?.setAttribute("open", "");
    return form?.querySelector("button");
  },
};
let then = "";
let place = null;

const centre = () => document.querySelector("#tree .outline [data-node]");

// Opens a problem; `next` says where the cursor goes when its panel is there.
function open(line, next) {
  if (line.getAttribute("aria-current") && AFTER[next]()) return AFTER[next]().focus();
  then = next;
  line.click();
}

function pressed(event) {
  const line = event.target.closest("#tree [data-node]");
  const act = line && !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act(line, [...document.querySelectorAll("#tree [data-node]")]);
}

// The chosen box comes into the middle of its frame; the page itself does not move.
function centred(frame, smooth) {
  const box = (frame.querySelector("[data-box] rect + rect") ?? frame.querySelector("[data-box] [font-weight='600']"))?.closest("a");
  if (!box) return;
  const [inner, outer] = [box.getBoundingClientRect(), frame.getBoundingClientRect()];
  const seen = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
  if (seen && smooth) return;
  frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
}

function shown(tree) {
  const frame = tree?.querySelector(".tree-picture");
  tree?.querySelector(".tree-keys")?.removeAttribute("hidden");
  if (!frame) return;
  const fit = tree.querySelector(".tree-fit");
  if (place) {
    [frame.scrollLeft, frame.scrollTop] = place.scroll;
    if (fit) fit.checked = place.fit;
  }
  centred(frame, Boolean(place));
}

function remember() {
  const frame = document.querySelector("#tree .tree-picture");
  if (frame) place = { scroll: [frame.scrollLeft, frame.scrollTop], fit: document.querySelector("#tree .tree-fit")?.checked };
}

// After a change the cursor goes where the next thing is typed: the line for another cause, what was refused, the outline.
function settle() {
  const tree = document.getElementById("tree");
  if (!tree) return;
  shown(tree);
  const asked = tree.dataset.then === "effect" ? "effect" : tree.dataset.then ? "add" : then;
  then = "";
  const goal = tree.querySelector("[role=alert], [aria-invalid=true]") ?? AFTER[asked]?.() ?? tree.querySelector("[data-node][aria-current]");
  const narrow = matchMedia("(width < 62rem)").matches;
  if (narrow && goal?.matches("[data-node]")) tree.querySelector("#panel")?.scrollIntoView({ block: "start" });
  else goal?.focus({ preventScroll: !narrow && !asked });
}

export function enhanceTree(root) {
  if (!root.getElementById("tree")) return;
  shown(root.getElementById("tree"));
  root.addEventListener("keydown", pressed);
  root.addEventListener("htmx:before:request", remember);
  root.addEventListener("htmx:after:swap", settle);
  const asked = root.getElementById("tree").dataset.then;
  if (asked) AFTER[asked === "effect" ? "effect" : "add"]()?.focus();
}
