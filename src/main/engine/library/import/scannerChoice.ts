import type { Catalog } from '../../catalog/catalog.ts'
import type { Clock, Scanner } from '../../ports.ts'
import { readImportSettings } from '../importSettings.ts'
import { createBoundedWork } from './boundedWork.ts'

export interface ScannerChoiceOptions {
  readonly catalog: Pick<Catalog, 'getSetting'>
  readonly clock: Clock
  readonly openScanner: (address: string) => Scanner
}

/** Files that are scanned at once; clamd works on ten by default, and is not ours alone. */
const AT_ONCE = 4
/** How long the settings are remembered, so that they are not read for every file, milliseconds. */
const REMEMBERED_MS = 500

/** The scanner that the settings name at the moment, null while scanning is off. */
export function createScannerChoice({ catalog, clock, openScanner }: ScannerChoiceOptions): () => Scanner | null {
  let open: { readonly address: string; readonly scanner: Scanner } | null = null
  let known: { readonly at: number; readonly scanner: Scanner | null } | null = null
  const choose = (): Scanner | null => {
    const { enabled, address } = readImportSettings(catalog).scan
    if (!enabled) return null
    if (open?.address !== address) open = { address, scanner: bounded(openScanner(address)) }
    return open.scanner
  }
  return () => {
    const now = clock.now()
    if (known === null || Math.abs(now - known.at) > REMEMBERED_MS) known = { at: now, scanner: choose() }
    return known.scanner
  }
}

function bounded(scanner: Scanner): Scanner {
  const oneOfFew = createBoundedWork(AT_ONCE)
  return {
    version: () => scanner.version(),
    scan: (path, signal) => oneOfFew(() => scanner.scan(path, signal)),
  }
}
