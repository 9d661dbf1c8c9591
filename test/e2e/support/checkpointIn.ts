// Writes a checkpoint of a library into a folder that it syncs with, as a device would that nobody hears of again:
// `node checkpointIn.ts <folder> <library id> <place for its own copy>`.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { libraryIdSchema } from '../../../src/shared/domain/ids.ts'
import { deviceIdOf } from '../../integration/sync/support/devices.ts'
import { syncLibrary } from '../../integration/sync/support/syncLibrary.ts'

const [bucket = '', id = '', root = ''] = process.argv.slice(2)
mkdirSync(root, { recursive: true })
createLibrary(root, 'Copy', Date.now(), libraryIdSchema.parse(id))
const library = syncLibrary(root)
const sync = library.sync({ tending: { checkpointAfter: { segments: 1, bytes: 1 } } })
await sync.remotes.add({ role: 'library', location: { kind: 'folder', path: bucket, prefix: '' } })
const { errors } = await sync.once()
await library.close()
rmSync(join(bucket, id, 'devices', `${deviceIdOf(root)}.json`))
if (errors.length > 0) throw new Error(JSON.stringify(errors))
