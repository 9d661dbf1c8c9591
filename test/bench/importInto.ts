import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../../scripts/build.mjs'
import { createEngine } from '../../src/main/engine/engine.ts'
import type { RequestInput } from '../../src/shared/contract/requests.ts'

/** As it is built: what a person runs, without the time that source files take to be stripped of their types. */
const mediaProgram = fileURLToPath(new URL('../../out/main/media.process.js', import.meta.url))

/**
 * Imports a folder into a new library and returns how long it took until the import was done, in seconds: with the start
 * of the decoders, without making the library.
 * @throws {Error} if not exactly `count` files were imported
 */
export async function importInto(
  library: string,
  folder: string,
  options: RequestInput<'imports.start'>['options'],
  count: number,
): Promise<number> {
  buildIfStale()
  await mkdir(library)
  const engine = await createEngine({ root: library, create: { name: 'Bench' }, serving: false, mediaProgram })
  try {
    const began = performance.now()
    const { id } = await engine.request('imports.start', { paths: [folder], options, source: 'command-line' })
    for (;;) {
      const { state, imported } = await engine.request('imports.get', { id })
      if (state === 'done') {
        if (imported !== count) throw new Error(`${imported} of ${count} files were imported.`)
        return (performance.now() - began) / 1000
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    await engine.close()
  }
}
