import { open } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { scannerPlace } from '../../../shared/domain/importSettings.ts'
import type { Scanner, ScanVerdict } from '../ports.ts'

const CHUNK_BYTES = 256 * 1024
/** Answers are one line; what is longer comes from something else. */
const MOST_ANSWER_BYTES = 4096
const CONNECT_MS = 5_000
/** How long the scanner may take none of what it is sent, milliseconds. */
const SEND_MS = 30_000
/** How long it may look at a file. clamd itself gives up after two minutes unless told otherwise. */
const ANSWER_MS = 180_000
/** How often a file is sent whose answer is lost with its connection. */
const ATTEMPTS = 4

export interface ClamdScannerOptions {
  /** Path of a socket, or a port of this computer, as in the settings. */
  readonly address: string
  readonly connectMs?: number
  readonly sendMs?: number
  readonly answerMs?: number
}

/**
 * A scanner that is a clamd on this computer. Files are streamed to it (INSTREAM), so it needs no right to read the
 * library. Commands and answers end with a zero byte (`z` commands); a chunk is its length in four bytes, big-endian,
 * then its bytes, and one of length zero is the end. Source: clamd(8), and docs.clamav.net, "ClamD Protocol".
 */
export function createClamdScanner(options: ClamdScannerOptions): Scanner {
  return {
    async version() {
      const answer = await ask({ ...options, answerMs: options.connectMs ?? CONNECT_MS }, 'VERSION', async () => {})
      if (!/^ClamAV /.test(answer)) throw unreachable(options.address, 'What answers there is not ClamAV.')
      return answer
    },
    scan: (path, signal) => scan(path, options, signal),
  }
}

/** What is lost with its connection is sent again: the scanner may have been started anew, or the file is too much for it. */
async function scan(path: string, options: ClamdScannerOptions, signal: AbortSignal): Promise<ScanVerdict> {
  for (let attempt = 1; ; attempt++) {
    const verdict = await scanOnce(path, options, signal)
    if (verdict !== 'lost') return verdict
    if (attempt === ATTEMPTS) return { kind: 'failed', reason: 'it ended the connection without an answer' }
    await createClamdScanner(options).version()
  }
}

async function scanOnce(
  path: string,
  options: ClamdScannerOptions,
  signal: AbortSignal,
): Promise<ScanVerdict | 'lost'> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new VitrineError('io_error', 'The file could not be read for the scanner.', undefined, { cause })
  })
  try {
    const send = async (connection: Connection): Promise<void> => {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES + 4)
      for (let position = 0; !connection.answered; ) {
        if (signal.aborted) throw new VitrineError('cancelled', 'The import was cancelled.')
        const { bytesRead } = await file.read(buffer, 4, CHUNK_BYTES, position)
        buffer.writeUInt32BE(bytesRead)
        // An answer that has come must be read before the next write: a write to a connection that the scanner has ended
        // fails, and takes the unread answer with it.
        await new Promise((resolve) => setImmediate(resolve))
        if (connection.answered) return
        await connection.write(buffer.subarray(0, bytesRead + 4))
        if (bytesRead === 0) return
        position += bytesRead
      }
    }
    const answer = await ask(options, 'INSTREAM', send)
    if (answer === 'late') return { kind: 'failed', reason: 'it took too long' }
    return answer === '' ? 'lost' : verdictOf(answer)
  } finally {
    await file.close()
  }
}

/** `stream: OK`, `stream: <signature> FOUND`, or `<reason> ERROR`. */
function verdictOf(answer: string): ScanVerdict {
  if (answer === 'stream: OK') return { kind: 'clean' }
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  // With AlertExceedsMax, a file that is too large to be looked at is "found".
  if (signature?.startsWith('Heuristics.Limits.Exceeded')) return { kind: 'too-large' }
  if (signature !== undefined) return { kind: 'found', signature }
  if (answer.startsWith('INSTREAM size limit exceeded')) return { kind: 'too-large' }
  return { kind: 'failed', reason: answer.replace(/^stream: | ?ERROR$/g, '') || 'no reason given' }
}

interface Connection {
  /** True once something has come back: the rest is of no interest then. */
  readonly answered: boolean
  /** Resolves when the scanner has taken it. */
  write(bytes: Buffer): Promise<void>
}

/**
 * One command on a connection of its own. Answers with '' when the connection ends without an answer once the command is
 * sent, with 'late' when there is none in time. Rejects with `scanner_unreachable`, and with what `send` throws.
 */
async function ask(
  { address, connectMs = CONNECT_MS, sendMs = SEND_MS, answerMs = ANSWER_MS }: ClamdScannerOptions,
  command: string,
  send: (connection: Connection) => Promise<void>,
): Promise<string> {
  const socket = connectTo(address)
  let answer = Buffer.alloc(0)
  let ended = false
  let failure: Error | null = null
  const over = new Promise<void>((resolve) => {
    const end = (): void => {
      ended = true
      resolve()
    }
    socket.on('data', (bytes: Buffer) => {
      answer = Buffer.concat([answer, bytes])
      if (answer.includes(0) || answer.length > MOST_ANSWER_BYTES) end()
    })
    socket.on('error', (error) => {
      failure = error
    })
    socket.on('close', end)
  })
  const connected = new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  try {
    if ((await within(Promise.race([connected, over]), connectMs)) === 'late' || failure !== null) {
      throw unreachable(address, 'Start clamd, or turn scanning off in the settings.', failure)
    }
    const connection: Connection = {
      get answered() {
        return ended
      },
      async write(bytes) {
        const written = new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
        if ((await within(Promise.race([written, over]), sendMs)) === 'late') {
          throw unreachable(address, 'It does not take what it is sent.')
        }
      },
    }
    await connection.write(Buffer.from(`z${command}\0`))
    await send(connection)
    if ((await within(over, answerMs)) === 'late') return 'late'
  } finally {
    socket.destroy()
  }
  // What was cut short may say the opposite of what it would have said.
  const end = answer.indexOf(0)
  return end < 0 ? '' : answer.toString('utf8', 0, end).trim()
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function connectTo(address: string): Socket {
  const place = scannerPlace(address)
  if (place === null) throw unreachable(address, 'This is neither the path of a socket nor a port of this computer.')
  return place.kind === 'socket' ? connect(place.path) : connect(place.port, place.host)
}

function unreachable(address: string, advice: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'scanner_unreachable',
    `The virus scanner (${address}) can’t be used. ${advice}`,
    { address },
    cause === undefined || cause === null ? undefined : { cause },
  )
}
