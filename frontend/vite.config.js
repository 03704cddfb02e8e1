import { fileURLToPath } from "node:url";
import purgecss from "@fullhuman/postcss-purgecss";
import { defineConfig } from "vite";
import { webForms } from "./webforms.js";

const web = fileURLToPath(new URL("../src/yanapay/web", import.meta.url));

// Tabler is the toolbox: only the classes that a template, a view or our script names are shipped.
const purge = purgecss({
  content: [`${web}/templates/**/*.{html,txt}`, `${web}/**/*.py`, "src/**/*.js"],
  safelist: { standard: ["show", "disabled", "active", "open"], greedy: [/^htmx-/] },
  variables: true,
  keyframes: true,
});

// Names stay the same from build to build; Django's static storage adds the content hash. Chunks are fetched by
// scripts, which Django does not rewrite: they carry a hash of their own.
export default defineConfig({
  base: "./",
  publicDir: false,
  css: { postcss: { plugins: [purge] } },
  plugins: [webForms()],
  build: {
    outDir: `${web}/static/build`,
    emptyOutDir: true,
    modulePreload: false,
    chunkSizeWarningLimit: 4000, // the form component, on the form page only (docs/dependencies.md)
    target: ["chrome90", "firefox90", "safari15"], // telephones of 2021
    rolldownOptions: {
      checks: { eval: false, pluginTimings: false }, // a parser inside web-forms could, where a page allowed it
      input: { app: "src/app.js", fill: "src/fill/page.js", worker: "src/fill/worker.js" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "fill-[name]-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
