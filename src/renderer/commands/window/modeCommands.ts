import { copyPicture, copyPrompt } from '../../actions/clipboard.ts'
import { compare } from '../../actions/compare.ts'
import { triage } from '../../actions/triage.ts'
import { canCompare } from '../../state/compare.ts'
import { useSelection } from '../../state/selection.ts'
import { clipboard } from '../../strings/clipboard.ts'
import { commandGroups, commandTitles as titles, commandWords as words } from '../../strings/commands.ts'
import type { Command, Mode } from '../command.ts'

const group = commandGroups.organise
const menu = (section: number) => ({ in: 'asset', section }) as const
const hasOne = () => useSelection.getState().selected.size > 0 || useSelection.getState().focus !== null
const whereAssetsAre: readonly Mode[] = ['browse', 'compare']

/** The ways into modes that show pictures, and what they take from a picture. */
export const modeCommands: readonly Command[] = [
  { id: 'triage', title: titles.triage, group, keys: ['T'], menu: menu(0), words: words.triage, run: triage },
  {
    id: 'compare',
    title: titles.compare,
    group,
    keys: ['C'],
    modes: ['browse'],
    menu: menu(0),
    words: words.compare,
    enabled: () => canCompare(useSelection.getState().selected.size),
    run: () => compare(),
  },
  {
    id: 'copy-picture',
    title: clipboard.picture,
    group,
    keys: ['Mod+Shift+C'],
    modes: whereAssetsAre,
    menu: { in: 'edit', section: 1 },
    enabled: hasOne,
    run: () => copyPicture(),
  },
  {
    id: 'copy-prompt',
    title: clipboard.prompt,
    group,
    keys: ['Mod+Shift+P'],
    modes: whereAssetsAre,
    menu: { in: 'edit', section: 1 },
    enabled: hasOne,
    run: () => copyPrompt(),
  },
]
