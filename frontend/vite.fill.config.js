import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { webForms } from "./webforms.js";

const web = fileURLToPath(new URL("../src/yanapay/web", import.meta.url));

// The form in the browser stands apart: nothing of it reaches the pages without a form. Chunks are fetched by scripts,
// which Django's storage does not rewrite, so they carry a hash of their own.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [webForms()],
  build: {
    outDir: `${web}/static/build`,
    emptyOutDir: false, // vite.config.js builds first and empties it
    modulePreload: false,
    chunkSizeWarningLimit: 2500,
    target: ["chrome90", "firefox90", "safari15"], // telephones of 2021
    rolldownOptions: {
      checks: { eval: false, pluginTimings: false }, // a parser in web-forms could, where a page allowed it
      input: { fill: "src/fill/page.js", worker: "src/fill/worker.js" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "fill-[name]-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
