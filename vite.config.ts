import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the renderer into dist/renderer; nothing in it may be fetched from another host. */
export default defineConfig({
  root: 'src-renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    sourcemap: false,
    // The page's font-src allows files only, so no font may become a data: URL.
    assetsInlineLimit: 0,
    // One warning threshold for the whole app: it is loaded from disk or loopback, never over the internet.
    chunkSizeWarningLimit: 2500,
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
});
