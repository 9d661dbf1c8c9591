import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { JoinedRemote } from '../../../shared/contract/requests/remoteRequests.ts'
import { makeFolder } from '../../engine/disk/makeFolder.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import type { CommandContext } from '../commandContext.ts'
import { count, printable } from '../output/text.ts'
import { KEY_HELP, type KeyOptions, keyFrom, withKey } from '../remoteKeys.ts'
import { OpeningError } from '../withLibrary.ts'
import { locationCommand, type PlaceOptions, placeOf } from './remotePlace.ts'
import { syncOnce } from './sync.ts'

/** `vitrine join DIR`: one more copy of the library that a bucket or folder holds. */
export function joinCommand(context: CommandContext): Command {
  return withKey(locationCommand('join', 'make a copy of the library that a bucket or folder holds, on this device'))
    .argument('<dir>', 'folder of the new copy; made if it is missing')
    .option('--name <name>', 'what to call the remote')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `\nOriginals stay in the bucket until they are wanted; see: vitrine fetch --help\nCredentials are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n${KEY_HELP}`,
    )
    .action(async (directory: string, options: PlaceOptions & KeyOptions & { name?: string; json?: true }) => {
      const place = placeOf(context, options)
      const encryption = keyFrom(context, options)
      const path = resolve(context.cwd, directory)
      const engine = await openCopy(context, path, {
        ...place,
        ...(encryption && { encryption }),
        ...(options.name !== undefined && { name: options.name }),
      })
      try {
        const { info } = engine
        if (!options.json) {
          context.terminal.line(`Joined the library "${printable(info.name)}" in ${printable(info.path)}`)
        }
        context.finish(await syncOnce(context, engine, options))
        if (!options.json) {
          const { library } = await engine.request('library.counts', undefined)
          context.terminal.line(`${count(library, 'asset')} in the library`)
        }
      } finally {
        await engine.close()
      }
    })
}

async function openCopy(context: CommandContext, path: string, remote: JoinedRemote): Promise<SharedEngine> {
  try {
    // One that was killed half-way is gone on with.
    const isNew = !existsSync(join(path, 'library.json'))
    if (isNew) makeFolder(path)
    return await context.open(realpathSync(path), 'oneshot', { create: { name: undefined, join: remote } })
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'usage') throw error
    throw new OpeningError('The library could not be joined.', { cause: error })
  }
}
