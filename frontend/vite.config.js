import { fileURLToPath } from "node:url";
import purgecss from "@fullhuman/postcss-purgecss";
import { defineConfig } from "vite";

const web = fileURLToPath(new URL("../src/yanapay/web", import.meta.url));

// Tabler is the toolbox: only the classes that a template, a view or our script names are shipped.
const purge = purgecss({
  content: [`${web}/templates/**/*.{html,txt}`, `${web}/**/*.py`, "src/**/*.js"],
  safelist: { standard: ["show", "disabled", "active", "open"], greedy: [/^htmx-/] },
  variables: true,
  keyframes: true,
});

// Names stay the same from build to build; Django's static storage adds the content hash.
export default defineConfig({
  publicDir: false,
  css: { postcss: { plugins: [purge] } },
  build: {
    outDir: `${web}/static/build`,
    emptyOutDir: true,
    modulePreload: false,
    target: ["chrome90", "firefox90", "safari14"], // telephones of 2021
    rolldownOptions: {
      input: "src/app.js",
      output: { entryFileNames: "app.js", assetFileNames: "app[extname]" },
    },
  },
});
