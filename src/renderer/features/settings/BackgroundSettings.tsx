import { useId } from 'react'
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
        <Choice
          checked={notifications}
          text={strings.notificationsSwitch}
          onChange={(on) => void setPreferences({ notifications: on })}
        />
      </Setting>
      <Setting name={strings.tray} note={strings.trayNote}>
        <Choice
          checked={tray}
          text={strings.traySwitch}
          onChange={(on) => void setPreferences(on ? { tray: true } : { tray: false, background: false })}
        />
      </Setting>
      <Setting name={strings.background} note={tray ? strings.backgroundNote : strings.backgroundNeedsTray}>
        <Choice
          checked={background}
          disabled={!tray}
          text={strings.backgroundSwitch}
          onChange={(on) => void setPreferences({ background: on })}
        />
      </Setting>
    </SettingsSection>
  )
}

/** A switch with what it does beside it. */
function Choice({
  text,
  ...rest
}: {
  readonly text: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <>
      <Switch id={id} {...rest} />
      <label htmlFor={id}>{text}</label>
    </>
  )
}
