import { join } from 'node:path'
import type { EngineProgram } from './engineProcess.ts'

interface Installation {
  readonly packaged: boolean
  /** Electron's resources folder. */
  readonly resources: string
  /** The app folder: the checkout in development. */
  readonly app: string
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Our Node and the engine's file. A package carries both beside its archive, because a Node that is not Electron can't
 * read inside of it; in development the launcher names our Node in `VITRINE_NODE`.
 *
 * @throws {Error} in development when nobody has named it.
 */
export function engineProgram({ packaged, resources, app, platform, env }: Installation): EngineProgram {
  if (packaged) {
    return {
      node: platform === 'win32' ? join(resources, 'node', 'node.exe') : join(resources, 'node', 'bin', 'node'),
      script: join(resources, 'engine', 'engine.process.js'),
    }
  }
  if (!env.VITRINE_NODE) throw new Error('VITRINE_NODE is not set. Start the app with: npm start')
  return { node: env.VITRINE_NODE, script: join(app, 'out', 'main', 'engine.process.js') }
}
