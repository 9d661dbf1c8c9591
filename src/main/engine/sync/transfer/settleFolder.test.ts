import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { settleFolder } from './settleFolder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-settle-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.skipIf(process.platform === 'win32')('shares one sync among those who come while another is under way', async () => {
  const first = settleFolder(folder)
  const [second, third] = [settleFolder(folder), settleFolder(folder)]
  expect(second).not.toBe(first)
  expect(third).toBe(second)
  await Promise.all([first, second])
  const later = settleFolder(folder)
  expect(later).not.toBe(second)
  await later
})

it.skipIf(process.platform === 'win32')('says that a folder is gone, to each who asked, and forgets it', async () => {
  const gone = join(folder, 'gone')
  const asked = [settleFolder(gone), settleFolder(gone)]
  for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(settleFolder(gone)).rejects.toMatchObject({ code: 'ENOENT' })
})
