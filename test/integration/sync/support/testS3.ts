import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import {
  killS3Server,
  type S3ServerOptions,
  s3ServerObstacle,
  startS3Server,
  wipeS3Server,
} from '../../../../scripts/s3-server.ts'
import type { S3Location } from '../../../../src/main/engine/adapters/s3Requests.ts'
import type { Credentials } from '../../../../src/shared/domain/remote.ts'
import { freePortRange } from './freePortRange.ts'

/** A real S3 server: one of our own, or the one that VITRINE_S3_ENDPOINT names. */
export interface TestS3 {
  readonly endpoint: string
  readonly credentials: Credentials
  /** Keys that the server knows but that may do nothing; null on a server that is not ours. */
  readonly stranger: Credentials | null
  /** A new, empty place: a bucket of its own, or a prefix of its own in VITRINE_S3_BUCKET. */
  place(): Promise<S3Location>
  /** SIGKILL of every process of the server; null on a server that is not ours. */
  readonly kill: (() => Promise<void>) | null
  /** Starts it again on the same data. */
  restart(): Promise<void>
  close(): Promise<void>
}

const environment = process.env
const foreignEndpoint = environment.VITRINE_S3_ENDPOINT

/** Why there is no S3 server for these tests, null when there is one. */
export const s3Obstacle: string | null = foreignEndpoint ? null : s3ServerObstacle()
if (s3Obstacle) console.warn(`Tests against a real S3 server are skipped: ${s3Obstacle}.`)

/** Why tests that kill the server are skipped, null when they run. */
export const killObstacle: string | null = foreignEndpoint
  ? 'the server named by VITRINE_S3_ENDPOINT is not ours to kill'
  : s3Obstacle
if (killObstacle && !s3Obstacle) console.warn(`Tests that kill the S3 server are skipped: ${killObstacle}.`)

/** Options of a server that runs for all tests, as JSON: it is nobody's to kill. */
export const SHARED_S3 = 'VITRINE_TEST_S3'

/**
 * Connects to the server that the environment names, or to the one that all share, or else starts one; `mayDie` starts one that
 * nobody else relies on. Call it in a `beforeAll`.
 */
export async function openTestS3({ mayDie = false } = {}): Promise<TestS3> {
  if (foreignEndpoint) return foreignServer(foreignEndpoint)
  const shared = mayDie ? undefined : environment[SHARED_S3]
  return shared === undefined ? ownServer() : sharedServer(JSON.parse(shared))
}

async function sharedServer(options: S3ServerOptions): Promise<TestS3> {
  const { endpoint, region, accessKeyId, secretAccessKey, stranger } = await startS3Server(options)
  const credentials = { accessKeyId, secretAccessKey }
  return {
    endpoint,
    credentials,
    stranger,
    place: () => newBucket(endpoint, region, credentials),
    kill: null,
    restart: async () => undefined,
    close: async () => undefined,
  }
}

async function ownServer(): Promise<TestS3> {
  const options = {
    port: await freePortRange(),
    stateFolder: mkdtempSync(join('/var/tmp', 'vitrine-s3-test-')),
    tied: true,
  }
  const server = await startS3Server(options)
  const credentials = { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey }
  return {
    endpoint: server.endpoint,
    credentials,
    stranger: server.stranger,
    place: () => newBucket(server.endpoint, server.region, credentials),
    kill: () => killS3Server(options),
    async restart() {
      await startS3Server(options)
    },
    close: () => wipeS3Server(options),
  }
}

function foreignServer(endpoint: string): TestS3 {
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  }
  const region = environment.VITRINE_S3_REGION ?? 'us-east-1'
  const bucket = environment.VITRINE_S3_BUCKET
  return {
    endpoint,
    credentials,
    stranger: null,
    place: async () =>
      bucket
        ? { kind: 's3', endpoint, region, bucket, prefix: `vitrine-test-${randomUUID()}`, pathStyle: true }
        : newBucket(endpoint, region, credentials),
    kill: null,
    restart: async () => undefined,
    close: async () => undefined,
  }
}

async function newBucket(endpoint: string, region: string, credentials: Credentials): Promise<S3Location> {
  const bucket = `vitrine-${randomUUID()}`
  const { accessKeyId, secretAccessKey } = credentials
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  return { kind: 's3', endpoint, region, bucket, prefix: '', pathStyle: true }
}
