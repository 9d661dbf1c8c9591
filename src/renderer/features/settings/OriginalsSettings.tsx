import { type CareSettings, defaultCareSettings, SMALLEST_BUDGET } from '../../../shared/domain/cloudCare.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { originals as strings } from '../../strings/originals.ts'
import { settings } from '../../strings/settings.ts'
import { DaysSetting } from './DaysSetting.tsx'
import { SettingsSection } from './SettingsSection.tsx'
import { SizeSetting } from './SizeSetting.tsx'

/** How this computer keeps originals: how many, and how often all of them are looked at. Of this device only. */
export function OriginalsSettings() {
  const care = useLibrary((library) => library.care)
  const hasRemote = useLibrary(({ sync }) => sync !== null && sync.state !== 'no-remote')
  if (care === null) return null
  const { budgetBytes, scrubDays } = care.settings
  const change = (wanted: Partial<CareSettings>) => void request('care.configure', wanted).catch(reportError)
  return (
    <SettingsSection title={strings.section}>
      <SizeSetting
        name={strings.budget}
        label={strings.budgetLabel}
        placeholder={settings.quotaPlaceholder}
        hint={hasRemote ? strings.budgetHint : strings.budgetNoRemote}
        problem={strings.budgetProblem}
        least={SMALLEST_BUDGET}
        value={budgetBytes}
        onChange={(bytes) => change({ budgetBytes: bytes })}
      />
      <DaysSetting
        name={strings.scrub}
        switchLabel={strings.scrubSwitch}
        daysLabel={strings.scrubDays}
        value={scrubDays}
        usual={defaultCareSettings.scrubDays ?? 30}
        note={scrubDays === null ? strings.scrubOff : strings.scrubHint(scrubDays)}
        onChange={(days) => change({ scrubDays: days })}
      />
    </SettingsSection>
  )
}
