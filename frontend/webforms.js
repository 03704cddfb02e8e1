// What we change in @getodk/web-forms while building, until it offers it itself. The version is pinned; a change that
// no longer finds its place stops the build, so nothing is lost silently when it is renewed.
import { readFileSync } from "node:fs";

const PACKAGE = /@getodk[\\/]web-forms[\\/]dist[\\/](index-|MapBlock)[^\\/]*\.js$/;
const STYLES = /@getodk[\\/]web-forms[\\/]dist[\\/]index\.js$/;
const WORDS = JSON.parse(readFileSync(new URL("src/fill/words.es.json", import.meta.url), "utf8"));
const SAY = "__yanapaySay";
const PHOTO_PIXELS = 2048; // the longer side, unless the form's max-pixels says otherwise
const BLANK_TILE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

// [where, what it says, what it shall say]
const CHANGES = [
  // A draft is restored under its own instanceID; the component only offers edits, which get a new one.
  ["index-", "oA = await AA.editInstance(rA, nA);",
    "oA = tA.editInstance.draft ? await AA.restoreInstance({ data: [tA.editInstance.draft] }, nA) : await AA.editInstance(rA, nA);"],
  ["index-", "const rA = resolvableFormInstanceInput(tA.editInstance)",
    "const rA = tA.editInstance.draft ? null : resolvableFormInstanceInput(tA.editInstance)"],
  // Our pages have styles of their own; theirs would undo them for everything around the form.
  ["index-", "tA.textContent = resetStyles", 'tA.textContent = ""'],
  // An edit shows a point as the first filling did, not on a map whose pictures would come from another host.
  ["index-", 'EA.value = QA.instance?.mode === "edit";', "EA.value = !1;"],
  ["MapBlock", "https://tile.openstreetmap.org/{z}/{x}/{y}.png", BLANK_TILE],
  ["MapBlock", '&#169; <a href="https://www.openstreetmap.org/copyright" target="_blank">OpenStreetMap</a> contributors.', ""],
  // A default that is computed (today) is written when the form opens, also where the question is asked only later;
  // the component passed over those, and they stayed empty.
  ["index-", "if (!untrack(() => eA.isRelevant()))\n        return;\n      const rA = untrack(", "const rA = untrack("],
  // A draft does not hold what was not asked yet: when it is taken up again, such questions get their defaults then.
  ["index-", 'isInstanceFirstLoad = (eA) => eA.rootDocument.initializationMode === "create" &&',
    'isInstanceFirstLoad = (eA) => (eA.rootDocument.initializationMode === "create" || eA.rootDocument.initializationMode === "restore" && !eA.instanceNode) &&'],
  // A photograph is made smaller before it waits for a line, also where the form does not say how small.
  ["index-", "aA(uA, AA.question.maxPixels).then(", `aA(uA, AA.question.maxPixels ?? ${PHOTO_PIXELS}).then(`],
  ["index-", "new File([nA], eA.name)", "new File([nA], eA.name, { type: nA.type })"],
  // Pictures are made smaller on the page itself: its policy allows no workers made of text, and without an answer
  // from them the picture never came.
  ["index-", 'features: ["js", "wasm", "ww"]', 'features: ["js", "wasm"]'],
  // Sentences that are put together from parts.
  ["index-", 'QA === 1 ? "1 question with error." : `${QA} questions with errors.`', `${SAY}.errors(QA)`],
];

function change(code, id) {
  let changed = code;
  for (const [where, before, after] of CHANGES) {
    if (!id.includes(where)) continue;
    if (!changed.includes(before)) throw new Error(`@getodk/web-forms no longer says: ${before}`);
    changed = changed.replace(before, () => after);
  }
  return changed;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// "Send" becomes say("Send") unless it is the name of a key, and `File: ${…}` becomes `${say("File: ")}${…}`.
function translate(code, seen) {
  let changed = code;
  for (const phrase of Object.keys(WORDS)) {
    const quoted = JSON.stringify(phrase);
    const spoken = `${SAY}(${quoted})`;
    const shapes = [[`(?<!case )${escaped(quoted)}`, spoken], [escaped("`" + phrase + "${"), "`${" + spoken + "}${"]];
    for (const [before, after] of shapes) {
      changed = changed.replace(new RegExp(before, "g"), () => { seen.add(phrase); return after; });
    }
  }
  return changed;
}

// 700 kB of fonts: the letters of the device do as well.
const withoutFonts = (code) => ({ code: code.replace(/@font-face\s*\{[^}]*\}/g, ""), map: null });

export function webForms() {
  const seen = new Set();
  return {
    name: "yanapay-web-forms",
    transform(code, id) {
      if (STYLES.test(id)) return withoutFonts(code);
      if (!PACKAGE.test(id)) return null;
      const words = JSON.stringify(new URL("src/fill/words.js", import.meta.url).pathname);
      const spoken = translate(change(code, id), seen);
      return { code: `import { say as ${SAY} } from ${words};\n${spoken}`, map: null };
    },
    buildEnd(error) {
      const lost = Object.keys(WORDS).filter((phrase) => !seen.has(phrase));
      if (!error && lost.length) throw new Error(`@getodk/web-forms no longer says: ${lost.join(" | ")}`);
    },
  };
}
