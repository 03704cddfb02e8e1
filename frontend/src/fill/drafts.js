// The answer is written to this device while it is being given: shortly after every touch, and when the page hides.
import { describe, filesOf, unfinished } from "./answer.js";
import * as store from "./store.js";

const PAUSE = 700; // milliseconds after the last touch
const TOUCHES = ["input", "change", "click", "load"]; // a large photograph is there only when it is shown, seconds later

export function keepDraft(host, root, about, told) {
  let timer, stopped = false, saving = Promise.resolve();
  const before = unfinished(root).then((data) => filesOf(data)[0].text()); // nothing answered, nothing to keep

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    const files = filesOf(await unfinished(root));
    if ((await files[0].text()) === (await before)) return;
    const answer = { ...about(), ...(await describe(files[0])), files, state: "draft", message: "" };
    if (stopped) return;
    told(answer, await store.keep(answer));
  }

  const touched = () => { clearTimeout(timer); timer = setTimeout(() => { saving = save().catch(console.error); }, PAUSE); };
  const hidden = () => { if (timer && document.visibilityState === "hidden") saving = save().catch(console.error); };
  for (const event of TOUCHES) host.addEventListener(event, touched, true);
  document.addEventListener("visibilitychange", hidden);

  return async function stop() {
    stopped = true;
    clearTimeout(timer);
    for (const event of TOUCHES) host.removeEventListener(event, touched, true);
    document.removeEventListener("visibilitychange", hidden);
    await saving;
  };
}
