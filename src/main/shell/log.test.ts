import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from './log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const now = () => new Date('2026-11-21T12:00:00.000Z')

describe('the log', () => {
  it('writes a line with time, level, source and details', () => {
    const log = openLog(folder, { now })
    log.warn('router', 'Refused a request', { name: 'x.y' })
    log.flush()
    expect(readFileSync(log.path, 'utf8')).toBe(
      '2026-11-21T12:00:00.000Z WARN  router: Refused a request {"name":"x.y"}\n',
    )
  })

  it('has an error on disk at once, with its stack and cause', () => {
    const log = openLog(folder, { now })
    log.error('shell', 'Failed', new Error('outer', { cause: new Error('inner') }))
    const text = readFileSync(log.path, 'utf8')
    expect(text).toContain('Error: outer')
    expect(text).toContain('caused by Error: inner')
  })

  it('hides keys, in messages and in details', () => {
    const log = openLog(folder)
    log.hide('correct horse')
    log.info('engine', 'tried correct horse', { secretAccessKey: 'battery', nested: { password: 'staple' } })
    log.flush()
    expect(readFileSync(log.path, 'utf8')).not.toMatch(/correct horse|battery|staple/)
  })

  it('keeps one earlier file and never grows beyond twice the limit', () => {
    const log = openLog(folder, { maxBytes: 1000 })
    for (let line = 0; line < 100; line++) {
      log.info('engine', `line ${line} ${'x'.repeat(50)}`)
      log.flush()
    }
    expect(readdirSync(folder).sort()).toEqual(['vitrine.1.log', 'vitrine.log'])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000)
    expect(log.tail(12)).toHaveLength(12)
    expect(log.tail(1)[0]).toContain('line 99')
  })

  it('goes on in the file of the last run', () => {
    const first = openLog(folder)
    first.info('shell', 'one')
    first.flush()
    const second = openLog(folder)
    second.info('shell', 'two')
    expect(second.tail(10)).toHaveLength(2)
  })

  it('writes what can not be JSON', () => {
    const log = openLog(folder)
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    log.info('shell', 'odd', cycle)
    log.info('shell', 'big', 10n)
    expect(log.tail(10)).toHaveLength(2)
  })
})
