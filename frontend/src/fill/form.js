// The one place that knows @getodk/web-forms: it draws the form and hands over what was answered.
import { createApp } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { keepNamed } from "./names.js";
import { teachCalendar } from "./words.js";

// «Español (es)» is for a page in Spanish; a form of one language has nothing to choose.
function speak(root) {
  const wanted = document.documentElement.lang.slice(0, 2);
  const language = root.languages.find(({ language: name }) => name?.includes(`(${wanted})`));
  if (language) root.setLanguage(language);
}

// The component shows its data to nobody; its header is given it, and a mixin meets every component.
const meetRoot = (met) => ({ created() { if (this.$options.__name === "FormHeader") met(this.$props.form); } });

const fileName = (url) => url.pathname.split("/").pop();

export function drawForm(host, { xml, media, username, draft, edit, opened, submitted }) {
  const app = createApp(OdkWebForm, {
    formXml: xml,
    fetchFormAttachment: (url) => fetch(media + encodeURIComponent(decodeURIComponent(fileName(url)))),
    preloadProperties: { username },
    trackDevice: isSecureContext,
    editInstance: draft ? { draft } : edit,
    onSubmit: (payload) => { if (payload.status === "ready") submitted(payload); },
  });
  app.use(webFormsPlugin);
  teachCalendar(app);
  app.mixin(meetRoot((root) => { speak(root); opened(root); }));
  app.mount(host);
  keepNamed();
  return app;
}
