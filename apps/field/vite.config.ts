import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/** The phone's pages: relative addresses, so that a gateway or a government app may serve them under any path. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'chrome88',
    cssTarget: 'chrome88',
    outDir: '../../dist/field',
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/, priority: 20 },
            { name: 'store', test: /node_modules[\\/]dexie[\\/]/, priority: 20 },
            { name: 'schema', test: /node_modules[\\/]zod[\\/]/, priority: 20 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5171,
    proxy: { '/api': { target: loadEnv(mode, import.meta.dirname, 'ANGRID_').ANGRID_API ?? 'http://127.0.0.1:8080' } },
  },
}))
