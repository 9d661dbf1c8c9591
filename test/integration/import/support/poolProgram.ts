// An engine that has only a decoder pool: reads the files it is given, and is killed meanwhile by the test.
import { tmpdir } from 'node:os'
import { createMediaPool } from '../../../../src/main/engine/adapters/mediaPool.ts'
import { sha256Schema } from '../../../../src/shared/domain/ids.ts'

const [workerPath = '', ...files] = process.argv.slice(2)
const pool = createMediaPool({
  nodePath: process.execPath,
  workerPath,
  size: 2,
  timeoutMs: 600_000,
  env: { VITRINE_FAULTS: '1' },
})
for (const [index, path] of files.entries()) {
  const sha256 = sha256Schema.parse(String(index).padStart(64, '0'))
  void pool.process({ path, sha256, mimeType: 'image/jpeg', thumbnailFolder: tmpdir(), sizes: [], sidecars: [] })
}
