import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeKey, type ScannedFile } from './linkedFile.ts'
import { type KnownFile, planReconciliation, type Reconciliation } from './planReconciliation.ts'

/** A file of the model: what a person would say it is, whatever it is called. */
interface ModelFile {
  readonly device: number
  readonly inode: number
  readonly content: string
  readonly mtimeMs: number
  readonly bornMs: number
}
/** A row of the model's catalogue; `file` is the person's file that its asset stands for. */
interface Row extends KnownFile {
  readonly asset: number
  readonly content: string
}
interface Found extends ScannedFile {
  readonly content: string
}

const DISK = 1

/** Folders with files, and what a catalogue knows of them. Sizes are few, so that different files often have the same. */
class Model {
  readonly paths = new Map<string, ModelFile>()
  rows: Row[] = []
  #inode = 100
  #time = 1_000
  #asset = 0
  readonly #freeInodes: number[] = []

  create(path: string, content: string): void {
    this.#drop(path)
    // As ext4 does it: the number of a file that was deleted is given to the next one.
    const inode = this.#freeInodes.pop() ?? this.#inode++
    const now = this.#time++
    this.paths.set(path, { device: DISK, inode, content, mtimeMs: now, bornMs: now })
  }
  delete(path: string): void {
    this.#drop(path)
  }
  rename(from: string, to: string): void {
    const file = this.paths.get(from)
    if (file === undefined || from === to) return
    this.#drop(to)
    this.paths.delete(from)
    this.paths.set(to, file)
  }
  swap(a: string, b: string): void {
    const [first, second] = [this.paths.get(a), this.paths.get(b)]
    if (first === undefined || second === undefined) return
    this.paths.set(a, second)
    this.paths.set(b, first)
  }
  edit(path: string, content: string): void {
    const file = this.paths.get(path)
    if (file === undefined) return
    const mtimeMs = this.#time++
    for (const [other, { inode }] of this.paths) {
      if (inode === file.inode) this.paths.set(other, { ...file, content, mtimeMs })
    }
  }
  /** As editors do it that write a new file and rename it over the old one. */
  replace(path: string, content: string): void {
    if (this.paths.has(path)) this.create(path, content)
  }
  copy(from: string, to: string, keepsTime: boolean): void {
    const file = this.paths.get(from)
    if (file === undefined || from === to) return
    this.create(to, file.content)
    const copy = this.paths.get(to)
    if (keepsTime && copy !== undefined) this.paths.set(to, { ...copy, mtimeMs: file.mtimeMs })
  }
  link(from: string, to: string): void {
    const file = this.paths.get(from)
    if (file === undefined || from === to) return
    this.#drop(to)
    this.paths.set(to, file)
  }

  scan(): Found[] {
    return [...this.paths].map(([path, file]) => ({ ...placeOf(path), ...file, size: file.content.length }))
  }
  plan(): Reconciliation<Found, Row> {
    return planReconciliation(this.scan(), this.rows, [DISK])
  }
  /** What the reconcile use case does, with the contents at hand instead of hashes. */
  apply({
    unchanged,
    renumbered,
    moved,
    movedAndChanged,
    changed,
    returned,
    missing,
    away,
    added,
    candidates,
  }: ReturnType<Model['plan']>) {
    const rows: Row[] = []
    const taken = new Set<Row>()
    for (const { known, found } of [
      ...unchanged,
      ...renumbered,
      ...moved,
      ...movedAndChanged,
      ...changed,
      ...returned,
    ]) {
      rows.push({ ...found, gone: false, asset: known.asset })
      taken.add(known)
    }
    for (const found of added) {
      const match = candidates.get(found)?.find((row) => row.content === found.content && !taken.has(row))
      if (match !== undefined) taken.add(match)
      rows.push({ ...found, gone: false, asset: match?.asset ?? this.#asset++ })
    }
    for (const row of this.rows) if (!taken.has(row)) rows.push({ ...row, gone: !away.includes(row) })
    expect(missing.every((row) => this.rows.includes(row))).toBe(true)
    this.rows = rows
  }
  settle(): void {
    this.apply(this.plan())
  }
  assetAt(path: string): number | undefined {
    return this.rows.find((row) => !row.gone && placeKey(row) === placeKey(placeOf(path)))?.asset
  }
  #drop(path: string): void {
    const file = this.paths.get(path)
    this.paths.delete(path)
    if (file !== undefined && ![...this.paths.values()].some(({ inode }) => inode === file.inode)) {
      this.#freeInodes.push(file.inode)
    }
  }
}

function placeOf(path: string) {
  const [folder = '0', directory = '', name = ''] = path.split(':')
  return { folderId: Number(folder), directory, name }
}

const path = fc
  .tuple(fc.constantFrom(0, 1), fc.constantFrom('', 'a', 'a/b'), fc.constantFrom('1', '2', '3', '4', '5', '6'))
  .map((parts) => parts.join(':'))
const content = fc.constantFrom('one', 'two', 'six', 'three', 'seven', 'eleven!')
const operation = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), path, content }),
  fc.record({ kind: fc.constant('delete' as const), path }),
  fc.record({ kind: fc.constant('rename' as const), path, to: path }),
  fc.record({ kind: fc.constant('swap' as const), path, to: path }),
  fc.record({ kind: fc.constant('edit' as const), path, content }),
  fc.record({ kind: fc.constant('replace' as const), path, content }),
  fc.record({ kind: fc.constant('copy' as const), path, to: path, keepsTime: fc.boolean() }),
  fc.record({ kind: fc.constant('link' as const), path, to: path }),
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

