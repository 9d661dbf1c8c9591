import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type MenuCommand, menuCommandSchema } from '../../shared/contract/events.ts'
import { menuTemplate } from './menu.ts'

const flatten = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])

describe.each([
  { mac: true, development: false },
  { mac: false, development: false },
])('the menu (mac: $mac)', (platform) => {
  const sent: MenuCommand[] = []
  const items = flatten(
    menuTemplate(
      {
        command: (name) => sent.push(name),
        openLibrary: () => undefined,
        showLog: () => undefined,
        copyDiagnostics: () => undefined,
      },
      platform,
    ),
  )

  it('carries every command of the contract exactly once, and each sends itself', () => {
    const byCommand = new Map(items.map((item) => [item.id, item]))
    for (const command of menuCommandSchema.options) {
      expect(items.filter(({ id }) => id === command)).toHaveLength(1)
      // The page gets the name only; what Electron passes to a click does not matter.
      ;(byCommand.get(command) as { click: () => void }).click()
    }
    expect(sent).toEqual(menuCommandSchema.options)
  })

  it('listens to no key that somebody could be typing', () => {
    const heard = items.filter((item) => item.accelerator !== undefined && item.registerAccelerator !== false)
    expect(heard.length).toBeGreaterThan(5)
    for (const { accelerator } of heard) expect(accelerator).toMatch(/CmdOrCtrl/)
  })

  it('gives no shortcut twice', () => {
    const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has no developer tools for people', () => {
    expect(items.map(({ role }) => role)).not.toContain('toggleDevTools')
  })
})
