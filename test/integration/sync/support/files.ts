import { createCipheriv, createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { PutFile } from '../../../../src/main/engine/ports.ts'
import { sha256Schema } from '../../../../src/shared/domain/ids.ts'

/** A temporary folder and how to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'vitrine-sync-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Bytes that look random and are the same for the same seed. */
export function seededBytes(size: number, seed: string): Buffer {
  const key = createHash('md5').update(seed).digest()
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size))
}

export function sha256Of(bytes: Uint8Array): ReturnType<typeof sha256Schema.parse> {
  return sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
}

/** Writes a file and describes it as `putFile` wants it. */
export function fileToPut(folder: string, name: string, bytes: Uint8Array): PutFile {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return { path, size: bytes.length, sha256: sha256Of(bytes), contentType: 'application/octet-stream' }
}

export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Waits until a condition holds; fails with the description after 40 seconds. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`This never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
