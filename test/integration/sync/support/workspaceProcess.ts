// Mirrors the workspace remotes of a library until it is killed: `node workspaceProcess.ts <library folder>`. It keeps and
// discards by the names of the files. Keys come from the environment. Says `working` when it begins.
import { keepAssets } from '../../../../src/main/engine/library/keepAssets.ts'
import { discardAssets } from '../../../../src/main/engine/library/trashAssets.ts'
import { workspaceLibrary } from './workspaceLibrary.ts'

const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env
const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null
const library = workspaceLibrary(process.argv[2] ?? '', { credentials })
library.sync.start()
process.stdout.write('working\n')
setInterval(() => {
  for (const name of library.named('workspace')) {
    const { id, status } = library.asset(name)
    if (status === 'processing') continue
    if (name.startsWith('keep')) keepAssets(library.catalog, { ids: [id] }, undefined, Date.now())
    if (name.startsWith('discard')) discardAssets(library.catalog, { ids: [id] }, Date.now())
  }
}, 50)
