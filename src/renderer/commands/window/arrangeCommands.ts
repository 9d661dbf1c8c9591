import { isTimeField } from '../../../shared/domain/arrangement.ts'
import { openOrFold } from '../../actions/choose.ts'
import {
  setTimeGroups,
  setValueGroups,
  type TimeGroups,
  timeGroupings,
  toggleStacked,
  useBrowse,
} from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { showToast } from '../../state/toasts.ts'
import { arrangement as strings } from '../../strings/arrangement.ts'
import { commandGroups } from '../../strings/commands.ts'
import type { Command } from '../command.ts'

const isOnAssets = () => useBrowse.getState().screen === 'assets'

function groupBy(groups: TimeGroups): void {
  const { sort } = useBrowse.getState()
  if (isTimeField(sort.field)) setTimeGroups(groups)
  else if (groups === 'none') setValueGroups(false)
  else showToast({ message: strings.onlyByTime })
}

function openStack(): void {
  const { focus } = useSelection.getState()
  if (focus === null || !openOrFold(focus)) showToast({ message: strings.noStack })
}

/** How the pictures are divided, and whether alike ones are put together. */
export const arrangeCommands: readonly Command[] = [
  ...timeGroupings.map(
    (groups): Command => ({
      id: `group-${groups}`,
      title: groups === 'none' ? strings.timeGroups(groups) : strings.groupByTitle(strings.timeGroups(groups)),
      group: commandGroups.view,
      enabled: isOnAssets,
      run: () => groupBy(groups),
    }),
  ),
  {
    id: 'stack-alike',
    title: strings.stackAlike,
    group: commandGroups.view,
    menu: { in: 'view', section: 2 },
    enabled: isOnAssets,
    run: toggleStacked,
  },
  {
    id: 'open-stack',
    title: strings.openOrFold,
    group: commandGroups.select,
    keys: ['S'],
    enabled: () => isOnAssets() && useBrowse.getState().stacked,
    run: openStack,
  },
]
