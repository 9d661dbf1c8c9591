import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Goes up when frames, messages or requests change so that an older program could not follow. */
export const PROTOCOL = 1

/** Unix socket paths end at 104 bytes (macOS) or 108 (Linux), the closing zero included. */
const LONGEST_SOCKET_PATH = 103

const endpointSchema = z.object({
  protocol: z.number().int(),
  version: z.string(),
  pid: z.number().int(),
  address: z.string(),
  /** Proves to the engine that the caller can read the library folder. */
  token: z.string().regex(/^[0-9a-f]{64}$/),
})
/** Where the process that has the library open listens; written to `cache/engine.json`. */
export type Endpoint = z.infer<typeof endpointSchema>

function endpointFile(root: string): string {
  return join(root, 'cache', 'engine.json')
}

/**
 * An endpoint for the library at `root`, whose path must be its real one. Only the holder of the library's lock may
 * call this: it removes the socket that a killed predecessor left behind.
 */
export function prepareEndpoint(root: string, version: string): Endpoint {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const address =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\vitrine-${name}-${randomBytes(4).toString('hex')}`
      : socketPath(`${name}.sock`)
  if (process.platform !== 'win32') rmSync(address, { force: true })
  return { protocol: PROTOCOL, version, pid: process.pid, address, token: randomBytes(32).toString('hex') }
}

/** A path in a folder that only this user can enter, short enough for every system's limit. */
function socketPath(name: string): string {
  const user = userInfo().uid
  const folders = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter((folder) => folder !== undefined)
  for (const folder of folders) {
    const own = join(folder, `vitrine-${user}`)
    if (Buffer.byteLength(join(own, name)) <= LONGEST_SOCKET_PATH && isPrivateFolder(own, user)) return join(own, name)
  }
  // Somebody else has taken the name in a shared temporary folder; the address is in engine.json, so any name will do.
  return join(mkdtempSync('/tmp/vitrine-'), name)
}

function isPrivateFolder(folder: string, user: number): boolean {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    const found = lstatSync(folder)
    if (!found.isDirectory() || found.uid !== user) return false
    if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
    return true
  } catch {
    return false // not writable, or a file is in the way: the next candidate is tried
  }
}

/** Lets others find the endpoint. Written whole, then renamed: a reader sees all of it or none. */
export function publishEndpoint(root: string, endpoint: Endpoint): void {
  const file = endpointFile(root)
  mkdirSync(dirname(file), { recursive: true })
  const temporary = `${file}.${endpoint.pid}`
  writeFileSync(temporary, JSON.stringify(endpoint), { mode: 0o600 })
  renameSync(temporary, file)
}

/** Before the lock is released: nobody is to knock at a door that has closed. */
export function withdrawEndpoint(root: string): void {
  rmSync(endpointFile(root), { force: true })
}

/** The endpoint others published; null when there is none or the file is not one of ours. */
export function readEndpoint(root: string): Endpoint | null {
  let text: string
  try {
    text = readFileSync(endpointFile(root), 'utf8')
  } catch {
    return null // not there yet, or no longer: the caller looks again
  }
  try {
    return endpointSchema.parse(JSON.parse(text))
  } catch {
    return null // left by another version; the lock alone decides who is the owner
  }
}
