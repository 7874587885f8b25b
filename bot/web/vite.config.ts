import { defineConfig } from "vite";

// Relative addresses: the server may serve the built files under any prefix.
export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    manifest: true,
    modulePreload: { polyfill: false },
    // Never as data: in scripts or styles, so that the content security policy stays narrow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: ["src/chat.tsx", "src/pages.ts"] },
  },
});
