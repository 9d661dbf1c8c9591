import type { Credentials } from '../../shared/domain/remote.ts'
import type { Engine } from '../engine/host/engineDoor.ts'

/** The keys that every S3 tool takes from the environment; null when they are not there. */
export function credentialsFrom(env: NodeJS.ProcessEnv): Credentials | null {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return null
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  }
}

/** Gives the environment's keys to the buckets for which the engine has none; a window's own keys are left alone. */
export async function provideCredentials(engine: Engine, env: NodeJS.ProcessEnv): Promise<void> {
  const credentials = credentialsFrom(env)
  if (!credentials) return
  for (const { id, location, has_credentials } of await engine.request('remotes.list', undefined)) {
    if (location.kind === 's3' && !has_credentials) await engine.request('remotes.setCredentials', { id, credentials })
  }
}
