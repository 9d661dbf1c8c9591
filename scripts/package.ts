// `npm run package`: the app as an unpacked folder under dist/, or under the folder that `--out` names, with the Electron,
// the Node and the native packages of this machine's platform. Installers, signing and updates are not its business.
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, type Configuration, Platform } from 'electron-builder'
import { buildIfStale } from './build.mjs'
import { resolveElectron } from './electron-runtime.ts'
import { addEngine } from './package-engine.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Makes the package below `output`, which is emptied first, and returns its folder. */
async function packageApp(output: string): Promise<string> {
  buildIfStale()
  const electron = await resolveElectron()
  rmSync(output, { recursive: true, force: true })
  let folder = output
  const config: Configuration = {
    extends: join(ROOT, 'electron-builder.yml'),
    directories: { output, buildResources: 'resources' },
    // Says that packages are none of its business: it neither compiles them nor looks for those to pack.
    beforeBuild: async () => false,
    electronDist: electron.folder,
    electronVersion: electron.version,
    afterExtract: ({ appOutDir }) => {
      // The runtime for development brings a default app, which Electron would prefer to ours.
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true })
    },
    afterPack: ({ appOutDir, packager }) => {
      folder = appOutDir
      const resources = packager.getResourcesDir(appOutDir)
      addEngine(resources, join(resources, '..', 'bin'))
    },
  }
  await build({ projectDir: ROOT, targets: Platform.current().createTarget('dir'), publish: 'never', config })
  return folder
}

try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist') } } })
  const began = Date.now()
  const folder = await packageApp(resolve(values.out))
  console.log(`Packaged Vitrine in ${((Date.now() - began) / 1000).toFixed(0)} s: ${folder}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
