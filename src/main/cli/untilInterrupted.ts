import type { CommandContext } from './commandContext.ts'

/** Resolves, with null, when the person or the system asks the command to stop. */
export function untilInterrupted({ interrupted }: CommandContext): Promise<null> {
  return new Promise((resolve) => {
    if (interrupted.aborted) resolve(null)
    else interrupted.addEventListener('abort', () => resolve(null), { once: true })
  })
}
