import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { SHIPPED_PACKAGES } from './scripts/shipped-packages.ts'

/**
 * The oldest Electron that the shell, the preload and the renderer must run on is 33 (Node 20.18, Chromium 130); the
 * engine, the media workers and the command line share the shell's build and so its target.
 */
const NODE_TARGET = 'node20.18'
const PAGE_TARGET = 'chrome130'

/** Loaded at run time instead of bundled. */
const EXTERNAL = ['electron', ...SHIPPED_PACKAGES]

/** One program for each process that runs outside the page; the name is the file's name in out/main. */
const PROGRAMS = {
  index: 'src/main/index.ts',
  'engine.process': 'src/main/engine/engine.process.ts',
  'media.process': 'src/main/media/media.process.ts',
  'intake.thread': 'src/main/engine/library/import/intake.thread.ts',
  'check.thread': 'src/main/engine/library/verify/check.thread.ts',
  'checkpoint.thread': 'src/main/engine/catalog/checkpoint.thread.ts',
  'dump.thread': 'src/main/engine/sync/checkpoints/dump.thread.ts',
  'reader.thread': 'src/main/engine/catalog/reader/reader.thread.ts',
  'scan.thread': 'src/main/engine/library/watched/scan.thread.ts',
  vitrine: 'src/main/cli/vitrine.ts',
}

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      externalizeDeps: false,
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: PROGRAMS,
        external: EXTERNAL,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      externalizeDeps: false,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        external: EXTERNAL,
        // A sandboxed preload script can't be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: PAGE_TARGET,
      outDir: resolve('out/renderer'),
      minify: true,
      // The page comes from disk in one read; splitting it would only make it slower.
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: [resolve('src/renderer/index.html'), resolve('src/renderer/poster.html')] },
    },
  },
})
