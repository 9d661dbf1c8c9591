import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { libraries } from '../../src/renderer/strings/libraries.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { filesBelow, hashOf, writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** Process ids of engines below a process, from the system's own list (Linux). */
function enginesBelow(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        const command = readFileSync(`/proc/${candidate}/cmdline`, 'utf8')
        return command.includes('engine.process') && parentOf(candidate) === pid
      } catch {
        return false
      }
    })
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

test.skip(process.platform !== 'linux', 'finding the engine process reads /proc')

test('an engine killed again and again during an import of 200 files loses none and doubles none', async ({
  vitrine,
}) => {
  const pictures = await writePictures(join(vitrine.folders.root, 'made'), 200)
  const { window, process: shell } = await vitrine.launch()
  await engineReady(window)
  const library = await ask(window, 'library.info')
  const job = join(library.dropFolder, 'batch')
  mkdirSync(job)
  for (const path of pictures) copyFileSync(path, join(job, basename(path)))

  for (const rows of [10, 60, 120]) {
    await expect
      .poll(async () => (await rowsOf(window, { kind: 'workspace' }).catch(() => [])).length, {
        timeout: 30_000,
        intervals: [20],
      })
      .toBeGreaterThan(rows)
    const killed = enginesBelow(shell.pid ?? 0)
    for (const engine of killed) process.kill(engine, 'SIGKILL')
    // Another process, not merely one: until the shell has seen the end of the old one it still says that it is ready.
    await expect
      .poll(() => enginesBelow(shell.pid ?? 0).filter((engine) => !killed.includes(engine)).length, { timeout: 10_000 })
      .toBe(1)
    await engineReady(window)
  }

  await expect.poll(() => filesBelow(library.dropFolder).length, { timeout: 60_000 }).toBe(0)
  await expect.poll(async () => (await rowsOf(window, { kind: 'everything' })).length, { timeout: 20_000 }).toBe(200)
  const expected = pictures.map(hashOf).sort()
  expect(filesBelow(join(library.path, 'originals')).map(hashOf).sort()).toEqual(expected)
  await expect
    .poll(async () => (await rowsOf(window, { kind: 'everything' }, 'status:available')).length, { timeout: 60_000 })
    .toBe(200)
  const rows = await rowsOf(window, { kind: 'everything' })
  const cards = await ask(window, 'assets.cards', { rowIds: rows })
  expect(cards.map((card) => card.sha256).sort()).toEqual(expected)
  expect(cards.every((card) => card.has_thumbnail)).toBe(true)
})

test('an engine that lives but does not answer is told of, and goes on where it was once it answers', async ({
  vitrine,
}) => {
  const pictures = await writePictures(join(vitrine.folders.root, 'made'), 20)
  const { app, window: page, process: shell } = await vitrine.launch()
  await engineReady(page)
  await expect(page.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  // What is looked at every few seconds is looked at more often by the next engine, so that nobody waits for a minute.
  await app.evaluate(() => {
    const every = globalThis.setInterval
    const sooner = (work: () => void, ms: number) => every(work, ms >= 1_000 ? ms / 25 : ms)
    Object.assign(globalThis, { setInterval: sooner })
  })
  const slow = enginesBelow(shell.pid ?? 0)
  await ask(page, 'shell.restartEngine')
  await expect.poll(() => enginesBelow(shell.pid ?? 0).filter((one) => !slow.includes(one)).length).toBe(1)
  await engineReady(page)
  const [engine = 0] = enginesBelow(shell.pid ?? 0).filter((one) => !slow.includes(one))
  const silent = page.getByText(libraries.silent)
  await ask(page, 'imports.start', { paths: pictures, options: { space: 'library' }, source: 'window' })
  process.kill(engine, 'SIGSTOP')
  try {
    // Somebody goes on working: they look at something, and they change something.
    await page.getByRole('button', { name: /^All assets/ }).click()
    await page.evaluate(() => {
      const asked = window.vitrine.request('collections.create', { name: 'Made meanwhile' })
      Object.assign(window, { asked: asked.then(({ ok }) => ok) })
    })
    await expect(silent).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await vitrine.screenshot('silent-engine')
  } finally {
    process.kill(engine, 'SIGCONT')
  }
  await expect(silent).toHaveCount(0)
  expect(await page.evaluate(() => (window as unknown as { asked: Promise<boolean> }).asked)).toBe(true)
  await expect(
    page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: /^Made meanwhile/ }),
  ).toBeVisible()
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'status:available'), { timeout: 60_000 }).toHaveLength(20)
  // It is the one that was silent, and the window works with it as before.
  expect(enginesBelow(shell.pid ?? 0)).toEqual([engine])
  await expect(page.getByRole('button', { name: 'All assets 20' })).toBeVisible()
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('4')
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'rating:4')).toHaveLength(1)
})

