import { open } from 'node:fs/promises'

const SEARCHED_BYTES = 1024 * 1024

/**
 * Does to this process what a poisoned file does to a decoder, for real, if the file asks for it by the text
 * `vitrine-fault:<kind>` in its first or last mebibyte. Reached only with `VITRINE_FAULTS=1`.
 */
export async function injectFault(path: string): Promise<void> {
  const fault = /vitrine-fault:(crash|hang|memory|throw)/.exec(await readEnds(path))?.[1]
  switch (fault) {
    case 'crash':
      process.kill(process.pid, 'SIGSEGV')
      // The signal may be delivered a moment later; nothing else may happen meanwhile.
      return new Promise(() => {})
    case 'hang':
      for (;;);
    case 'memory':
      return fillMemory()
    case 'throw':
      throw new Error('vitrine-fault:throw')
    default:
  }
}

async function readEnds(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = await file.read(Buffer.alloc(SEARCHED_BYTES), 0, SEARCHED_BYTES, 0)
    const tail = await file.read(Buffer.alloc(SEARCHED_BYTES), 0, SEARCHED_BYTES, Math.max(0, size - SEARCHED_BYTES))
    return head.buffer.toString('latin1', 0, head.bytesRead) + tail.buffer.toString('latin1', 0, tail.bytesRead)
  } finally {
    await file.close()
  }
}

function fillMemory(): Promise<never> {
  const held: Buffer[] = []
  return new Promise(() => {
    // Filled, because memory that is never touched is not resident.
    setInterval(() => held.push(Buffer.alloc(64 * 1024 * 1024, held.length + 1)), 5)
  })
}
