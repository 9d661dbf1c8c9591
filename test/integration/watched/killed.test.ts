import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesBelow, sha256 } from '../import/support/importLibrary.ts'
import { jpeg } from '../import/support/pictures.ts'
import { freshFolder, openWatchedLibrary } from './support/watchedLibrary.ts'

const FILES = 120
const program = fileURLToPath(new URL('./support/watchProgram.ts', import.meta.url))
const temporary = freshFolder()
const [root, pictures] = [temporary.at('Library'), temporary.at('Pictures')]

beforeAll(async () => {
  mkdirSync(root)
  mkdirSync(join(pictures, 'a'), { recursive: true })
  for (let seed = 0; seed < FILES; seed++) writeFileSync(join(pictures, 'a', `${seed}.jpg`), await jpeg(seed))
})
afterAll(() => temporary.remove())

/** Runs the engine; kills it some time after it began to work, if it is still there. Returns whether it came to its end. */
function run(killAfterMs: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const engine = spawn(process.execPath, [program, root, pictures], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    let timer: NodeJS.Timeout | undefined
    engine.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (killAfterMs !== null) timer ??= setTimeout(() => engine.kill('SIGKILL'), killAfterMs)
    })
    engine.on('error', reject)
    engine.on('close', () => {
      clearTimeout(timer)
      resolve(output.includes('done'))
    })
  })
}

/** Kills it again and again, later each time, until it comes to an end by itself. */
async function runKilled(): Promise<number> {
  let kills = 0
  for (let attempt = 1; !(await run(attempt > 12 ? null : 20 + Math.random() * attempt * 250)); attempt++) kills++
  return kills
}

/** Every asset by the name of its file, which none of the changes below alters. */
async function assetsByName() {
  const library = await openWatchedLibrary(root, false)
  try {
    const assets = await library.assets()
    return new Map(assets.map((asset) => [basename(asset.storage_path), asset]))
  } finally {
    await library.close()
  }
}

it('an engine that is killed while it takes in, follows and reads again loses and doubles nothing', {
  timeout: 300_000,
}, async () => {
  expect(await runKilled()).toBeGreaterThan(1)
  const before = await assetsByName()
  expect(before.size).toBe(FILES)
  expect(new Set([...before.values()].map(({ status }) => status))).toEqual(new Set(['available']))

  renameSync(join(pictures, 'a'), join(pictures, 'b'))
  for (let seed = 0; seed < 20; seed++) rmSync(join(pictures, 'b', `${seed}.jpg`))
  for (let seed = 20; seed < 40; seed++) writeFileSync(join(pictures, 'b', `${seed}.jpg`), await jpeg(seed + 1000))
  expect(await runKilled()).toBeGreaterThan(1)
  const after = await assetsByName()
  expect(after.size).toBe(FILES)
  for (const [name, asset] of after) {
    expect(asset.id).toBe(before.get(name)?.id)
    const seed = Number(name.replace('.jpg', ''))
    expect(asset.status).toBe(seed < 20 ? 'missing' : 'available')
    if (seed >= 20) expect(asset.sha256).toBe(sha256(readFileSync(join(pictures, 'b', name))))
  }
  expect(filesBelow(pictures)).toHaveLength(FILES - 20)
})
