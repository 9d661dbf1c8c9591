import { arrangement } from '../../strings/arrangement.ts'
import { commandGroups, keyHints as strings } from '../../strings/commands.ts'
import { files } from '../../strings/files.ts'
import type { KeyHint } from '../registry.ts'

const inGrid = { group: commandGroups.select, mode: 'browse' } as const

/** Keys of the pictures, while they have the keyboard. */
export const gridHints: readonly KeyHint[] = [
  { ...inGrid, keys: ['←', '↑', '↓', '→'], meaning: strings.move },
  { ...inGrid, keys: ['Home', 'End'], meaning: strings.firstLast },
  { ...inGrid, keys: ['PgUp', 'PgDn'], meaning: strings.page },
  { ...inGrid, keys: ['Shift', '+', '←'], meaning: strings.selectOnTheWay },
  { ...inGrid, keys: ['Ctrl', '+', '←'], meaning: strings.moveOnly },
  { ...inGrid, keys: ['Esc'], meaning: strings.selectNone },
  { ...inGrid, keys: [files.dragKey], meaning: files.dragOutHint },
  { ...inGrid, keys: ["'"], meaning: arrangement.typeHint },
  { ...inGrid, keys: ['Space', 'Enter'], meaning: strings.openViewer },
]
