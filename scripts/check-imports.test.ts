import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkImports, type ImportViolation } from './check-imports.ts'
import { importRules } from './import-rules.ts'

/** A source tree in which each file breaks rules; the comments say which. */
const OFFENDING: Record<string, string> = {
  'shared/domain/pure.ts': 'export const pure = 1',
  'shared/contract/impure.ts': `
    import { readFileSync } from 'node:fs'                               // shared-packages
    import type { Decoder } from '../../main/media/decoder.ts'           // shared-is-pure
    import { z } from 'zod'`,
  'renderer/features/viewer/Viewer.tsx': `
    import { Grid } from '../library/Grid.tsx'                           // features-stand-alone
    import { join } from 'node:path'                                     // renderer-without-node
    import { app } from 'electron'                                       // electron-in-shell-and-preload
    import { pure } from '../../../shared/domain/pure.ts'
    export const Viewer = () => <Grid />`,
  'renderer/features/library/Grid.tsx': `
    import type { Bridge } from '../../../preload/index.ts'              // renderer-to-shared
    import { useState } from 'react'
    export const Grid = () => null`,
  'preload/index.ts': `
    import { contextBridge } from 'electron'
    import { z } from 'zod'                                              // preload-packages
    import { pure } from '../shared/domain/pure.ts'                      // preload-to-contract
    export type Bridge = 1`,
  'main/index.ts': `
    import { app } from 'electron'
    import { keepAssets } from './engine/library/keepAssets.ts'          // shell-to-shared
    import './shell/gone.ts'                                             // resolvable`,
  'main/engine/catalog/database.ts': `
    import Database from 'better-sqlite3'
    import { keepAssets } from '../library/keepAssets.ts'                // catalog-inwards, no-cycles
    export const open = 1`,
  'main/engine/library/keepAssets.ts': `
    import type { Row } from 'better-sqlite3'                            // sqlite-in-catalog
    import sharp from 'sharp'                                            // sharp-in-media
    import { open } from '../catalog/database.ts'
    export * from '../jobs/queue.ts'                                     // library-inwards
    export const keepAssets = 1`,
  'main/engine/jobs/queue.ts': `
    export const push = () => import('../sync/push.ts')                  // jobs-inwards`,
  'main/engine/sync/push.ts': `
    import { watch } from '../adapters/watcher.ts'                       // sync-inwards`,
  'main/engine/adapters/watcher.ts': `
    import { open } from '../catalog/database.ts'                        // adapters-to-ports
    import type { Watcher } from '../ports.ts'
    export const watch = 1`,
  'main/engine/disk/fileError.ts': `
    import type { Watcher } from '../ports.ts'                           // disk-inwards
    export const fileError = 1`,
  'main/engine/ports.ts': `
    import type { Row } from './catalog/row.ts'                          // ports-inwards
    export type Watcher = 1`,
  'main/engine/catalog/row.ts': 'export type Row = 1',
  'main/engine/engine.process.ts': `
    import './library/keepAssets.ts'
    import './adapters/watcher.ts'
    import '../media/decoder.ts'                                         // engine-by-itself
    import '../cli/vitrine.ts'                                           // engine-without-cli`,
  'main/cli/vitrine.ts': `import '../engine/library/keepAssets.ts'`,
  'main/media/decoder.ts': `
    import sharp from 'sharp'
    import type { Watcher } from '../engine/ports.ts'                    // media-alone
    export type Decoder = 1`,
}

let root: string
let violations: ImportViolation[]

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-imports-'))
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(root, 'node_modules'))
  for (const [file, source] of Object.entries(OFFENDING)) {
    mkdirSync(join(root, 'src', dirname(file)), { recursive: true })
    writeFileSync(join(root, 'src', file), source)
  }
  violations = (await checkImports(root)).violations
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('import rules', () => {
  it.each(importRules.map((rule) => rule.name))('%s is found in the file that breaks it, and nowhere else', (rule) => {
    const announced = Object.entries(OFFENDING).flatMap(([file, source]) =>
      new RegExp(`// .*\\b${rule}(,|$)`, 'm').test(source) ? [`src/${file}`] : [],
    )
    const found = violations.filter((violation) => violation.rule === rule).map(({ path }) => path)
    expect(announced).not.toEqual([])
    if (rule === 'no-cycles') expect(found.flat()).toEqual(expect.arrayContaining(announced))
    else expect(found.map(([importer]) => importer)).toEqual(announced)
  })
})
