// What an answer says of itself: its id and, where the form gives one, its name.
export const XML_FILE = "xml_submission_file";

const leaf = (xml, name) => [...xml.getElementsByTagName("*")].find((element) => element.localName === name)?.textContent ?? "";

export async function describe(file) {
  const xml = new DOMParser().parseFromString(await file.text(), "text/xml");
  return { instanceID: leaf(xml, "instanceID"), name: leaf(xml, "instanceName") };
}

// What the form component hands over, complete or not: the XML first, then what was attached.
export function filesOf({ data }) {
  const files = [...data[0].entries()].map(([name, file]) => new File([file], name, { type: file.type }));
  return files.sort((a, b) => (b.name === XML_FILE) - (a.name === XML_FILE));
}

export const unfinished = (root) => root.prepareInstancePayload({ payloadType: "monolithic" });

// The same data as the form component takes it back.
export function asData(files) {
  const data = new FormData();
  for (const file of files) data.set(file.name, file, file.name);
  return data;
}

// Answers known beforehand, as ?question=answer in the address: a planned interview names itself so.
export function withKnown(xform, search) {
  const known = [...new URLSearchParams(search)].filter(([name]) => name !== "draft");
  if (!known.length) return xform;
  const form = new DOMParser().parseFromString(xform, "text/xml");
  const instance = [...form.getElementsByTagName("*")].find(({ localName }) => localName === "instance");
  const leaves = [...instance.getElementsByTagName("*")].filter(({ childElementCount }) => !childElementCount);
  for (const [name, value] of known) {
    const question = leaves.find(({ localName }) => localName === name);
    if (question) question.textContent = value;
  }
  return new XMLSerializer().serializeToString(form);
}
