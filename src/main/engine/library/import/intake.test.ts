import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIntake, type Intake } from './intake.ts'

const program = fileURLToPath(new URL('./intake.thread.ts', import.meta.url))
const running = new AbortController().signal
let folder: string
let intake: Intake

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-intake-'))
  intake = createIntake({ program, size: 2 })
})
afterEach(async () => {
  await intake.close()
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** Until threads answer instead of the caller's own. */
async function warm(): Promise<void> {
  const path = file('warm.txt', 'warm')
  for (let tries = 0; tries < 40; tries++) {
    await intake.take({ path, target: null, settledMs: 0 }, running)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('taking files in', () => {
  it('hashes, copies and identifies, on threads as on the caller’s own', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const take = async (target: string) => {
      const path = file('drawing.svg', bytes)
      const { read, type } = await intake.take({ path, target, settledMs: 0 }, running)
      expect(read).toMatchObject({ sha256, size: bytes.length })
      expect(type).toMatchObject({ mimeType: 'image/svg+xml', assetType: 'image' })
      expect(readFileSync(target).equals(bytes)).toBe(true)
    }
    await take(join(folder, 'first'))
    await warm()
    await take(join(folder, 'second'))
  })

  it('gives each file its own error, and the others go on', async () => {
    await warm()
    const sound = file('sound.txt', 'text')
    const paths = [sound, join(folder, 'absent.txt'), file('empty.txt', ''), sound, folder]
    const results = await Promise.allSettled(
      paths.map((path) => intake.take({ path, target: null, settledMs: 0 }, running)),
    )
    expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'taken'))).toEqual([
      'taken',
      'file_vanished',
      'empty_file',
      'taken',
      'not_a_file',
    ])
  })

  it('stops when it is told to, and leaves no copy', async () => {
    await warm()
    const path = file('large.bin', Buffer.alloc(64 * 1024 * 1024, 7))
    const stop = new AbortController()
    const target = join(folder, 'copy')
    const taking = intake.take({ path, target, settledMs: 0 }, stop.signal)
    stop.abort()
    await expect(taking).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(target)).toBe(false)
  })

  it('reads on the caller’s own thread when no other can be started', async () => {
    await intake.close()
    intake = createIntake({ program: join(folder, 'absent.ts'), size: 2 })
    const path = file('sound.txt', 'text')
    for (let tries = 0; tries < 5; tries++) {
      expect((await intake.take({ path, target: null, settledMs: 0 }, running)).read.size).toBe(4)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  })

  it('starts another thread while a slow disk holds up those that there are', async () => {
    await intake.close()
    const slow = file(
      'slow.mjs',
      `import { parentPort } from 'node:worker_threads'
       parentPort.postMessage([])
       parentPort.on('message', ({ tasks }) => {
         const slow = tasks.some(({ task }) => task.path === 'slow')
         if (slow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
         parentPort.postMessage(tasks.map(({ id, task }) => ({ id, taken: task.path })))
       })`,
    )
    intake = createIntake({ program: slow, size: 1, most: 2, slowMs: 20 })
    const take = (path: string) => intake.take({ path, target: null, settledMs: 0 }, running)
    const pause = () => new Promise((resolve) => setTimeout(resolve, 30))
    // On the caller's own thread until the other one has started.
    while ((await take('fast').catch(() => null)) === null) await pause()
    const stuck = take('slow').catch(() => 'ended')
    let answers = 0
    const others: Promise<void>[] = []
    while (answers === 0) {
      const answered = (): void => {
        answers++
      }
      others.push(take('fast').then(answered, () => {}))
      await pause()
    }
    await intake.close()
    expect(await stuck).toBe('ended')
    await Promise.all(others)
  })
})
