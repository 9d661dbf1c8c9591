import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { copyText } from '../../actions/assets.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { applyTheme, type Theme, useAppearance } from '../../state/appearance.ts'
import { closeDialog, openDialog, usePanels } from '../../state/panels.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { ImportSettings } from './ImportSettings.tsx'
import { LibrarySettings } from './LibrarySettings.tsx'
import { LifecycleSettings } from './LifecycleSettings.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'
import { WatchedFolders } from './WatchedFolders.tsx'

/** What can be set about the window, and what a person may want to know about the program. */
export function SettingsDialog() {
  const open = usePanels((panels) => panels.dialog === 'settings')
  return (
    <Dialog open={open} onClose={closeDialog} title={strings.title}>
      <Appearance />
      <LibrarySettings />
      <LifecycleSettings />
      <WatchedFolders />
      <ImportSettings />
      <SettingsSection title={strings.sync}>
        <Setting name="">
          <Button size="s" onClick={() => openDialog('remotes')}>
            {strings.remotes}
          </Button>
        </Setting>
      </SettingsSection>
      <About />
    </Dialog>
  )
}

const themes: readonly Theme[] = ['system', 'dark', 'light']

function Appearance() {
  const theme = useAppearance((appearance) => appearance.theme)
  const choose = (chosen: Theme) => {
    applyTheme(chosen)
    request('shell.settings', { theme: chosen }).catch((thrown: unknown) => {
      applyTheme(theme)
      reportError(thrown)
    })
  }
  return (
    <SettingsSection title={strings.appearance}>
      <Setting name={strings.theme}>
        <Segmented
          label={strings.theme}
          value={theme}
          segments={themes.map((value) => ({ value, label: strings.themes[value] }))}
          onChange={choose}
        />
      </Setting>
    </SettingsSection>
  )
}

function About() {
  const [info, setInfo] = useState<RequestOutput<'shell.info'> | null>(null)
  useEffect(() => {
    request('shell.info').then(setInfo, reportError)
  }, [])

  const copyDiagnostics = async () => {
    try {
      await copyText(await request('shell.diagnostics'), strings.diagnosticsName)
    } catch (thrown) {
      reportError(thrown)
    }
  }

  return (
    <SettingsSection title={strings.about}>
      {info === null ? null : (
        <>
          <Setting name={strings.version} note={strings.runsOn(info.electron, info.platform)}>
            {info.version}
          </Setting>
          <Setting name={strings.keychain}>{info.keychain ? strings.keychainYes : strings.keychainNo}</Setting>
        </>
      )}
      <Setting name="">
        <Button size="s" onClick={() => void copyDiagnostics()}>
          {strings.copyDiagnostics}
        </Button>
        <Button size="s" onClick={() => void request('shell.showLog').catch(reportError)}>
          {strings.showLog}
        </Button>
      </Setting>
    </SettingsSection>
  )
}
