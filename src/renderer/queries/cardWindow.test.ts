import { describe, expect, it, vi } from 'vitest'
import type { AssetCard } from '../../shared/domain/asset.ts'
import { CardWindow } from './cardWindow.ts'

/** Only the fields that the window of cards looks at. */
const card = (rowId: number, name = `asset ${rowId}`) => ({ row_id: rowId, file_name: name }) as AssetCard

/** An engine that answers when it is told to. */
function engine() {
  const waiting: { rowIds: readonly number[]; answer: (cards: readonly AssetCard[]) => void; fail: () => void }[] = []
  const window = new CardWindow(
    (rowIds) =>
      new Promise((answer, reject) => {
        waiting.push({ rowIds, answer, fail: () => reject(new Error('restarting')) })
      }),
  )
  const settle = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  return { window, waiting, settle }
}

describe('cards of what is on screen', () => {
  it('come in one request for all that is shown', async () => {
    const { window, waiting, settle } = engine()
    window.show([1, 2])
    window.show([1, 2, 3])
    await settle()
    expect(waiting.map(({ rowIds }) => rowIds)).toEqual([[1, 2, 3]])
  })

  it('are not asked for when they scrolled away before their turn', async () => {
    const { window, waiting, settle } = engine()
    window.show([1])
    await settle()
    window.show([100])
    window.show([200])
    waiting[0]?.answer([card(1)])
    await settle()
    expect(waiting.map(({ rowIds }) => rowIds)).toEqual([[1], [200]])
  })

  it('are kept for when a person scrolls back', async () => {
    const { window, waiting, settle } = engine()
    window.show([1])
    await settle()
    waiting[0]?.answer([card(1)])
    await settle()
    window.show([2])
    window.show([1])
    await settle()
    expect(window.get(1)).toEqual(card(1))
    expect(waiting).toHaveLength(1)
  })

  it('tell only the cells they belong to', async () => {
    const { window, waiting, settle } = engine()
    const one = vi.fn()
    const other = vi.fn()
    window.subscribe(1, one)
    window.subscribe(9, other)
    window.show([1])
    await settle()
    waiting[0]?.answer([card(1)])
    await settle()
    expect(one).toHaveBeenCalledOnce()
    expect(other).not.toHaveBeenCalled()
  })
})

describe('when the catalogue changes', () => {
  it('the old card stays visible until the new one is there', async () => {
    const { window, waiting, settle } = engine()
    window.show([1])
    await settle()
    waiting[0]?.answer([card(1, 'before')])
    await settle()
    window.invalidate([1])
    await settle()
    expect(window.get(1)?.file_name).toBe('before')
    waiting[1]?.answer([card(1, 'after')])
    await settle()
    expect(window.get(1)?.file_name).toBe('after')
  })

  it('a change during a request is fetched after it', async () => {
    const { window, waiting, settle } = engine()
    window.show([1])
    await settle()
    waiting[0]?.answer([card(1, 'first')])
    await settle()
    window.invalidate(null)
    await settle()
    window.invalidate([1])
    waiting[1]?.answer([card(1, 'second')])
    await settle()
    expect(waiting).toHaveLength(3)
  })

  it('a row that is gone has no card, and is not asked for again and again', async () => {
    const { window, waiting, settle } = engine()
    window.show([1, 2])
    await settle()
    waiting[0]?.answer([card(2)])
    await settle()
    expect(window.get(1)).toBeUndefined()
    expect(waiting).toHaveLength(1)
  })
})

describe('when the engine does not answer', () => {
  it('says so, and asks again when it is back', async () => {
    const { window, waiting, settle } = engine()
    const problems: unknown[] = []
    window.onError = (thrown) => problems.push(thrown)
    window.show([1])
    await settle()
    waiting[0]?.fail()
    await settle()
    expect(problems).toHaveLength(1)
    expect(waiting).toHaveLength(1)
    window.invalidate(null)
    await settle()
    expect(waiting.map(({ rowIds }) => rowIds)).toEqual([[1], [1]])
  })

  it('an answer about another library is dropped', async () => {
    const { window, waiting, settle } = engine()
    window.show([1])
    await settle()
    window.clear()
    waiting[0]?.answer([card(1, 'of the old library')])
    await settle()
    expect(window.get(1)).toBeUndefined()
  })
})

describe('memory', () => {
  it('is bounded: of what nobody shows, the oldest is forgotten', async () => {
    const window = new CardWindow(async (rowIds) => rowIds.map((rowId) => card(rowId)))
    const stop = window.subscribe(1, () => {})
    const all = Array.from({ length: 10_000 }, (_, i) => i + 1)
    await window.load(all)
    expect(window.get(1)).toBeDefined()
    expect(window.get(2)).toBeUndefined()
    expect(window.get(10_000)).toBeDefined()
    stop()
  })
})
