import { arrangement } from '../../strings/arrangement.ts'
import { commandGroups, keyHints as strings } from '../../strings/commands.ts'
import { compare } from '../../strings/compare.ts'
import { files } from '../../strings/files.ts'
import { viewer } from '../../strings/viewer.ts'
import type { KeyHint } from '../registry.ts'

const inGrid = { group: commandGroups.select, mode: 'browse' } as const

const dragHints = (
  [
    { group: viewer.title, mode: 'viewer' },
    { group: viewer.title, mode: 'triage' },
    { group: compare.action, mode: 'compare' },
  ] as const
).map((where): KeyHint => ({ ...where, keys: [files.dragKey], meaning: files.dragShownHint }))

/** Keys of the pictures while they have the keyboard, and what the mouse can carry. */
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
  ...dragHints,
]
