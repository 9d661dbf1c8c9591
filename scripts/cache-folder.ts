import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where development keeps what is costly to fetch, outside of node_modules so that it survives `npm ci`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vitrine')
}
