import { copyDiagnostics, showLog } from '../../actions/library.ts'
import { setPreferences, zoomBy } from '../../actions/settings.ts'
import { openDialog } from '../../state/panels.ts'
import { openSettingsPage, settingsPages } from '../../state/settingsPage.ts'
import { commandGroups, commandTitles as titles, commandWords as words } from '../../strings/commands.ts'
import { preferences } from '../../strings/preferences.ts'
import { type Command, everyMode, libraryModes, type Mode } from '../command.ts'
import { assetCommands } from './assetCommands.ts'
import { libraryCommands } from './libraryCommands.ts'
import { modeCommands } from './modeCommands.ts'
import { viewCommands } from './viewCommands.ts'

const group = commandGroups.window

const themes = (['system', 'dark', 'light'] as const).map(
  (theme): Command => ({
    id: `theme-${theme}`,
    title: titles.theme[theme],
    group: commandGroups.view,
    modes: everyMode,
    words: words.theme,
    run: () => setPreferences({ theme }),
  }),
)

const pages = settingsPages.map(
  (page): Command => ({
    id: `settings-${page}`,
    title: preferences.openPage(preferences.page[page]),
    group,
    words: words.settings,
    run: () => openSettingsPage(page),
  }),
)

/** The viewer has a zoom of its own. */
const zoomModes: readonly Mode[] = ['start', 'browse', 'duplicates']
const zoom = (id: string, title: string, keys: readonly string[], step: 1 | -1 | 0): Command => ({
  id,
  title,
  group: commandGroups.view,
  keys,
  modes: zoomModes,
  whileTyping: true,
  menu: { in: 'view', section: 5 },
  run: () => zoomBy(step),
})

/** The commands that are there from the start. Parts of the window add theirs while they are shown. */
export const windowCommands: readonly Command[] = [
  ...assetCommands,
  ...modeCommands,
  ...viewCommands,
  ...libraryCommands,
  {
    id: 'palette',
    title: titles.palette,
    group,
    keys: ['Mod+K'],
    modes: libraryModes,
    whileTyping: true,
    menu: { in: 'help', section: 0 },
    run: () => openDialog('palette'),
  },
  {
    id: 'shortcuts',
    title: titles.shortcuts,
    group,
    keys: ['?'],
    modes: libraryModes,
    menu: { in: 'help', section: 0 },
    run: () => openDialog('shortcuts'),
  },
  {
    id: 'settings',
    title: titles.settings,
    group,
    keys: ['Mod+,'],
    whileTyping: true,
    menu: { in: 'app', section: 0 },
    words: words.settings,
    run: () => openDialog('settings'),
  },
  ...pages,
  zoom('zoom-in', titles.zoomIn, ['Mod+Plus', 'Mod+='], 1),
  zoom('zoom-out', titles.zoomOut, ['Mod+-'], -1),
  zoom('zoom-reset', titles.zoomReset, ['Mod+0'], 0),
  ...themes,
  { id: 'show-log', title: titles.showLog, group, modes: everyMode, menu: { in: 'help', section: 1 }, run: showLog },
  {
    id: 'copy-diagnostics',
    title: titles.copyDiagnostics,
    group,
    modes: everyMode,
    menu: { in: 'help', section: 1 },
    run: copyDiagnostics,
  },
]
