import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { DiskUsage } from '../../../shared/domain/storage.ts'
import { copyDiagnostics, showLog } from '../../actions/library.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { preferences as strings } from '../../strings/preferences.ts'
import { bytesText } from '../../strings/quantities.ts'
import { settings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'

/** What a person looks for when something is odd: sizes, versions, the log. */
export function AdvancedSettings() {
  const [info, setInfo] = useState<RequestOutput<'shell.info'> | null>(null)
  useEffect(() => {
    request('shell.info').then(setInfo, reportFailedRead)
  }, [])
  return (
    <>
      <SettingsSection title={strings.page.advanced}>
        <CacheSize />
        <Setting name={strings.logs} note={strings.logsNote}>
          <Button size="s" onClick={() => void showLog()}>
            {settings.showLog}
          </Button>
          <Button size="s" onClick={() => void copyDiagnostics()}>
            {settings.copyDiagnostics}
          </Button>
        </Setting>
      </SettingsSection>
      <SettingsSection title={settings.about}>
        {info === null ? null : (
          <Setting name={settings.version} note={settings.runsOn(info.electron, info.platform)}>
            {info.version}
          </Setting>
        )}
      </SettingsSection>
    </>
  )
}

/** Measured when somebody asks: in a very large library it takes seconds. */
function CacheSize() {
  const [cache, setCache] = useState<DiskUsage['cache'] | 'measuring' | null>(null)
  const measure = async () => {
    setCache('measuring')
    try {
      setCache((await request('storage.usage')).disk.cache)
    } catch (thrown) {
      setCache(null)
      reportError(thrown)
    }
  }
  return (
    <Setting name={strings.cache} note={strings.cacheNote}>
      {cache === null ? (
        <Button size="s" onClick={() => void measure()}>
          {strings.cacheMeasure}
        </Button>
      ) : (
        <span role="status">
          {cache === 'measuring' ? strings.cacheMeasuring : strings.cacheSize(bytesText(cache.bytes), cache.estimated)}
        </span>
      )}
    </Setting>
  )
}
