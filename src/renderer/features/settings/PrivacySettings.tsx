import { useEffect, useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { openDialog } from '../../state/panels.ts'
import { preferences as strings } from '../../strings/preferences.ts'
import { settings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'

/** What leaves this computer and where keys are, so that nobody has to guess. */
export function PrivacySettings() {
  const [remotes, setRemotes] = useState<readonly Remote[] | null>(null)
  const [keychain, setKeychain] = useState<boolean | null>(null)
  useEffect(() => {
    request('remotes.list').then(setRemotes, reportFailedRead)
    request('shell.info').then((info) => setKeychain(info.keychain), reportFailedRead)
  }, [])
  if (remotes === null || keychain === null) return null
  const names = new Intl.ListFormat('en').format(remotes.map(({ name }) => name))
  return (
    <SettingsSection title={strings.page.privacy}>
      <Setting name={strings.leaves}>
        {remotes.length === 0 ? strings.leavesNothing : strings.leavesRemotes(names)}
      </Setting>
      <Setting name={strings.keys}>{keychain ? strings.keysYes : strings.keysNo}</Setting>
      <Setting name={strings.logs}>{strings.logsNote}</Setting>
      <Setting name={settings.sync}>
        <Button size="s" onClick={() => openDialog('remotes')}>
          {settings.remotes}
        </Button>
      </Setting>
    </SettingsSection>
  )
}
