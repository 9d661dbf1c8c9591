import type { MenuItemConstructorOptions } from 'electron'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'

interface TrayActions {
  show(): void
  pauseSync(paused: boolean): void
  quit(): void
}

/** What the icon among those of the system offers: the state in a line, sync, the windows, and the way out. */
export function trayMenu(
  engine: EngineState,
  sync: SyncStatus | null,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const hasRemote = engine.state === 'ready' && sync !== null && sync.state !== 'no-remote'
  const paused = sync?.state === 'paused'
  return [
    { id: 'state', label: trayLine(engine, sync), enabled: false },
    ...(hasRemote
      ? [
          {
            id: 'pause',
            label: paused ? 'Resume sync' : 'Pause sync',
            click: () => actions.pauseSync(!paused),
          },
        ]
      : []),
    { type: 'separator' },
    { id: 'show', label: 'Show Vitrine', click: () => actions.show() },
    { id: 'quit', label: 'Quit', click: () => actions.quit() },
  ]
}

/** The state of the library and of sync in a few words. */
export function trayLine(engine: EngineState, sync: SyncStatus | null): string {
  if (engine.state === 'missing') return 'The library is not connected'
  if (engine.state === 'failed') return 'The library could not be opened'
  if (engine.state === 'no-library') return 'No library is open'
  if (engine.state !== 'ready') return 'Opening the library…'
  const name = engine.library.name
  if (sync === null || sync.state === 'no-remote') return name
  const left = sync.waiting + sync.uploading
  switch (sync.state) {
    case 'up-to-date':
      return `${name}: up to date`
    case 'working':
      return `${name}: uploading, ${left} to go`
    case 'offline':
      return left === 0 ? `${name}: offline` : `${name}: offline, ${left} waiting`
    case 'paused':
      return left === 0 ? `${name}: sync is paused` : `${name}: sync is paused, ${left} waiting`
    case 'attention':
      return `${name}: sync needs you`
  }
}
