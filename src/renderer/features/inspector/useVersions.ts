import { useEffect, useState } from 'react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetVersion } from '../../../shared/domain/version.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'

/** The contents that an asset has and had, newest first; empty until they are known. */
export function useVersions({ id, version_number, sha256, history }: AssetDetail): readonly AssetVersion[] {
  const [known, setKnown] = useState<{ readonly id: string; readonly versions: readonly AssetVersion[] }>()
  // Whatever changes its content or a description is in its history.
  const content = `${version_number} ${sha256} ${history[0]?.id}`
  useEffect(() => {
    let asked = true
    request('versions.list', { id })
      .then((versions) => {
        if (asked && content !== '') setKnown({ id, versions })
      })
      .catch(reportFailedRead)
    return () => {
      asked = false
    }
  }, [id, content])
  return known?.id === id ? known.versions : []
}
