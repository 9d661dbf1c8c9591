// Uploads a library until it is killed: `node uploadProcess.ts <library folder>`. Keys come from the environment, also that of
// an encrypted remote.
import { syncOfProcess } from './syncOfProcess.ts'

const { sync } = syncOfProcess()
const { VITRINE_TEST_KEY: key } = process.env
if (key) for (const { id } of sync.remotes.list()) await sync.remotes.unlock(id, { kind: 'key-file', text: key })
sync.start()
