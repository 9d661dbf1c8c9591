import type { TransferConditions } from '../../shared/domain/transfer.ts'
import type { Log } from './log.ts'

interface Engine {
  request(name: string, input: unknown): Promise<unknown>
}
/** `watchSystemConditions`, given so that tests need no Electron. */
type Watch = (onConditions: (conditions: TransferConditions) => void, onWoken: () => void) => () => void

/** Tells the engine what the system says about network and power supply. */
export interface ConditionsTold {
  /** The engine is another one, which knows nothing yet. */
  again(): void
  stop(): void
}

/**
 * Tells each change to the engine, and after a sleep has it look at its remotes at once. An engine that can't be told now
 * is told when it is ready (`again`).
 */
export function tellConditions(engine: Engine, watch: Watch, log: Log): ConditionsTold {
  let present: TransferConditions | null = null
  const send = (name: string, input: unknown): void => {
    engine.request(name, input).catch((error: unknown) => log.info('conditions', `${name}: ${String(error)}`))
  }
  const stop = watch(
    (conditions) => {
      present = conditions
      send('transfers.conditions', conditions)
    },
    () => send('sync.now', undefined),
  )
  return {
    again() {
      if (present !== null) send('transfers.conditions', present)
    },
    stop,
  }
}
