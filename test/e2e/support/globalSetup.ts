import { resolveElectron } from '../../../scripts/electron-runtime.ts'
import { ensureSystemPackages } from '../../../scripts/system-packages.ts'
import { ELECTRON_VARIABLE } from './launchVitrine.ts'

/** Makes the machine ready and resolves Electron once for all test files. */
export default async function globalSetup(): Promise<void> {
  ensureSystemPackages()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
}
