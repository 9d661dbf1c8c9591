import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openLibrary } from '../../src/main/engine/library/openLibrary.ts'
import { dump } from '../integration/sync/support/devices.ts'
import { sha256Of } from '../integration/sync/support/files.ts'

/** What is wrong with libraries that should be the same and lack nothing; nobody may have them open. */
export function compareDevices(roots: readonly string[], files: ReadonlySet<string>): string[] {
  const problems: string[] = []
  const states = roots.map((root) => {
    const { catalog } = openLibrary(root, () => Date.now())
    try {
      for (const { id, sha256, storagePath } of catalog.verification.files(0, 100_000)) {
        const found = hashOf(join(root, storagePath))
        if (found !== sha256) problems.push(`${root}: the original of ${id} is ${found ?? 'not there'}, not ${sha256}`)
      }
      const state = dump({ catalog }) as { readonly assets: readonly { readonly sha256: string }[] }
      const there = new Set(state.assets.map(({ sha256 }) => sha256))
      for (const sha256 of files) if (!there.has(sha256)) problems.push(`${root}: the file ${sha256} is lost`)
      return state
    } finally {
      catalog.close()
    }
  })
  const [first, ...others] = states
  for (const [index, other] of others.entries()) {
    if (!isDeepStrictEqual(other, first)) {
      problems.push(`${roots[index + 1]} is not the same as ${roots[0]}: ${difference(first, other)}`)
    }
  }
  return problems
}

function hashOf(path: string): string | null {
  try {
    return sha256Of(readFileSync(path))
  } catch {
    return null
  }
}

/** Where two values differ first, for a person. */
function difference(a: unknown, b: unknown, at = ''): string {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [left, right] = [a, b].map((value) => (value as Record<string, unknown>)[key])
      if (!isDeepStrictEqual(left, right)) return difference(left, right, `${at}/${key}`)
    }
  }
  return `${at}: ${JSON.stringify(a)?.slice(0, 300)} and ${JSON.stringify(b)?.slice(0, 300)}`
}
