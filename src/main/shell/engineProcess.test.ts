import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineProcess } from './engineProcess.ts'
import { openLog } from './log.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-engine-process-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the engine’s process', () => {
  it.skipIf(process.platform === 'win32')('comes after the window and before the media workers', async () => {
    const script = join(folder, 'engine.mjs')
    writeFileSync(script, "process.on('message', () => process.exit())")
    const log = openLog(join(folder, 'logs'))
    const engine = new EngineProcess({ node: process.execPath, script }, log, {
      onMessage: () => {},
      onExit: () => {},
      onUnstartable: () => {},
    })
    try {
      expect(engine.pid).toBeDefined()
      expect(getPriority(engine.pid)).toBe(5)
    } finally {
      await engine.close()
      log.flush()
    }
  })
})
