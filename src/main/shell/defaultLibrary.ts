import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'

/** Where a first library is proposed: in the person's pictures, or in their home where there is no such folder. */
export function defaultLibrary(): string {
  const pictures = app.getPath('pictures')
  return join(existsSync(pictures) ? pictures : homedir(), 'Vitrine')
}
