import { useEffect, useState } from 'react'
import type { DuplicatePolicy } from '../../../shared/domain/import.ts'
import type { ImportSettingsChange, ImportSettings as Settings } from '../../../shared/domain/importSettings.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { IgnoreSetting } from './IgnoreSetting.tsx'
import { ScannerSetting } from './ScannerSetting.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'

const policies: readonly DuplicatePolicy[] = ['skip', 'link', 'keep-both']

/** What holds for every import of the open library. */
export function ImportSettings() {
  const [settings, setSettings] = useState<Settings | null>(null)
  useEffect(() => {
    request('imports.settings').then(setSettings, reportError)
  }, [])
  if (settings === null) return null

  /** Rejects when the engine refuses the change; nothing is changed then. */
  const change = async (wanted: ImportSettingsChange) => setSettings(await request('imports.configure', wanted))

  return (
    <SettingsSection title={strings.imports}>
      <Setting name={strings.duplicates} note={strings.duplicateNotes[settings.onDuplicate]}>
        <Segmented
          label={strings.duplicates}
          value={settings.onDuplicate}
          segments={policies.map((value) => ({ value, label: strings.duplicatePolicies[value] }))}
          onChange={(onDuplicate) => void change({ onDuplicate }).catch(reportError)}
        />
      </Setting>
      <Setting name={strings.takeOver} note={strings.takeOverNote}>
        <Switch
          checked={settings.takeOver}
          label={strings.takeOver}
          onChange={(takeOver) => void change({ takeOver }).catch(reportError)}
        />
      </Setting>
      <IgnoreSetting patterns={settings.ignore} onChange={(ignore) => change({ ignore })} />
      <ScannerSetting scan={settings.scan} onChange={(scan) => change({ scan })} />
    </SettingsSection>
  )
}
