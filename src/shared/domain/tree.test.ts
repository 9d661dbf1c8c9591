import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, inTreeOrder, MAX_DEPTH, parentsOf, placementBelow, type TreeNode } from './tree.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const anyNodes: fc.Arbitrary<TreeNode[]> = fc
  .array(fc.option(fc.constantFrom(...names, 'unknown')), { minLength: 6, maxLength: 6 })
  .map((parents) => names.map((id, index) => ({ id, parent_id: parents[index] ?? null })))

describe('a tree of things that name their parents', () => {
  it('has no loops and no unknown parents, whatever the rows say', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const parents = parentsOf(nodes)
        for (const { id } of nodes) {
          const ancestors = ancestorsOf(parents, id)
          expect(ancestors).not.toContain(id)
          expect(ancestors.every((ancestor) => names.includes(ancestor))).toBe(true)
        }
      }),
    )
  })

  it('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        expect(new Map([...parentsOf(nodes.toReversed())].sort())).toEqual(new Map([...parentsOf(nodes)].sort()))
      }),
    )
  })

  it('keeps what the rows say where that makes sense', () => {
    const parents = parentsOf([
      { id: 'root', parent_id: null },
      { id: 'below', parent_id: 'root' },
      { id: 'lost', parent_id: 'gone' },
      { id: 'x', parent_id: 'y' },
      { id: 'y', parent_id: 'x' },
    ])
    expect(Object.fromEntries(parents)).toEqual({ root: null, below: 'root', lost: null, x: null, y: 'x' })
  })

  it('is walked so that each node comes once, after its parent', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const parents = parentsOf(nodes)
        const ordered = inTreeOrder(nodes, parents, (a, b) => (a.id < b.id ? -1 : 1))
        expect(ordered.map(({ node }) => node.id).sort()).toEqual(names)
        const seen = new Set<string>()
        for (const { node, ancestors } of ordered) {
          expect(ancestors.map(({ id }) => id).reverse()).toEqual(ancestorsOf(parents, node.id))
          expect(ancestors.every(({ id }) => seen.has(id))).toBe(true)
          seen.add(node.id)
        }
      }),
    )
  })

  it('takes no node below itself, and none too deep', () => {
    const chain = Array.from({ length: MAX_DEPTH }, (_, depth) => ({
      id: `n${String(depth).padStart(2, '0')}`,
      parent_id: depth === 0 ? null : `n${String(depth - 1).padStart(2, '0')}`,
    }))
    const parents = parentsOf([...chain, { id: 'other', parent_id: null }])
    const deepest = chain.at(-1)!.id
    expect(placementBelow(parents, 'n00', deepest)).toBe('inside_itself')
    expect(placementBelow(parents, 'n00', 'n00')).toBe('inside_itself')
    expect(placementBelow(parents, 'other', deepest)).toBe('too_deep')
    expect(placementBelow(parents, 'n00', 'other')).toBe('too_deep')
    expect(placementBelow(parents, 'n01', 'other')).toBe('fits')
    expect(placementBelow(parents, deepest, null)).toBe('fits')
  })
})
