import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { listSchema, vitrine, vitrineJson } from './vitrineProcess.ts'

const disk = mkdtempSync(join(tmpdir(), 'vitrine-bad-disk-'))
const sources = mkdtempSync(join(tmpdir(), 'vitrine-sources-'))
const library = join(disk, 'library')

function mount(): string | null {
  if (process.platform !== 'linux') return 'small disks are made with tmpfs'
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' })
    return null
  } catch {
    return 'mounting needs root'
  }
}
const resize = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, disk])
const reason = mount()

afterAll(() => {
  if (reason === null) execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
  rmSync(sources, { recursive: true, force: true })
})

describeUnless(reason, 'a library on a bad disk', () => {
  it('that is full says so, loses nothing, and takes everything once there is room', async () => {
    expect((await vitrine('init', library)).status).toBe(0)
    // Text takes no decoder, so that only the disk decides.
    for (let index = 0; index < 12; index++) {
      writeFileSync(join(sources, `note-${index}.txt`), `${index} ${'a line of a long note\n'.repeat(20_000)}`)
    }
    const full = await vitrine('import', sources, '--library', library)
    expect(full.status).toBe(1)
    expect(full.stderr).toMatch(/disk .*full/i)
    expect(full.stderr).not.toMatch(/\n\s+at /)
    expect(readdirSync(sources)).toHaveLength(12)

    resize('size=40m')
    await vitrine('import', sources, '--library', library)
    const { total } = await vitrineJson(listSchema, 'list', '--library', library)
    expect(total).toBe(12)
  })

  it('without room for one more row refuses an edit, and works again when there is some', async () => {
    resize('size=40m')
    const { assets } = await vitrineJson(listSchema, 'list', '--library', library)
    const [first] = assets
    if (first === undefined) throw new Error('the library is empty')
    const used = Number(execFileSync('du', ['-sk', disk], { encoding: 'utf8' }).split('\t')[0])
    resize(`size=${used + 8}k`)
    try {
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(1024 * 1024))
    } catch {
      // The disk is as full as it can be, which is the point.
    }
    const edit = await vitrine('set', first.id, '--rating', '4', '--library', library)
    expect([1, 3]).toContain(edit.status)
    expect(edit.stderr).toMatch(/full/i)
    rmSync(join(disk, 'ballast'), { force: true })
    resize('size=40m')
    expect((await vitrine('set', first.id, '--rating', '4', '--library', library)).status).toBe(0)
  })

  it('that can only be read says so, and changes nothing', async () => {
    resize('ro')
    const list = await vitrine('list', '--library', library)
    expect(list.status).toBe(3)
    expect(list.stderr).toMatch(/written|read-only/i)
    const init = await vitrine('init', join(disk, 'another'))
    expect(init.status).not.toBe(0)
    expect(init.stderr).toMatch(/written|read-only/i)
    const file = join(sources, 'note-0.txt')
    expect((await vitrine('import', file, '--library', library)).status).toBe(3)
    resize('rw,size=40m')
    const again = await vitrineJson(importReportSchema, 'import', file, '--library', library)
    expect(again.duplicates).toHaveLength(1)
  })
})
