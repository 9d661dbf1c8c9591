import { request } from '../api/client.ts'
import { reportError } from './mutate.ts'

/** Asks a change of very many assets to end where it is. */
export function cancelLongChange(id: string): void {
  request('longChanges.cancel', { id }).catch(reportError)
}
