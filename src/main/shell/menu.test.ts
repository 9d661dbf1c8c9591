import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import type { MenuEntry } from '../../shared/contract/requests/menuRequests.ts'
import { menuTemplate } from './menu.ts'

const flatten = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])

const entry = (id: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
  id,
  title: id,
  menu: 'file',
  section: 0,
  chord: null,
  enabled: true,
  ...more,
})
const recent = [
  { path: '/disks/a/Posters', name: 'Posters & more' },
  { path: '/disks/b/Work', name: 'Work' },
  { path: '/disks/c/Work', name: 'Work' },
]
const entries = [
  entry('open-library', { section: 4 }),
  entry('import', { title: 'Import & sort', chord: 'Mod+I' }),
  entry('check', { section: 5, enabled: false }),
  entry('export', { section: 2 }),
  entry('undo', { menu: 'edit', chord: 'Mod+Z' }),
  entry('find', { menu: 'edit', section: 3, chord: '/' }),
  entry('keep', { menu: 'asset', chord: 'K' }),
  entry('back', { menu: 'go', chord: 'Mod+ArrowLeft' }),
  entry('settings', { menu: 'app', chord: 'Mod+,' }),
  entry('sidebar', { menu: 'view' }),
  entry('rotate', { menu: 'picture', section: 2, enabled: false }),
  entry('fit', { menu: 'picture', section: 1, enabled: false }),
  entry('winner', { menu: 'compare', enabled: false }),
]

describe.each([
  { mac: true, development: false },
  { mac: false, development: false },
])('the menu (mac: $mac)', (platform) => {
  const sent: string[] = []
  const actions = { command: (id: string) => sent.push(id), openLibrary: (path: string) => sent.push(path) }
  const template = menuTemplate(entries, recent, actions, platform)
  const items = flatten(template)
  const byId = (id: string) => items.find((item) => item.id === id)

  it('carries every command exactly once, and each sends itself', () => {
    for (const { id } of entries) {
      expect(items.filter((item) => item.id === id)).toHaveLength(1)
      // The page gets the name only; what Electron passes to a click does not matter.
      ;(byId(id) as { click: () => void }).click()
    }
    expect(sent).toEqual(entries.map(({ id }) => id))
  })

  it('shows titles as they are, and what would do nothing as disabled', () => {
    expect(byId('import')?.label).toBe('Import && sort')
    expect(byId('check')?.enabled).toBe(false)
    expect(byId('export')?.enabled).toBe(true)
  })

  it('puts lines between sections, in their order, and none at the ends', () => {
    const file = template.find(({ label }) => label === 'File')?.submenu as MenuItemConstructorOptions[]
    const shown = file.map((item) => item.id ?? item.type ?? item.role)
    expect(shown.slice(0, 8)).toEqual([
      'import',
      'separator',
      'export',
      'separator',
      'open-library',
      'open-recent',
      'separator',
      'check',
    ])
    expect(shown.at(-1)).not.toBe('separator')
  })

  it('has what the modes can be told in menus below the one of views', () => {
    const view = template.find(({ label }) => label === 'View')?.submenu as MenuItemConstructorOptions[]
    const idsOf = (wanted: string) => {
      const items = view.find(({ label }) => label === wanted)?.submenu as MenuItemConstructorOptions[]
      return items.flatMap(({ id }) => id ?? [])
    }
    expect([idsOf('Viewer'), idsOf('Compare')]).toEqual([['fit', 'rotate'], ['winner']])
  })

  it('offers the libraries that were open lately, those with one name by their folders', () => {
    const offered = (byId('open-recent')?.submenu ?? []) as MenuItemConstructorOptions[]
    expect(offered.map(({ label }) => label)).toEqual([
      'Posters && more',
      'Work (/disks/b/Work)',
      'Work (/disks/c/Work)',
    ])
    sent.length = 0
    ;(offered[1] as { click: () => void }).click()
    expect(sent).toEqual(['/disks/b/Work'])
    expect(flatten(menuTemplate(entries, [], actions, platform)).some(({ id }) => id === 'open-recent')).toBe(false)
  })

  it('listens to no key that somebody could be typing', () => {
    const heard = items.filter((item) => item.accelerator !== undefined && item.registerAccelerator !== false)
    expect(heard.map(({ accelerator }) => accelerator).toSorted()).toEqual(
      ['CmdOrCtrl+,', 'CmdOrCtrl+I', 'CmdOrCtrl+Left', 'CmdOrCtrl+Z'].toSorted(),
    )
  })

  it('has no developer tools for people', () => {
    expect(items.map(({ role }) => role)).not.toContain('toggleDevTools')
  })

  it('of a window that has told of nothing yet still quits', () => {
    const bare = flatten(menuTemplate([], [], actions, platform))
    expect(bare.map(({ role }) => role)).toContain('quit')
  })
})
