import { extname } from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import { VitrineError } from '../../shared/contract/errors.ts'
import { assetDetailSchema } from '../../shared/contract/requests/assetRequests.ts'
import type { OpeningProgram } from '../../shared/contract/requests/openRequests.ts'
import type { AssetId } from '../../shared/domain/ids.ts'
import type { OpenedCopies } from './openedCopies.ts'
import { commandLine } from './programs/commandLine.ts'
import { isRunnable } from './programs/isRunnable.ts'
import { programPlaces, programsFor } from './programs/programsFor.ts'
import { startProgram } from './programs/startProgram.ts'

interface OpenWithParts {
  readonly engine: { request(name: 'assets.get', input: unknown): Promise<unknown> }
  readonly copies: OpenedCopies
}

/** Programs on macOS and Windows are chosen in the system's own dialog; only Linux has none. */
const LISTED = process.platform === 'linux'

/** Opening assets in other programs. */
export function createOpenWith({ engine, copies }: OpenWithParts) {
  const detail = async (id: AssetId) => assetDetailSchema.parse(await engine.request('assets.get', { id }))
  return {
    /** Programs of this computer for an asset, the usual one first; empty where the system asks itself. */
    async programs(id: AssetId): Promise<OpeningProgram[]> {
      if (!LISTED) return []
      const { mime_type: type } = await detail(id)
      return programsFor(type, programPlaces(process.env)).map(({ id: program, name, isDefault }) => ({
        id: program,
        name,
        isDefault,
      }))
    },

    /** @throws {VitrineError} why the asset could not be opened */
    async open(id: AssetId, program: string | null): Promise<void> {
      const asset = await detail(id)
      if (program === null && isRunnable(asset.file_name)) throw runnable(asset.file_name)
      const path = await copies.open(asset)
      if (program === null) {
        const problem = await shell.openPath(path)
        if (problem !== '')
          throw new VitrineError('io_error', `No program opens ${extname(path) || 'such'} files here.`)
        return
      }
      const found = programsFor(asset.mime_type, programPlaces(process.env)).find((one) => one.id === program)
      const line = found === undefined ? null : commandLine(found, path, found.entryPath)
      if (found === undefined || line === null) throw new VitrineError('not_found', 'That program is not installed.')
      const [command, ...args] = line
      await startProgram(command, args, found.name)
    },

    /** Lets a person choose a program. @returns false when they think better of it */
    async choose(id: AssetId, window: BrowserWindow | null): Promise<boolean> {
      if (process.platform === 'win32') {
        const path = await copies.open(await detail(id))
        await startProgram('rundll32.exe', [`shell32.dll,OpenAs_RunDLL ${path}`], 'The list of programs')
        return true
      }
      const program = await chooseProgram(window)
      if (program === null) return false
      const path = await copies.open(await detail(id))
      if (process.platform === 'darwin') await startProgram('/usr/bin/open', ['-a', program, path], program)
      else await startProgram(program, [path], program)
      return true
    },
  }
}

export type OpenWith = ReturnType<typeof createOpenWith>

function runnable(fileName: string): VitrineError {
  return new VitrineError('invalid_request', `${fileName} would be run instead of opened. Choose a program for it.`)
}

async function chooseProgram(window: BrowserWindow | null): Promise<string | null> {
  const mac = process.platform === 'darwin'
  const options = {
    title: 'Open with',
    defaultPath: mac ? '/Applications' : '/usr/bin',
    properties: ['openFile' as const],
    ...(mac ? { filters: [{ name: 'Programs', extensions: ['app'] }] } : {}),
  }
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return filePaths[0] ?? null
}
