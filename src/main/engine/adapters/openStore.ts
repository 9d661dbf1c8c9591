import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Credentials, RemoteLocation } from '../../../shared/domain/remote.ts'
import type { ObjectStore } from '../ports.ts'
import { folderObjectStore } from './folderObjectStore.ts'
import type { S3Timeouts } from './s3Direct.ts'
import { s3ObjectStore } from './s3ObjectStore.ts'

/**
 * The store of a remote that is not encrypted. Nothing is sent or read yet. Throws `remote_no_credentials` for a bucket whose
 * keys are not known (they are never in the catalogue), and `remote_no_key` for the location of an encrypted one, over which
 * `keyRing` puts another store.
 */
export function openStore(
  location: RemoteLocation,
  credentials: Credentials | null,
  timeouts?: S3Timeouts,
): ObjectStore {
  if (location.encryption !== undefined) {
    throw new VitrineError('remote_no_key', 'This remote is encrypted, and nothing may be written there as it is.')
  }
  if (location.kind === 'folder') return folderObjectStore(location)
  if (credentials === null) {
    throw new VitrineError(
      'remote_no_credentials',
      `The keys for the bucket “${location.bucket}” are not known here. Enter the access key and the secret key, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    )
  }
  return s3ObjectStore(location, credentials, timeouts)
}
