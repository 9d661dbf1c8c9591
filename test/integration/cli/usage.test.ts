import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLibrary, makePictures, startVitrine, temporaryPlace, vitrine } from './vitrineProcess.ts'

/** A user without rights, for tests that run as root: file permissions do not hold root back. */
const NOBODY = 65534
const isRoot = process.getuid?.() === 0

/** Whether another user can get to a path: every folder above it lets everybody through. */
function isReachable(path: string): boolean {
  const parent = dirname(path)
  return parent === path || ((statSync(parent).mode & 0o001) !== 0 && isReachable(parent))
}
const canTryAsNobody = [process.execPath, fileURLToPath(import.meta.url)].every(isReachable)
/** Windows has other permissions; root needs another user, who must be able to read this checkout. */
const canTryReadOnly = process.platform !== 'win32' && (!isRoot || canTryAsNobody)

describe('exit status and messages', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  beforeAll(() => {
    makeLibrary(place.library)
  })
  afterAll(place.remove)

  test.each([
    ['no command', []],
    ['a command that does not exist', ['paint']],
    ['a command of a later version', ['join', ...at]],
    ['an option that does not exist', ['list', '--colour', ...at]],
    ['a missing argument', ['import', ...at]],
    ['a rating that is none', ['set', 'abcd', '--rating', '6', ...at]],
    ['nothing to set', ['set', 'abcd', ...at]],
    ['a sort field that does not exist', ['list', '--sort', 'beauty', ...at]],
    ['a limit that is no number', ['list', '--limit', 'ten', ...at]],
    ['a query that can not be understood', ['list', '--query', 'rating>=', ...at]],
    ['--move and --link together', ['import', 'x', '--move', '--link', ...at]],
    ['a collection in the Workspace', ['import', 'x', '--collection', 'A', '--space', 'workspace', ...at]],
    ['a remote without a place', ['remote', 'add', '--role', 'library', ...at]],
    ['an owner of another role', ['remote', 'add', '--role', 'library', '--folder', 'x', '--owner', 'me', ...at]],
    ['a remote with two places', ['remote', 'add', '--role', 'library', '--folder', 'x', '--bucket', 'y', ...at]],
  ])('%s is wrong usage: 2, with a message on stderr only', async (_, args) => {
    const { status, stdout, stderr } = await vitrine(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('help and version are on stdout and are no failure', async () => {
    expect(await vitrine('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/import .*\n.*list /s) })
    expect(await vitrine('import', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--no-wait') })
    expect(await vitrine('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test('a library that is not there, or is none, is 3; and nothing is written where it is none', async () => {
    const nowhere = await vitrine('list', '--library', join(place.folder, 'nowhere'))
    expect(nowhere).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/no library at .*vitrine init/),
    })
    const plain = join(place.folder, 'plain')
    mkdirSync(plain)
    expect(await vitrine('list', '--library', plain)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/library\.json/),
    })
    expect(readdirSync(plain)).toEqual([])
    const file = join(place.folder, 'file')
    writeFileSync(file, '')
    expect(await vitrine('list', '--library', file)).toMatchObject({ status: 3 })
    expect(await vitrine('init', join(file, 'inside'))).toMatchObject({ status: 3 })
    const none = await startVitrine(['list'], { cwd: place.folder }).ended
    expect(none).toMatchObject({ status: 3, stderr: expect.stringMatching(/--library DIR.*VITRINE_LIBRARY/) })
  })

  test('the library is found by VITRINE_LIBRARY and from inside of it', async () => {
    expect(await startVitrine(['list'], { env: { VITRINE_LIBRARY: place.library } }).ended).toMatchObject({ status: 0 })
    expect(await startVitrine(['list'], { cwd: join(place.library, 'originals') }).ended).toMatchObject({ status: 0 })
  })

  test('a library of a newer version is 3, and left as it is', async () => {
    const newer = join(place.folder, 'newer')
    makeLibrary(newer)
    const manifest = join(newer, 'library.json')
    const text = JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), format: 99 })
    writeFileSync(manifest, text)
    expect(await vitrine('list', '--library', newer)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/newer version/),
    })
    expect(readFileSync(manifest, 'utf8')).toBe(text)
  })

  test('a damaged manifest is 3, with what to do', async () => {
    const damaged = join(place.folder, 'damaged')
    makeLibrary(damaged)
    writeFileSync(join(damaged, 'library.json'), '{"format": 1,')
    expect(await vitrine('list', '--library', damaged)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/damaged/),
    })
  })

  test('a damaged catalogue is set aside and rebuilt, and the command says so', async () => {
    const library = join(place.folder, 'rebuilt')
    makeLibrary(library)
    const pictures = await makePictures(join(place.folder, 'for rebuilt'), 2)
    await vitrine('import', ...pictures, '--library', library)
    writeFileSync(join(library, 'catalog.sqlite'), 'this is no database')
    const { status, stdout, stderr } = await vitrine('list', '--library', library, '--json')
    expect(status, stderr).toBe(0)
    expect(stderr).toMatch(/rebuilt \(2 assets\)/)
    expect(JSON.parse(stdout).total).toBe(2)
    expect(readdirSync(join(library, 'quarantine')).some((name) => name.startsWith('catalog-damaged'))).toBe(true)
  })

  test.runIf(canTryReadOnly)('a library that may not be written to is 3', async () => {
    const library = join(place.folder, 'read only')
    makeLibrary(library)
    for (const name of ['', ...(readdirSync(library, { recursive: true }) as string[])]) {
      const path = join(library, name)
      chmodSync(path, existsSync(join(path, '.')) ? 0o555 : 0o444)
    }
    chmodSync(place.folder, 0o755)
    const { status, stderr } = await startVitrine(['list', '--library', library], isRoot ? { uid: NOBODY } : {}).ended
    expect(status, stderr).toBe(3)
    expect(stderr).toMatch(/can.t be written to/)
    expect(stderr).not.toMatch(/\n\s+at /)
    for (const name of ['', 'cache', 'originals', 'journal', 'drop', 'quarantine'])
      chmodSync(join(library, name), 0o755)
  })

  test('a file name that would steer the terminal is shown as text', async () => {
    const name = 'red\u001b[31m\u202eexe.png'
    const [picture] = await makePictures(join(place.folder, 'hostile'), 1, 900)
    const hostile = join(place.folder, 'hostile', name)
    writeFileSync(hostile, readFileSync(picture!))
    await vitrine('import', hostile, ...at)
    const { stdout } = await vitrine('list', ...at)
    expect(stdout).toContain('red\\u001b[31m\\u202eexe.png')
    expect(stdout).not.toContain('\u001b')
  })

  test('a reader that has enough ends the command quietly', async () => {
    const { child, ended } = startVitrine(['list', ...at])
    child.stdout?.destroy()
    const { status, stderr } = await ended
    expect(status).toBe(0)
    expect(stderr).not.toMatch(/EPIPE/)
  })
})
