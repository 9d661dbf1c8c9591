import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** `unknown` is a disk that does not answer in time, such as a network drive without its network. */
export type Presence =
  | { readonly is: 'there'; readonly id: string }
  | { readonly is: 'gone' }
  | { readonly is: 'unknown' }

/** A disk that takes longer than this is not waited for, milliseconds. */
const PATIENCE_MS = 3_000
/** What reading says when the folder was moved, or its disk or its network is not connected. */
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'EHOSTUNREACH'])

const manifestSchema = z.object({ id: z.string() })

/** Whether there is a library at this path, and which. Never rejects; what can't be read otherwise counts as unknown. */
export async function libraryPresence(path: string, patienceMs: number = PATIENCE_MS): Promise<Presence> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Presence>((resolve) => {
    timer = setTimeout(() => resolve({ is: 'unknown' }), patienceMs)
  })
  const found = readFile(join(path, 'library.json'), 'utf8').then(
    (text): Presence => {
      const parsed = manifestSchema.safeParse(jsonOf(text))
      return parsed.success ? { is: 'there', id: parsed.data.id } : { is: 'unknown' }
    },
    (error: NodeJS.ErrnoException): Presence => ({ is: GONE.has(error.code ?? '') ? 'gone' : 'unknown' }),
  )
  try {
    return await Promise.race([found, late])
  } finally {
    clearTimeout(timer)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // half written, or damaged: the engine says which when it opens the library
  }
}
