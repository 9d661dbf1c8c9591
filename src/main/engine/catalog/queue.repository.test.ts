import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, openDatabase } from './database.ts'
import type { QueueRepository } from './queue.repository.ts'
import { queueRepository } from './queue.repository.ts'

let root: string
let db: Db
let queue: QueueRepository

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-queue-'))
  db = openDatabase(join(root, 'catalog.sqlite'))
  queue = queueRepository(db)
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
})

const add = (key: string, priority = 0, runAt = 0) =>
  queue.enqueue([{ kind: 'upload', key, payload: { key }, priority, runAt }])
const claimed = (limit: number, now: number) => queue.claim('upload', limit, now).map(({ key }) => key)

describe('the queue', () => {
  it('gives the most urgent first, then the oldest, each to one claimer', () => {
    add('a')
    add('b', 5)
    add('c')
    expect(claimed(2, 0)).toEqual(['b', 'a'])
    expect(claimed(2, 0)).toEqual(['c'])
    expect(claimed(2, 0)).toEqual([])
    expect(queue.counts('upload')).toEqual({ waiting: 0, leased: 3, parked: 0 })
  })

  it('runs what somebody waits for first, and goes on with a second stage after everything else', () => {
    for (const key of ['a', 'b', 'c']) add(key)
    queue.prefer('upload', ['c'], 5)
    const [first] = queue.claim('upload', 1, 0)
    expect(first?.key).toBe('c')
    queue.goOn([first?.id ?? 0], { stage: 2 }, -1)
    expect(claimed(2, 0)).toEqual(['a', 'b'])
    expect(queue.claim('upload', 1, 0)).toMatchObject([{ key: 'c', payload: { stage: 2 }, attempts: 1 }])
  })

  it('keeps a job back until its time, and wakes it at once when asked', () => {
    add('later', 0, 1000)
    expect(claimed(1, 999)).toEqual([])
    expect(queue.nextRunAt('upload')).toBe(1000)
    queue.wake('upload', 10)
    expect(claimed(1, 10)).toEqual(['later'])
  })

  it('tells whoever works on a kind that there is something to do', () => {
    let told = 0
    const stop = queue.onEnqueued('upload', () => told++)
    queue.onEnqueued('media', () => {
      throw new Error('this was not media')
    })
    add('a')
    stop()
    add('b')
    expect(told).toBe(1)
  })

  it('counts attempts and remembers why the last one failed', () => {
    add('a')
    const [job] = queue.claim('upload', 1, 0)
    if (job === undefined) throw new Error('expected a job')
    queue.fail(job.id, { code: 'remote_unreachable', message: 'gone' }, 50)
    const [again] = queue.claim('upload', 1, 50)
    expect(again).toMatchObject({ attempts: 2, error: { code: 'remote_unreachable' } })
  })

  it('takes a job that is put off for one that was not tried', () => {
    add('a')
    queue.postpone(
      queue.claim('upload', 1, 0).map(({ id }) => id),
      50,
    )
    expect(queue.claim('upload', 1, 49)).toEqual([])
    expect(queue.claim('upload', 1, 50)).toMatchObject([{ attempts: 1, error: null }])
  })

  it('parks what needs a person until it is retried by its key, whatever characters that has', () => {
    add('remote_1/a')
    add('remoteX1/b')
    for (const job of queue.claim('upload', 2, 0))
      queue.fail(job.id, { code: 'remote_permission', message: 'no' }, null)
    expect(queue.counts('upload').parked).toBe(2)
    expect(queue.retry('upload', 'remote_1/', 0)).toBe(1)
    expect(claimed(2, 0)).toEqual(['remote_1/a'])
  })

  it('replaces a waiting job of the same key, but never one that is being worked on', () => {
    add('a', 0)
    add('a', 7)
    expect(queue.counts('upload').waiting).toBe(1)
    const [job] = queue.claim('upload', 1, 0)
    add('a', 9)
    expect(queue.counts('upload')).toEqual({ waiting: 0, leased: 1, parked: 0 })
    if (job !== undefined) queue.complete([job.id])
    expect(queue.counts('upload').leased).toBe(0)
  })
})
