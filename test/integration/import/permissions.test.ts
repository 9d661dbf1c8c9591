import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { filesBelow, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

const program = fileURLToPath(new URL('./support/importProgram.ts', import.meta.url))
const NOBODY = 65_534
const temporary = temporaryFolder()
afterAll(() => {
  chmodSync(join(temporary.path, 'source/closed'), 0o700)
  temporary.remove()
})

describe.skipIf(process.platform === 'win32')('files that may not be read', () => {
  it('are failures of their own, and the rest goes on', async () => {
    const isRoot = process.getuid?.() === 0
    const source = join(temporary.path, 'source')
    const root = join(temporary.path, 'library')
    mkdirSync(join(source, 'closed'), { recursive: true })
    for (const [name, seed] of [
      ['good.jpg', 1],
      ['secret.jpg', 2],
      ['closed/inside.jpg', 3],
    ] as const) {
      writeFileSync(join(source, name), await jpeg(seed))
    }
    mkdirSync(root)
    if (isRoot)
      for (const path of [temporary.path, source, root, ...filesBelow(source), join(source, 'closed')])
        chownSync(path, NOBODY, NOBODY)
    chmodSync(join(source, 'secret.jpg'), 0)
    chmodSync(join(source, 'closed'), 0)

    // Root may read everything, so the import runs as nobody in particular.
    const run = spawnSync(process.execPath, [program, root, '{}', source], {
      encoding: 'utf8',
      ...(isRoot
        ? { uid: NOBODY, gid: NOBODY, env: { ...process.env, HOME: temporary.path, TMPDIR: temporary.path } }
        : {}),
    })
    expect([run.status, run.stderr]).toEqual([0, ''])
    const library = openImportLibrary(root)
    try {
      const [summary] = library.importer.list()
      const failures = library.importer.failures(summary!.id)
      expect(summary).toMatchObject({ state: 'done', imported: 1, failed: 2 })
      expect(failures.map(({ path, code }) => [path.slice(source.length + 1), code]).sort()).toEqual([
        ['closed', 'permission_denied'],
        ['secret.jpg', 'permission_denied'],
      ])
    } finally {
      await library.close()
    }
  })
})