test('a file that crashes, bloats or breaks its decoder is marked, and only that file', async ({ vitrine }) => {
  const folder = join(vitrine.folders.root, 'poison')
  await writePictures(folder, 6)
  const [first, second, third] = readdirSync(folder).sort()
  appendFileSync(join(folder, first ?? ''), 'vitrine-fault:crash')
  appendFileSync(join(folder, second ?? ''), 'vitrine-fault:memory')
  appendFileSync(join(folder, third ?? ''), 'vitrine-fault:throw')
  const { window } = await vitrine.launch({ env: { VITRINE_FAULTS: '1' } })
  await engineReady(window)
  const started = await ask(window, 'imports.start', { paths: [folder], options: {}, source: 'window' })
  await expect
    .poll(async () => (await ask(window, 'imports.get', { id: started.id })).state, { timeout: 90_000 })
    .toBe('done')
  const report = await ask(window, 'imports.report', { id: started.id })
  const byName = Object.fromEntries(report.imported.map((item) => [basename(item.path), item.code ?? item.status]))
  expect(byName).toEqual({
    [first ?? '']: 'decoder_crashed',
    [second ?? '']: 'decoder_memory',
    [third ?? '']: 'decoder_crashed',
    ...Object.fromEntries(
      readdirSync(folder)
        .sort()
        .slice(3)
        .map((name) => [name, 'available']),
    ),
  })
  await expect(window.getByTestId('asset-cell')).toHaveCount(6)
})

for (const [when, whileRunning] of [
  ['between two runs', false],
  ['under a running engine', true],
] as const) {
  test(`a catalogue that is damaged ${when} is rebuilt, the window says so, and every asset is there`, async ({
    vitrine,
  }) => {
    const pictures = await writePictures(join(vitrine.folders.root, 'made'), 20)
    let { window } = await vitrine.launch()
    await engineReady(window)
    const library = await ask(window, 'library.info')
    for (const path of pictures) copyFileSync(path, join(library.dropFolder, basename(path)))
    await expect
      .poll(() => rowsOf(window, { kind: 'workspace' }, 'status:available'), { timeout: 20_000 })
      .toHaveLength(20)
    await ask(window, 'assets.keep', { assets: { rowIds: (await rowsOf(window, { kind: 'workspace' })).slice(0, 5) } })

    // Closing moves everything from the write-ahead log into the file that is about to be damaged.
    await vitrine.close()
    if (whileRunning) {
      window = (await vitrine.launch()).window
      await engineReady(window)
    }
    const catalog = join(library.path, 'catalog.sqlite')
    const damage = openSync(catalog, 'r+')
    const { size } = statSync(catalog)
    writeSync(damage, Buffer.alloc(size - 8192, 0x5a), 0, size - 8192, 4096)
    closeSync(damage)
    if (whileRunning) {
      // Whatever is asked next meets the damage; the answer may already come from the engine that rebuilt.
      await ask(window, 'library.stats').catch(() => undefined)
    } else {
      window = (await vitrine.launch()).window
    }

    await expect
      .poll(async () => (await ask(window, 'library.info').catch(() => null))?.recovered?.assets ?? 0, {
        timeout: 20_000,
      })
      .toBe(20)
    const rows = await rowsOf(window, { kind: 'everything' })
    const cards = await ask(window, 'assets.cards', { rowIds: rows })
    expect(cards.map((card) => card.sha256).sort()).toEqual(pictures.map(hashOf).sort())
    await expect(window.getByText(/rebuilt/i).first()).toBeVisible()
  })
}
