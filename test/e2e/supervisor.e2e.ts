import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { frame } from '../../src/renderer/strings/frame.ts'
import type { EngineState } from '../../src/shared/contract/requests/shellRequests.ts'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

/** Process ids of the engines that the shell has started, oldest first, as its log tells. */
function engines(vitrine: VitrineUnderTest): number[] {
  const log = readFileSync(join(vitrine.folders.userData, 'logs', 'vitrine.log'), 'utf8')
  return [...log.matchAll(/Engine process (\d+) started/g)].map((match) => Number(match[1]))
}

/** Begins to collect what the window is told about the engine. */
async function collectStates(page: Page): Promise<() => Promise<EngineState[]>> {
  await page.evaluate(() => {
    const states: unknown[] = []
    Object.assign(window, { engineStates: states })
    window.vitrine.on('engine.state', (state) => states.push(state))
  })
  return () => page.evaluate(() => (window as unknown as { engineStates: EngineState[] }).engineStates)
}

async function killEngine(vitrine: VitrineUnderTest, started: number): Promise<void> {
  await expect.poll(() => engines(vitrine).length).toBe(started)
  process.kill(engines(vitrine).at(-1) ?? 0, 'SIGKILL')
}

test('an engine that is killed comes back by itself, and the window is told of both', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const before = await ask(page, 'library.info')
  await ask(page, 'collections.create', { name: 'Made before' })
  const states = await collectStates(page)
  // The banner may be gone within a blink, so the page itself watches for it.
  await page.evaluate((text) => {
    const seen = () => Object.assign(window, { bannerSeen: document.body.innerText.includes(text) })
    const observer = new MutationObserver(() => {
      seen()
      if ('bannerSeen' in window && window.bannerSeen) observer.disconnect()
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  }, frame.restarting)

  await killEngine(vitrine, 1)
  await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(['restarting', 'ready'])
  expect(await page.evaluate(() => 'bannerSeen' in window && window.bannerSeen)).toBe(true)
  await expect(page.getByText(frame.restarting)).toHaveCount(0)

  expect((await ask(page, 'library.info')).id).toBe(before.id)
  const names = (await ask(page, 'collections.list')).map(({ name }) => name)
  expect(names).toContain('Made before')
  await ask(page, 'collections.create', { name: 'Made after' })
})

test('what is asked while the engine is away is refused with a code, not lost in silence', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await page.evaluate(() => {
    const refusals: string[] = []
    Object.assign(window, { refusals })
    window.vitrine.on('engine.state', async ({ state }) => {
      if (state !== 'restarting') return
      const answer = await window.vitrine.request('library.counts', undefined)
      refusals.push(answer.ok ? 'answered' : answer.error.code)
    })
  })
  await killEngine(vitrine, 1)
  const refusals = () => page.evaluate(() => (window as unknown as { refusals: string[] }).refusals)
  await expect.poll(refusals).toEqual(['engine_restarting'])
  await engineReady(page)
})

test('an engine that dies again and again is given up, and tried again when a person asks', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  for (let started = 1; started <= 5; started++) {
    await killEngine(vitrine, started)
    if (started < 5) await expect.poll(() => engines(vitrine).length, { timeout: 20_000 }).toBe(started + 1)
  }
  await expect.poll(async () => (await ask(page, 'shell.engine')).state).toBe('failed')
  expect(await ask(page, 'shell.engine')).toMatchObject({
    code: 'engine_unavailable',
    path: vitrine.folders.library,
  })
  await expect(page.getByRole('alert')).toContainText('again and again')
  await page.getByRole('button', { name: frame.retry }).click()
  await engineReady(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect((await ask(page, 'library.info')).path).toBe(vitrine.folders.library)
})

test('closing the window ends the engine, too', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await expect.poll(() => engines(vitrine).length).toBe(1)
  const [engine] = engines(vitrine)
  await vitrine.close()
  expect(() => process.kill(engine ?? 0, 0)).toThrow('ESRCH')
})

test('a second start on the same profile brings the first forward instead', async ({ vitrine }) => {
  const first = await vitrine.launch()
  await engineReady(first.window)
  // The very command, without what Playwright adds to talk to the first one.
  const { spawnfile, spawnargs } = first.process
  const args = spawnargs.slice(1).filter((argument) => !/^--(inspect|remote-debugging)/.test(argument))
  const [code] = await once(spawn(spawnfile, args, { stdio: 'ignore' }), 'exit')
  expect(code).toBe(0)
  expect(engines(vitrine)).toHaveLength(1)
  expect((await ask(first.window, 'shell.engine')).state).toBe('ready')
})

test('a window’s place and size survive a restart', async ({ vitrine }) => {
  const first = await vitrine.launch()
  const place = await first.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 40, y: 60, width: 820, height: 560 })
    return window?.getNormalBounds()
  })
  const second = await vitrine.launch()
  const found = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  expect(found).toEqual(place)
})
