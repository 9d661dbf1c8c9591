import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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
    for (const engine of enginesBelow(shell.pid ?? 0)) process.kill(engine, 'SIGKILL')
    await expect.poll(() => enginesBelow(shell.pid ?? 0).length, { timeout: 10_000 }).toBe(1)
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

test('a file that crashes, hangs or bloats its decoder is marked, and only that file', async ({ vitrine }) => {
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
