import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from './log.ts'
import { openSettings } from './settings.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const openHere = () => openSettings(path, openLog(join(folder, 'logs')), () => 42)
const stored = () => JSON.parse(readFileSync(path, 'utf8'))
const setAside = () => readdirSync(folder).filter((name) => name.includes('set-aside'))
const defaults = {
  theme: 'system',
  zoom: 1,
  density: 'usual',
  shortcuts: {},
  exports: [],
  notifications: true,
  tray: true,
  background: false,
  library: null,
  recent: [],
  windows: [],
}

describe('settings', () => {
  it('are the defaults on the first run, and nothing is written until one changes', () => {
    expect(openHere().current).toEqual(defaults)
    expect(readdirSync(folder)).toEqual(['logs'])
  })

  it('survive a restart, readable by their owner only', async () => {
    const windows = [{ id: 'a', bounds: null, state: { sidebar: 240 } }]
    await openHere().update({ theme: 'dark', library: '/pictures', windows, shortcuts: { keep: ['Mod+K'] } })
    expect(openHere().current).toEqual({
      ...defaults,
      theme: 'dark',
      library: '/pictures',
      windows,
      shortcuts: { keep: ['Mod+K'] },
    })
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('of many quick changes the last one is on disk', async () => {
    const settings = openHere()
    for (let width = 0; width < 50; width++) void settings.update({ library: `/pictures/${width}` })
    await settings.settled()
    expect(stored().library).toBe('/pictures/49')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it.each(['', '{"theme": "da', 'null', '[]', '\u0000\u0001'])(
    'damaged (%j) are set aside, never overwritten',
    async (text) => {
      writeFileSync(path, text)
      const settings = openHere()
      expect(settings.current).toEqual(defaults)
      await settings.update({ theme: 'light' })
      expect(setAside()).toEqual(['settings.set-aside-42.json'])
      expect(readFileSync(join(folder, 'settings.set-aside-42.json'), 'utf8')).toBe(text)
      expect(stored().theme).toBe('light')
    },
  )

  it('with one bad value keep the good ones', () => {
    writeFileSync(path, JSON.stringify({ version: 1, theme: 'mauve', library: '/pictures', zoom: 77 }))
    expect(openHere().current).toEqual({ ...defaults, library: '/pictures' })
    expect(setAside()).toHaveLength(1)
  })

  it('of a version with one window bring that window back', () => {
    const bounds = { x: 1, y: 2, width: 900, height: 600, maximized: true }
    writeFileSync(path, JSON.stringify({ version: 1, bounds, window: { layout: 'list' } }))
    expect(openHere().current.windows).toEqual([{ id: 'first', bounds, state: { layout: 'list' } }])
    writeFileSync(path, JSON.stringify({ version: 1, bounds: { x: 'left' }, window: { layout: 'list' } }))
    expect(openHere().current.windows).toEqual([{ id: 'first', bounds: null, state: { layout: 'list' } }])
  })

  it('from a newer version are used as far as understood, copied, and keep their unknown fields', async () => {
    writeFileSync(path, JSON.stringify({ version: 9, theme: 'dark', future: [1] }))
    const settings = openHere()
    expect(settings.current.theme).toBe('dark')
    await settings.update({ theme: 'light' })
    expect(setAside()).toHaveLength(1)
    expect(stored()).toMatchObject({ theme: 'light', future: [1] })
  })

  it('says so when they can not be written', async () => {
    const settings = openHere()
    rmSync(folder, { recursive: true })
    await expect(settings.update({ theme: 'dark' })).rejects.toMatchObject({ code: 'ENOENT' })
    expect(settings.current.theme).toBe('dark')
    await settings.settled()
    openLog(folder)
  })
})
