import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { importedFile, registerFiles, sha256Of } from '../../../src/main/engine/library/fixtures/testLibrary.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { filesBelow, openImportLibrary, temporaryFolder } from '../import/support/importLibrary.ts'

const program = fileURLToPath(new URL('./support/purgeProgram.ts', import.meta.url))
const ASSETS = 900
const DAY = 24 * 3_600_000
const temporary = temporaryFolder()
afterAll(() => temporary.remove())

/** Every third asset is kept, every third shares its stored file with a kept one. */
function fill(root: string): { readonly kept: number } {
  createLibrary(root, 'Test', Date.now())
  const { catalog } = openLibrary(root, () => Date.now())
  const importedAt = Date.now() - 20 * DAY
  for (let number = 0; number < ASSETS; number++) {
    const text = `bytes ${number % 3 === 2 ? number - 1 : number}`
    const sha256 = sha256Of(text)
    const kept = number % 3 === 1
    const storagePath = `originals/2026/11/f.${sha256.slice(0, 12)}.png`
    mkdirSync(dirname(join(root, storagePath)), { recursive: true })
    writeFileSync(join(root, storagePath), text)
    const file = importedFile(`${number}.png`, importedAt, {
      space: kept ? 'library' : 'workspace',
      fileSizeBytes: text.length,
      sha256,
      storagePath,
      expiresAt: kept ? null : importedAt + 7 * DAY,
      another: true,
    })
    registerFiles(catalog, [file])
  }
  catalog.close()
  return { kept: ASSETS / 3 }
}

function run(root: string, killAfterMs: number): Promise<'killed' | 'done'> {
  return new Promise((resolve, reject) => {
    const engine = spawn(process.execPath, [program, root, String(Date.now())], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    let timer: NodeJS.Timeout | undefined
    engine.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      timer ??= setTimeout(() => engine.kill('SIGKILL'), killAfterMs)
    })
    engine.on('error', reject)
    engine.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') resolve('killed')
      else if (output.includes('done')) resolve('done')
      else reject(new Error(`It ended with ${code}: ${output}`))
    })
  })
}

it('an engine that is killed while it expires and removes loses nothing kept, and nothing comes back', async () => {
  const root = join(temporary.path, 'library')
  const { kept } = fill(root)
  let kills = 0
  for (let attempt = 1; (await run(root, Math.random() * 60 * attempt)) === 'killed'; attempt++) {
    kills++
    const { catalog } = openLibrary(root, () => Date.now())
    for (const path of catalog.assets.storagePaths()) expect(existsSync(join(root, path)), path).toBe(true)
    catalog.close()
  }
  expect(kills).toBeGreaterThan(1)

  const library = openImportLibrary(root)
  try {
    expect(await library.importer.sweepUnregistered()).toBe(0)
    expect(library.assets().map(({ space }) => space)).toEqual(Array.from({ length: kept }, () => 'library'))
    const stored = new Set(library.assets().map(({ storage_path }) => join(root, storage_path)))
    expect(new Set(filesBelow(library.folder.originals))).toEqual(stored)
  } finally {
    await library.close()
  }
}, 240_000)
