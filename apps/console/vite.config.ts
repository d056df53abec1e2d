import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/**
 * The console's pages: relative addresses, so that a gateway may serve them under any path, and a target that the
 * browsers of domestic office PCs run. `__CSP_NONCE__` is replaced by the server in every answer.
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'chrome88',
    cssTarget: 'chrome88',
    outDir: '../../dist/console',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      // The big screen is a page of its own over the same pieces: what it opens beside the picture are the desk's pages.
      input: [join(import.meta.dirname, 'index.html'), join(import.meta.dirname, 'screen/index.html')],
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            { name: 'map', test: /node_modules[\\/](ol|rbush|quickselect|earcut|color-\w+)[\\/]/, priority: 30 },
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/, priority: 20 },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|dayjs)[\\/]/, priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5170,
    proxy: { '/api': { target: loadEnv(mode, import.meta.dirname, 'ANGRID_').ANGRID_API ?? 'http://127.0.0.1:8080' } },
  },
}))
