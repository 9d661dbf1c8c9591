import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'

interface Told {
  readonly title: string
  readonly body: string
}
interface Record {
  readonly told: Told[]
  click: (() => void) | null
  tray: { readonly label: string; click(): void }[]
}

test('what went wrong while nobody looked is told by the system, and a click leads to the window', async ({
  vitrine,
}) => {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  // A virtual display has nobody who would show it: what the system is given is written down.
  await app.evaluate(({ Notification, BrowserWindow }) => {
    const record: Record = { told: [], click: null, tray: [] }
    Object.assign(globalThis, { record })
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      record.told.push({ title: this.title, body: this.body })
      record.click = () => void this.emit('click')
    }
    for (const one of BrowserWindow.getAllWindows()) one.isFocused = () => false
  })
  const told = () => app.evaluate(() => (globalThis as unknown as { record: Record }).record.told)
  const folder = join(vitrine.folders.root, 'bad')
  mkdirSync(folder)
  writeFileSync(join(folder, 'empty.png'), '')
  const take = () => ask(window, 'imports.start', { paths: [folder], options: {}, source: 'window' })
  await take()
  await expect.poll(told).toEqual([
    {
      title: '1 file could not be taken in',
      body: '0 files are in the library. The list in Vitrine gives the reasons.',
    },
  ])

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  await app.evaluate(() => (globalThis as unknown as { record: Record }).record.click?.())
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(false)

  await test.step('not to a person who looks, or does not want it', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      for (const one of BrowserWindow.getAllWindows()) one.isFocused = () => true
    })
    const { id } = await take()
    await expect.poll(async () => (await ask(window, 'imports.get', { id })).state).toBe('done')
    await app.evaluate(({ BrowserWindow }) => {
      for (const one of BrowserWindow.getAllWindows()) one.isFocused = () => false
    })
    await ask(window, 'shell.settings', { notifications: false })
    const { id: second } = await take()
    await expect.poll(async () => (await ask(window, 'imports.get', { id: second })).state).toBe('done')
    await ask(window, 'shell.settings', { notifications: true })
    await take()
    // The one that is told comes after both that are not.
    await expect.poll(async () => (await told()).length).toBe(2)
  })
})

test('the icon among those of the system says how sync is, and pauses it', async ({ vitrine }) => {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await app.evaluate(({ Tray }) => {
    const record: Record = { told: [], click: null, tray: [] }
    Object.assign(globalThis, { record })
    Tray.prototype.setContextMenu = (menu) => {
      record.tray = (menu?.items ?? []).flatMap((item) =>
        item.type === 'separator' ? [] : [{ label: item.label, click: () => item.click() }],
      )
    }
  })
  // It is made anew with what watches it.
  await ask(window, 'shell.settings', { tray: false })
  await ask(window, 'shell.settings', { tray: true })
  const labels = () =>
    app.evaluate(() => (globalThis as unknown as { record: Record }).record.tray.map(({ label }) => label))
  const choose = (label: string) =>
    app.evaluate((_, wanted) => {
      const { tray } = (globalThis as unknown as { record: Record }).record
      tray.find((item) => item.label === wanted)?.click()
    }, label)
  await expect.poll(labels).toEqual([expect.any(String), 'Show Vitrine', 'Quit'])

  const folder = join(vitrine.folders.root, 'bucket')
  mkdirSync(folder)
  await ask(window, 'remotes.add', { role: 'library', location: { kind: 'folder', path: folder, prefix: '' } })
  await expect.poll(labels).toContain('Pause sync')
  await choose('Pause sync')
  await expect.poll(async () => (await ask(window, 'sync.status')).state).toBe('paused')
  await expect.poll(labels).toContain('Resume sync')
  await choose('Resume sync')
  await expect.poll(async () => (await ask(window, 'sync.status')).state).not.toBe('paused')
})
