import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const web = fileURLToPath(new URL("../src/yanapay/web", import.meta.url));

// The public site has a style sheet of its own, and one script that only the map asks for.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: process.env.YANAPAY_BUILD ?? `${web}/static/build`,
    emptyOutDir: false, // vite.config.js builds first and empties it
    modulePreload: false,
    assetsInlineLimit: 8192,
    target: ["chrome90", "firefox90", "safari14"],
    rolldownOptions: {
      input: { public: "src/public.css", map: "src/map.js" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
