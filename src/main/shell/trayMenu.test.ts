import { describe, expect, it } from 'vitest'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import { libraryIdSchema } from '../../shared/domain/ids.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'
import { trayMenu } from './trayMenu.ts'

const ready: EngineState = {
  state: 'ready',
  library: {
    id: libraryIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8057'),
    name: 'Mine',
    path: '/mine',
    dropFolder: '/mine/drop',
    dropFolderProblem: null,
    revision: 1,
    expiryDays: 7,
    recovered: null,
  },
}
const sync = (state: SyncStatus['state']): SyncStatus => ({
  state,
  waiting: 2,
  uploading: 1,
  synced: 0,
  attention: 1,
  conflicts: 0,
  stopped: 0,
  reading: null,
  bytesPerSecond: 0,
  bytesWaiting: 0,
  bytesDownPerSecond: 0,
  bytesSent: 0,
  lastSuccessAt: null,
  nextAttemptAt: null,
  message: null,
})

function open(engine: EngineState, status: SyncStatus | null) {
  const done: string[] = []
  const items = trayMenu(engine, status, {
    show: () => done.push('show'),
    pauseSync: (paused) => done.push(paused ? 'pause' : 'resume'),
    quit: () => done.push('quit'),
  })
  const click = (id: string) => (items.find((item) => item.id === id) as { click: () => void }).click()
  return { line: items[0]?.label, ids: items.flatMap(({ id }) => id ?? []), click, done }
}

describe('the menu in the tray', () => {
  it('says what sync does, and pauses it', () => {
    const tray = open(ready, sync('working'))
    expect(tray.line).toBe('Mine: uploading, 3 to go')
    for (const id of ['pause', 'show', 'quit']) tray.click(id)
    expect(tray.done).toEqual(['pause', 'show', 'quit'])
  })

  it('resumes what is paused', () => {
    const tray = open(ready, sync('paused'))
    expect(tray.line).toBe('Mine: sync is paused, 3 waiting')
    tray.click('pause')
    expect(tray.done).toEqual(['resume'])
  })

  it.each([
    ['up-to-date', 'Mine: up to date'],
    ['offline', 'Mine: offline, 3 waiting'],
    ['attention', 'Mine: sync needs you'],
  ] as const)('of sync that is %s says “%s”', (state, line) => expect(open(ready, sync(state)).line).toBe(line))

  it('has no sync to pause without a bucket, and none without a library', () => {
    expect(open(ready, sync('no-remote')).ids).toEqual(['state', 'show', 'quit'])
    expect(open({ state: 'missing', path: '/mine', name: 'Mine' }, sync('working')).ids).not.toContain('pause')
  })
})
