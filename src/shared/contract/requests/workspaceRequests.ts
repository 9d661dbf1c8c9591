import { z } from 'zod'
import { workspaceRemoteStateSchema } from '../../domain/workspaceRemote.ts'
import { none, type RequestMap } from './requestMap.ts'

export const workspaceRequests = {
  /** How the Workspace stands with each bucket that generators write to. May have changed with `sync.changed`. */
  'workspace.remotes': { input: none, output: z.array(workspaceRemoteStateSchema) },
} as const satisfies RequestMap
