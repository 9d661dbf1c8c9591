import type { z } from 'zod'
import { adoptRequests } from './requests/adoptRequests.ts'
import { assetRequests } from './requests/assetRequests.ts'
import { careRequests } from './requests/careRequests.ts'
import { cloudRequests } from './requests/cloudRequests.ts'
import { conflictRequests } from './requests/conflictRequests.ts'
import { drawingRequests } from './requests/drawingRequests.ts'
import { exportRequests } from './requests/exportRequests.ts'
import { generationRequests } from './requests/generationRequests.ts'
import { historyRequests } from './requests/historyRequests.ts'
import { importRequests } from './requests/importRequests.ts'
import { integrityRequests } from './requests/integrityRequests.ts'
import { libraryRequests } from './requests/libraryRequests.ts'
import { lifecycleRequests } from './requests/lifecycleRequests.ts'
import { longChangeRequests } from './requests/longChangeRequests.ts'
import { organiseRequests } from './requests/organiseRequests.ts'
import { remoteRequests } from './requests/remoteRequests.ts'
import { searchRequests } from './requests/searchRequests.ts'
import { shareRequests } from './requests/shareRequests.ts'
import { shellRequests } from './requests/shellRequests.ts'
import { stackRequests } from './requests/stackRequests.ts'
import { storageRequests } from './requests/storageRequests.ts'
import { tagRequests } from './requests/tagRequests.ts'
import { transferRequests } from './requests/transferRequests.ts'
import { vectorRequests } from './requests/vectorRequests.ts'
import { versionRequests } from './requests/versionRequests.ts'
import { workspaceRequests } from './requests/workspaceRequests.ts'

/**
 * Requests that the engine answers. The window reaches them through the shell, the command line directly or, when
 * another process has the library open, through that process. `input` is parsed before it is acted upon.
 */
export const engineRequests = {
  ...libraryRequests,
  ...integrityRequests,
  ...assetRequests,
  ...drawingRequests,
  ...organiseRequests,
  ...tagRequests,
  ...generationRequests,
  ...historyRequests,
  ...conflictRequests,
  ...stackRequests,
  ...importRequests,
  ...exportRequests,
  ...longChangeRequests,
  ...lifecycleRequests,
  ...storageRequests,
  ...remoteRequests,
  ...workspaceRequests,
  ...adoptRequests,
  ...transferRequests,
  ...shareRequests,
  ...cloudRequests,
  ...careRequests,
  ...searchRequests,
  ...vectorRequests,
  ...versionRequests,
} as const

export { shellRequests }

export const requests = { ...engineRequests, ...shellRequests } as const

export type EngineRequests = typeof engineRequests
export type EngineRequestName = keyof EngineRequests
export type ShellRequestName = keyof typeof shellRequests
export type RequestName = keyof typeof requests
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<(typeof requests)[N]['output']>
