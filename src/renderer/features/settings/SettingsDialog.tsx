import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { type SettingsPage, settingsPages, useSettingsPage } from '../../state/settingsPage.ts'
import { preferences } from '../../strings/preferences.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { AdvancedSettings } from './AdvancedSettings.tsx'
import { AppearanceSettings } from './AppearanceSettings.tsx'
import { BackgroundSettings } from './BackgroundSettings.tsx'
import { ImportSettings } from './ImportSettings.tsx'
import { LibrarySettings } from './LibrarySettings.tsx'
import { LifecycleSettings } from './LifecycleSettings.tsx'
import { OriginalsSettings } from './OriginalsSettings.tsx'
import { PrivacySettings } from './PrivacySettings.tsx'
import styles from './SettingsDialog.module.css'
import { ShortcutSettings } from './shortcuts/ShortcutSettings.tsx'
import { WatchedFolders } from './WatchedFolders.tsx'

/** What can be set about the library and the program, a page for each matter. */
export function SettingsDialog() {
  const open = usePanels((panels) => panels.dialog === 'settings')
  const page = useSettingsPage((settings) => settings.page)
  return (
    <Dialog open={open} onClose={closeDialog} title={strings.title} size="l">
      <Tabs.Root
        className={styles.settings}
        orientation="vertical"
        value={page}
        onValueChange={(next) => useSettingsPage.setState({ page: next as SettingsPage })}
      >
        <Tabs.List className={styles.pages} aria-label={preferences.pages}>
          {settingsPages.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className={styles.page}
              {...(name === page ? { 'data-autofocus': true } : {})}
            >
              {preferences.page[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content key={page} value={page} className={styles.content} tabIndex={-1} data-scroller>
          {pages[page]()}
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  )
}

const pages: Readonly<Record<SettingsPage, () => ReactNode>> = {
  library: () => (
    <>
      <LibrarySettings />
      <OriginalsSettings />
    </>
  ),
  import: () => (
    <>
      <ImportSettings />
      <WatchedFolders />
    </>
  ),
  cleaning: () => <LifecycleSettings />,
  privacy: () => <PrivacySettings />,
  appearance: () => <AppearanceSettings />,
  shortcuts: () => <ShortcutSettings />,
  background: () => <BackgroundSettings />,
  advanced: () => <AdvancedSettings />,
}
