// The answers on this device, as both pages list them: what each waits for, and what can be done with it.
// The words stand in the page (templates/surveys/filling/device.html): an element shows when its data-when says so.
import { loadFile, saveFile } from "./files.js";
import { flush, sending } from "./queue.js";
import * as store from "./store.js";

const EVERY = 60_000; // milliseconds between tries while something waits

const when = (root, words) => {
  for (const element of root.querySelectorAll("[data-when]")) {
    element.hidden = !element.dataset.when.split(" ").some((word) => words.includes(word));
  }
};

const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
const stateOf = ({ instanceID, state }) => (sending.has(instanceID) ? "sending" : state);

function actions(answer, line) {
  const on = (name, act) => line.querySelector(`[data-do=${name}]`).addEventListener("click", act);
  on("retry", async () => { await store.keep({ ...answer, state: "waiting", message: "" }); });
  on("save", () => saveFile(answer));
  on("drop", ({ target }) => { if (confirm(target.dataset.sure)) store.drop(answer.instanceID); });
}

function line(answer, template, me) {
  const item = template.content.cloneNode(true).firstElementChild;
  const owner = answer.user.id === me ? "mine" : "other";
  const set = (name, text) => { item.querySelector(`[data-text=${name}]`).textContent = text; };
  set("title", answer.name && owner === "mine" ? `${answer.title}: ${answer.name}` : answer.title);
  set("moment", moment.format(answer.changed));
  set("owner", answer.user.name);
  set("message", owner === "mine" ? (answer.message ?? "") : "");
  item.querySelector("[data-continue]").href = `${answer.page}?draft=${encodeURIComponent(answer.instanceID)}`;
  when(item, [owner, stateOf(answer), `${owner}-${stateOf(answer)}`]);
  actions(answer, item);
  return item;
}

// Why things wait: no line, nobody signed in, or somebody else.
function reason(who, me) {
  if (!who) return "offline";
  if (!who.user) return "signed-out";
  return who.user.id === me ? "here" : "somebody-else";
}

// A page that was kept while another person was signed in makes way for that of whoever is signed in now.
function makeWay() {
  navigator.serviceWorker?.controller?.postMessage({ keep: [location.pathname], reload: true });
}

export function showDevice(device, open) {
  const me = Number(device.dataset.user);
  const template = device.querySelector("template");
  let answers = [], signedOut = false;

  async function draw() {
    answers = (await store.all()).filter(({ instanceID }) => instanceID !== open.instanceID);
    device.querySelector("ul").replaceChildren(...answers.map((answer) => line(answer, template, me)));
    device.hidden = answers.length === 0 && !signedOut && !device.hasAttribute("data-always");
    when(device.querySelector("[data-empty]"), answers.length ? [] : ["empty"]);
    when(device.querySelector(".card-header"), waiting().length ? ["waiting"] : []);
  }

  const waiting = () => answers.filter(({ state }) => state === "waiting");

  async function tryNow() {
    const who = await flush();
    signedOut = who !== null && !who.user;
    when(device.querySelector("[data-reasons]"), waiting().length || signedOut ? [reason(who, me)] : []);
    for (const name of device.querySelectorAll("[data-somebody]")) name.textContent = who?.user?.name ?? "";
    if (reason(who, me) === "somebody-else" && !open.instanceID) makeWay();
    await draw();
  }

  store.changes.addEventListener("change", draw);
  addEventListener("online", tryNow);
  device.querySelector("[data-do=flush]").addEventListener("click", tryNow);
  device.querySelector("input[type=file]")?.addEventListener("change", async ({ target }) => {
    await loadFile(target, { id: me, name: device.dataset.name });
    await tryNow();
  });
  setInterval(() => { if (waiting().length && navigator.onLine) tryNow(); }, EVERY);
  return draw().then(tryNow).then(() => tryNow);
}
