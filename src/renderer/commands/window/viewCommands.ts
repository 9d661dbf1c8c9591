import type { SortField, View } from '../../../shared/domain/query.ts'
import {
  findEverywhere,
  openScreen,
  openView,
  type Screen,
  setCellSize,
  setLayout,
  setSort,
  useBrowse,
  usualDirection,
} from '../../state/browse.ts'
import { toggleInspector, toggleSidebar } from '../../state/panels.ts'
import { commandGroups, commandTitles as titles, commandWords as words } from '../../strings/commands.ts'
import { sorts } from '../../strings/frame.ts'
import type { Command } from '../command.ts'
import { arrangeCommands } from './arrangeCommands.ts'

const SIZE_STEP = 32

const isOnAssets = () => useBrowse.getState().screen === 'assets'

function goTo(
  id: string,
  title: string,
  section: number,
  to: View['kind'] & ('workspace' | 'library' | 'favorites' | 'recent' | 'untagged' | 'everything' | 'trash'),
  more: Partial<Command> = {},
): Command {
  return {
    id,
    title,
    group: commandGroups.go,
    menu: { in: 'go', section },
    whileTyping: true,
    run: () => openView({ kind: to }),
    ...more,
  }
}

function goToScreen(
  id: string,
  title: string,
  section: number,
  screen: Exclude<Screen, 'assets'>,
  more: Partial<Command> = {},
): Command {
  return {
    id,
    title,
    group: commandGroups.go,
    menu: { in: 'go', section },
    whileTyping: true,
    run: () => openScreen(screen),
    ...more,
  }
}

const sortCommands: readonly Command[] = (Object.keys(sorts) as SortField[]).map((field) => ({
  id: `sort-${field.replaceAll('_', '-')}`,
  title: titles.sortBy(sorts[field].name),
  group: commandGroups.view,
  enabled: isOnAssets,
  run: () => setSort({ field, direction: usualDirection(field) }),
}))

function reverseOrder(): void {
  const { field, direction } = useBrowse.getState().sort
  setSort({ field, direction: direction === 'asc' ? 'desc' : 'asc' })
}

const resize = (by: number) => () => setCellSize(useBrowse.getState().cellSize + by)

const view = (section: number) => ({ in: 'view', section }) as const
const group = commandGroups.view

/** Where the window looks, and how it shows what is there. */
export const viewCommands: readonly Command[] = [
  goTo('view-workspace', titles.workspace, 0, 'workspace', { keys: ['Mod+1'] }),
  goTo('view-library', titles.library, 0, 'library', { keys: ['Mod+2'] }),
  goToScreen('view-requests', titles.requests, 0, 'requests', { keys: ['Mod+3'] }),
  goTo('view-favorites', titles.favorites, 1, 'favorites', { keys: ['Mod+4'], words: words.favorites }),
  goTo('view-recent', titles.recent, 1, 'recent', { keys: ['Mod+5'] }),
  goTo('view-untagged', titles.untagged, 1, 'untagged', { keys: ['Mod+6'] }),
  goTo('view-everything', titles.everything, 1, 'everything'),
  goToScreen('view-duplicates', titles.duplicates, 2, 'duplicates', { keys: ['Mod+7'] }),
  {
    id: 'view-missing',
    title: titles.missing,
    group: commandGroups.go,
    menu: { in: 'go', section: 2 },
    run: () => findEverywhere('status', 'missing'),
  },
  goTo('view-trash', titles.trashPlace, 2, 'trash', { keys: ['Mod+8'] }),
  goToScreen('view-storage', titles.storage, 2, 'storage', { keys: ['Mod+9'] }),

  {
    id: 'layout-justified',
    title: titles.justified,
    group,
    menu: view(0),
    enabled: isOnAssets,
    run: () => setLayout('justified'),
  },
  {
    id: 'layout-squares',
    title: titles.squares,
    group,
    menu: view(0),
    enabled: isOnAssets,
    run: () => setLayout('squares'),
  },
  { id: 'layout-list', title: titles.list, group, menu: view(0), enabled: isOnAssets, run: () => setLayout('list') },
  { id: 'larger-pictures', title: titles.larger, group, menu: view(1), enabled: isOnAssets, run: resize(SIZE_STEP) },
  { id: 'smaller-pictures', title: titles.smaller, group, menu: view(1), enabled: isOnAssets, run: resize(-SIZE_STEP) },
  { id: 'reverse-order', title: titles.reverseOrder, group, menu: view(2), enabled: isOnAssets, run: reverseOrder },
  ...sortCommands,
  ...arrangeCommands,
  {
    id: 'toggle-sidebar',
    title: titles.sidebar,
    group,
    keys: ['Mod+B'],
    whileTyping: true,
    menu: view(3),
    run: toggleSidebar,
  },
  { id: 'toggle-inspector', title: titles.inspector, group, keys: ['I'], menu: view(3), run: toggleInspector },
]
