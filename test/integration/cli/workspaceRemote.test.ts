import { copyFileSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineRequests } from '../../../src/shared/contract/requests.ts'
import { remotePolicyPresets, remoteSchema } from '../../../src/shared/domain/remote.ts'
import { listSchema, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const place = temporaryPlace()
const at = ['--library', place.library]
const generated = join(place.folder, 'workspace-temp')
const kept = join(place.folder, 'user-library')
/** Each command is a process of its own. */
const SEVERAL_COMMANDS_MS = 240_000
const onceSchema = engineRequests['sync.once'].output

beforeAll(async () => {
  for (const folder of [generated, kept]) mkdirSync(folder)
  await makePictures(place.files, 2)
  await vitrine('init', place.library)
})
afterAll(place.remove)

/** Writes a file as a generator does, long enough ago to be whole. */
function generate(name: string, write: (path: string) => void): void {
  const path = join(generated, 'me', 'job-1', name)
  mkdirSync(join(path, '..'), { recursive: true })
  write(path)
  const then = new Date(Date.now() - 60_000)
  utimesSync(path, then, then)
}
const inBucket = (): string[] =>
  readdirSync(generated, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? entry.name : [],
  )

test(
  'a workspace remote gives its files to the Workspace and loses what is kept, from the command line',
  async () => {
    const add = ['remote', 'add', '--folder', generated, '--role', 'workspace', '--owner', 'me', ...at]
    const remote = await vitrineJson(remoteSchema, ...add)
    expect(remote).toMatchObject({ role: 'workspace', owner: 'me', policy: remotePolicyPresets['workspace-temp'] })
    await vitrine('remote', 'add', '--folder', kept, '--role', 'library', ...at)

    const pictures = readdirSync(place.files).map((name) => join(place.files, name))
    for (const picture of pictures) generate(basename(picture), (path) => copyFileSync(picture, path))
    generate('log.txt', (path) => writeFileSync(path, 'step 1'))
    expect(await vitrineJson(onceSchema, 'sync', '--once', ...at)).toMatchObject({ arrived: 2, errors: [] })
    const { assets } = await vitrineJson(listSchema, 'list', ...at)
    expect(assets.map(({ space, status }) => [space, status])).toEqual([
      ['workspace', 'available'],
      ['workspace', 'available'],
    ])

    await vitrine('keep', assets[0]?.id ?? '', ...at)
    expect(await vitrineJson(onceSchema, 'sync', '--once', ...at)).toMatchObject({
      arrived: 0,
      uploaded: 1,
      errors: [],
    })
    expect(inBucket().sort()).toEqual([assets[1]?.file_name, 'log.txt'].sort())
    const { stderr, stdout } = await vitrine('sync', '--once', ...at)
    expect(`${stdout}${stderr}`).toContain('log.txt')
  },
  SEVERAL_COMMANDS_MS,
)

test(
  'a preset can be chosen for a remote of any role',
  async () => {
    const folder = join(place.folder, 'references')
    mkdirSync(folder)
    const add = ['remote', 'add', '--folder', folder, '--role', 'references', ...at]
    expect(await vitrineJson(remoteSchema, ...add)).toMatchObject({ policy: remotePolicyPresets.reference_images })
    for (const name of Object.keys(remotePolicyPresets) as (keyof typeof remotePolicyPresets)[]) {
      const change = ['remote', 'policy', '--role', 'references', '--preset', name, ...at]
      const { policy } = JSON.parse((await vitrine(...change, '--json')).stdout)
      expect(policy).toMatchObject(remotePolicyPresets[name])
    }
  },
  SEVERAL_COMMANDS_MS,
)
