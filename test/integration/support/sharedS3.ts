import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { s3ServerObstacle, startS3Server, wipeS3Server } from '../../../scripts/s3-server.ts'
import { freePortRange } from '../sync/support/freePortRange.ts'
import { SHARED_S3 } from '../sync/support/testS3.ts'

/** One S3 server for all files of the suite: each takes a bucket of its own, and starting one costs seconds of processor time. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.VITRINE_S3_ENDPOINT || s3ServerObstacle() !== null) return undefined
  const options = {
    port: await freePortRange(),
    stateFolder: mkdtempSync(join('/var/tmp', 'vitrine-s3-test-')),
    tied: true,
  }
  await startS3Server(options)
  process.env[SHARED_S3] = JSON.stringify(options)
  return () => wipeS3Server(options)
}
