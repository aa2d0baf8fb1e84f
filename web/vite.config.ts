import { defineConfig } from 'vite'

/**
 * Both browser apps: `vite build web/<app> --config web/vite.config.ts --outDir ../../dist/<app>`.
 * Nothing is inlined, so that a strict Content-Security-Policy can allow files of our own alone.
 */
export default defineConfig({
  build: {
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      onLog(level, log, report) {
        // Libraries mark their files for frameworks that render on a server; nothing here does.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
      },
    },
  },
})