function run(model: Model, step: Operation): void {
  if (step.kind === 'create') model.create(step.path, step.content)
  else if (step.kind === 'delete') model.delete(step.path)
  else if (step.kind === 'rename') model.rename(step.path, step.to)
  else if (step.kind === 'swap') model.swap(step.path, step.to)
  else if (step.kind === 'edit') model.edit(step.path, step.content)
  else if (step.kind === 'replace') model.replace(step.path, step.content)
  else if (step.kind === 'copy') model.copy(step.path, step.to, step.keepsTime)
  else model.link(step.path, step.to)
}

/** Files with one content each, so that every asset can be told by it. */
function distinctModel(paths: readonly string[]): { model: Model; assets: Map<string, number | undefined> } {
  const model = new Model()
  for (const [index, at] of paths.entries()) model.create(at, `content ${index}`)
  model.settle()
  return { model, assets: new Map([...model.paths].map(([at, file]) => [file.content, model.assetAt(at)])) }
}

describe('a reconciliation', () => {
  it('accounts for every file that is there and every file that was known, exactly once, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(fc.array(operation, { maxLength: 8 }), { minLength: 1, maxLength: 8 }), (rounds) => {
        const model = new Model()
        for (const steps of rounds) {
          for (const step of steps) run(model, step)
          const [scan, before] = [model.scan(), model.rows]
          const plan = planReconciliation(scan, before, [DISK])
          const pairs = [
            ...[plan.unchanged, plan.renumbered, plan.moved],
            ...[plan.movedAndChanged, plan.changed, plan.returned],
          ].flat()
          const found = [...pairs.map((pair) => pair.found), ...plan.added]
          const known = [...pairs.map((pair) => pair.known), ...plan.missing, ...plan.away]
          expect(found).toHaveLength(scan.length)
          expect(new Set(found)).toEqual(new Set(scan))
          expect(new Set(known).size).toBe(known.length)
          // Those that are still gone are the only ones of which nothing is said.
          for (const row of before) expect(known.includes(row) || row.gone).toBe(true)
          expect(plan.away).toEqual([])
          model.apply(plan)
          const again = model.plan()
          expect(again.unchanged).toHaveLength(scan.length)
          expect([again.moved, again.changed, again.returned, again.missing, again.added].flat()).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never loses sight of a file that was only renamed, moved, swapped, deleted and brought back', () => {
    const moves = fc.oneof(
      fc.record({ kind: fc.constant('rename' as const), path, to: path }),
      fc.record({ kind: fc.constant('swap' as const), path, to: path }),
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
        fc.array(fc.array(moves, { maxLength: 8 }), { maxLength: 6 }),
        (paths, rounds) => {
          const { model, assets } = distinctModel(paths)
          for (const steps of rounds) {
            for (const step of steps) run(model, step)
            model.settle()
            for (const [at, file] of model.paths) expect(model.assetAt(at)).toBe(assets.get(file.content))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('finds a file again that was copied to another disk and deleted here, by its bytes', () => {
    const { model, assets } = distinctModel(['0::1', '0::2', '0:a:3'])
    model.copy('0::1', '1::1', true)
    model.delete('0::1')
    const plan = model.plan()
    expect(plan.moved).toEqual([])
    expect([...plan.candidates.values()].flat().map(({ name }) => name)).toEqual(['1'])
    model.apply(plan)
    expect(model.assetAt('1::1')).toBe(assets.get('content 0'))
  })

  it('takes a file for changed when its place holds other bytes, however they were written', () => {
    const { model, assets } = distinctModel(['0::1', '0::2'])
    model.edit('0::1', 'edited in place')
    model.replace('0::2', 'written anew')
    const plan = model.plan()
    expect(plan.changed.map(({ known }) => known.name).sort()).toEqual(['1', '2'])
    model.apply(plan)
    expect(model.assetAt('0::1')).toBe(assets.get('content 0'))
    expect(model.assetAt('0::2')).toBe(assets.get('content 1'))
  })

  it('follows a file that was renamed and then written to, as long as the file system tells when it came to be', () => {
    const { model, assets } = distinctModel(['0::1', '0::2'])
    model.rename('0::1', '0:a:moved')
    model.edit('0:a:moved', 'written to since')
    const plan = model.plan()
    expect(plan.movedAndChanged).toHaveLength(1)
    const unborn = <T extends object>(file: T) => ({ ...file, bornMs: 0 })
    expect(planReconciliation(model.scan().map(unborn), model.rows.map(unborn), [DISK])).toMatchObject({
      movedAndChanged: [],
      missing: [{ name: '1' }],
      added: [{ name: 'moved' }],
    })
    model.apply(plan)
    expect(model.assetAt('0:a:moved')).toBe(assets.get('content 0'))
  })

  it('does not take a new file for the one whose inode it got', () => {
    const { model, assets } = distinctModel(['0::1'])
    model.delete('0::1')
    model.create('0:a:2', 'content 0 and more')
    const plan = model.plan()
    expect(plan.missing.map(({ name }) => name)).toEqual(['1'])
    expect(plan.added.map(({ name }) => name)).toEqual(['2'])
    model.apply(plan)
    expect(model.assetAt('0:a:2')).not.toBe(assets.get('content 0'))
  })

  it('leaves the asset where its file is when a copy, a hard link or a new file takes the old name', () => {
    const { model, assets } = distinctModel(['0::1', '0::2', '0::3'])
    model.rename('0::1', '0:a:1')
    model.create('0::1', 'content of another file')
    model.copy('0::2', '0:a:2', true)
    model.link('0::3', '0:a:3')
    model.settle()
    expect(model.assetAt('0:a:1')).toBe(assets.get('content 0'))
    expect(model.assetAt('0::2')).toBe(assets.get('content 1'))
    expect(model.assetAt('0::3')).toBe(assets.get('content 2'))
    expect(model.assetAt('0::1')).not.toBe(assets.get('content 0'))
  })

  it('does not count a file of a disk that is not there as missing, and everything is unchanged when it is back', () => {
    const { model } = distinctModel(['0::1', '0::2'])
    const plan = planReconciliation([], model.rows, [2])
    expect(plan.missing).toEqual([])
    expect(plan.away).toHaveLength(2)
    model.apply(planReconciliation([] as Found[], model.rows, [2]))
    expect(model.plan().unchanged).toHaveLength(2)
  })

  it('reads nothing again when a disk gives out new inodes at each mount', () => {
    const { model } = distinctModel(Array.from({ length: 30 }, (_, index) => `0::${index}`))
    const remounted = model.scan().map((file) => ({ ...file, inode: file.inode + 10_000 }))
    const plan = planReconciliation(remounted, model.rows, [DISK])
    expect(plan.renumbered).toHaveLength(30)
    // One alone is a file that was replaced by one of the same size and time: only its bytes tell.
    const one = model.scan().map((file, index) => (index === 7 ? { ...file, inode: 10_000 } : file))
    expect(planReconciliation(one, model.rows, [DISK]).changed).toHaveLength(1)
  })

  it('is as quick for twenty thousand hard links to one file as for any other', () => {
    const files = Array.from({ length: 20_000 }, (_, index) => ({
      ...{ folderId: 0, directory: 'old', name: String(index) },
      ...{ device: DISK, inode: 7, size: 3, mtimeMs: 5, bornMs: 1, gone: false, asset: index, content: 'one' },
    }))
    const plan = planReconciliation(
      files.map((file) => ({ ...file, directory: 'new' })),
      files,
    )
    expect(plan.moved).toHaveLength(20_000)
    expect(plan.moved.every(({ known, found }) => known.name === found.name)).toBe(true)
  })
})
