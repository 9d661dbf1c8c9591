import { fileURLToPath } from 'node:url'
import { createEngine } from '../../src/main/engine/engine.ts'
import { writeArt } from '../demo-art/writeArt.ts'

const mediaProgram = fileURLToPath(new URL('../../src/main/media/media.process.ts', import.meta.url))

/**
 * Draws pictures into `folder` and imports them into the library as the program does. They are the newest in it.
 * @throws {Error} unless all were taken in
 */
export async function importPictures(root: string, folder: string, count: number, seed: number): Promise<void> {
  await writeArt(folder, count, seed)
  const engine = await createEngine({ root, serving: false, mediaProgram })
  try {
    const { id } = await engine.request('imports.start', {
      paths: [folder],
      options: { space: 'library' },
      source: 'command-line',
    })
    for (;;) {
      const { state, imported } = await engine.request('imports.get', { id })
      if (state === 'done' || state === 'failed') {
        if (imported !== count) throw new Error(`${imported} of ${count} pictures were imported.`)
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } finally {
    await engine.close()
  }
}
