import { defineConfig } from "vite";

export default defineConfig({
  base: "/graphql/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5_000,
  },
  worker: { format: "es" },
});
