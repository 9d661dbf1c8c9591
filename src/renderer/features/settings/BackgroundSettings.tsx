import { setPreferences } from '../../actions/settings.ts'
import { usePreferences } from '../../state/preferences.ts'
import { preferences as strings } from '../../strings/preferences.ts'
import { Switch } from '../../ui/Switch.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'

/** What the program does while nobody looks at it. */
export function BackgroundSettings() {
  const { notifications, tray, background } = usePreferences()
  return (
    <SettingsSection title={strings.page.background}>
      <Setting name={strings.notifications} note={strings.notificationsNote}>
        <Switch
          checked={notifications}
          label={strings.notificationsSwitch}
          onChange={(on) => void setPreferences({ notifications: on })}
        />
      </Setting>
      <Setting name={strings.tray} note={strings.trayNote}>
        <Switch
          checked={tray}
          label={strings.traySwitch}
          onChange={(on) => void setPreferences(on ? { tray: true } : { tray: false, background: false })}
        />
      </Setting>
      <Setting name={strings.background} note={tray ? strings.backgroundNote : strings.backgroundNeedsTray}>
        <Switch
          checked={background}
          disabled={!tray}
          label={strings.backgroundSwitch}
          onChange={(on) => void setPreferences({ background: on })}
        />
      </Setting>
    </SettingsSection>
  )
}
