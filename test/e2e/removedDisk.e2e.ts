import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** A disk of its own, which can be pulled out and put back while programs have files on it open. */
class Disk {
  /** Where it is when it is in. */
  readonly place: string
  readonly #root: string
  readonly #disk: string

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'vitrine-disk-'))
    this.#disk = join(this.#root, 'disk')
    this.place = join(this.#root, 'place')
    mkdirSync(this.#disk)
    mkdirSync(this.place)
    run('mount', '-t', 'tmpfs', '-o', 'size=256m', 'vitrine-test', this.#disk)
    this.plugIn()
  }

  plugIn(): void {
    run('mount', '--bind', this.#disk, this.place)
  }

  /** At once, whoever uses it: as a hand does. */
  pullOut(): void {
    run('umount', '--lazy', this.place)
  }

  remove(): void {
    for (const mounted of [this.place, this.#disk]) {
      try {
        run('umount', '--lazy', mounted)
      } catch {
        // It was out.
      }
    }
    rmSync(this.#root, { recursive: true, force: true })
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'pipe', timeout: 20_000 })
}

/** Why no disk can be mounted here; null when one can. */
function mountObstacle(): string | null {
  if (process.platform !== 'linux') return 'disks are only mounted on Linux'
  if (process.getuid?.() !== 0) return 'only root may mount a disk'
  try {
    new Disk().remove()
    return null
  } catch (error) {
    return `no disk can be mounted here: ${String(error)}`
  }
}

const obstacle = mountObstacle()
test.skip(obstacle !== null, obstacle ?? '')

test('a library on a disk that is pulled out is explained, and goes on by itself when the disk is back', async ({
  vitrine,
}) => {
  const disk = new Disk()
  try {
    const { window } = await vitrine.launch({ env: { VITRINE_LIBRARY: join(disk.place, 'Pictures') } })
    await engineReady(window)
    await window.getByRole('combobox', { name: /^Search/ }).waitFor()
    const paths = await writePictures(join(vitrine.folders.root, 'made'), 4)
    const take = (path: string) =>
      ask(window, 'imports.start', { paths: [path], options: { space: 'library' }, source: 'window' })
    const inLibrary = () => rowsOf(window, { kind: 'library' }, 'status:available')
    for (const path of paths.slice(0, 3)) await take(path)
    await expect.poll(inLibrary).toHaveLength(3)
    const { id } = await ask(window, 'library.info')

    for (const time of ['first', 'second']) {
      disk.pullOut()
      await expect(window.getByRole('heading', { name: /is not there/ }), time).toBeVisible({ timeout: 30_000 })
      await vitrine.screenshot(`disk-out-${time}`)
      // Nothing is made where the disk was: what is put there would hide it, or be hidden by it.
      expect(readdirSync(disk.place, { recursive: true })).toEqual([])
      disk.plugIn()
      await window.getByRole('combobox', { name: /^Search/ }).waitFor({ timeout: 30_000 })
      await expect.poll(async () => (await ask(window, 'library.info')).id).toBe(id)
      expect(await inLibrary()).toHaveLength(3)
    }
    await take(paths[3] ?? '')
    await expect.poll(inLibrary).toHaveLength(4)
  } finally {
    await vitrine.close()
    disk.remove()
  }
})
