import { defineConfig } from "vite";

// One classic script with a fixed name, for any page of any site.
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2020",
    emptyOutDir: false,
    lib: { entry: "src/widget.ts", name: "WenzhengWidget", formats: ["iife"], fileName: () => "widget.js" },
  },
});
