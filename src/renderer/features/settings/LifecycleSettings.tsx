import { useEffect, useState } from 'react'
import { defaultLifecyclePolicy, type LifecycleChange, type LifecyclePolicy } from '../../../shared/domain/lifecycle.ts'
import { mutate, reportFailedRead } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'
import { openScreen } from '../../state/browse.ts'
import { closeDialog } from '../../state/panels.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { DaysSetting } from './DaysSetting.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'
import { SizeSetting } from './SizeSetting.tsx'

/** When things go by themselves, and how much the library may take. Each change is a step that can be undone. */
export function LifecycleSettings() {
  const policy = usePolicy()
  if (policy === null) return null
  const change = (wanted: LifecycleChange) =>
    void mutate(async () => (await request('lifecycle.configure', wanted)).result)
  return (
    <SettingsSection title={strings.cleaning}>
      <DaysSetting
        name={strings.expiry}
        switchLabel={strings.expirySwitch}
        daysLabel={strings.expiryDays}
        value={policy.expiryDays}
        usual={defaultLifecyclePolicy.expiryDays ?? 7}
        note={policy.expiryDays === null ? strings.expiryOff : strings.expiryText(policy.expiryDays)}
        onChange={(expiryDays) => change({ expiryDays })}
      />
      <DaysSetting
        name={strings.trash}
        switchLabel={strings.trashSwitch}
        daysLabel={strings.trashDays}
        value={policy.trashDays}
        usual={defaultLifecyclePolicy.trashDays ?? 30}
        note={policy.trashDays === null ? strings.trashOff : strings.trashText(policy.trashDays)}
        onChange={(trashDays) => change({ trashDays })}
      />
      <SizeSetting
        name={strings.quota}
        label={strings.quotaLabel}
        placeholder={strings.quotaPlaceholder}
        hint={strings.quotaHint}
        problem={strings.quotaProblem}
        value={policy.quotaBytes}
        onChange={(quotaBytes) => change({ quotaBytes })}
      />
      <Setting name="">
        <Button
          size="s"
          onClick={() => {
            openScreen('storage')
            closeDialog()
          }}
        >
          {strings.openStorage}
        </Button>
      </Setting>
    </SettingsSection>
  )
}

/** In step with the library: undoing a change of it changes it back while the dialog is open. */
function usePolicy(): LifecyclePolicy | null {
  const [policy, setPolicy] = useState<LifecyclePolicy | null>(null)
  useEffect(() => {
    const load = () => void request('lifecycle.policy').then(setPolicy, reportFailedRead)
    const stop = subscribe('catalog.changed', load)
    load()
    return stop
  }, [])
  return policy
}
