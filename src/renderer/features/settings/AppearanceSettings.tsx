import { ZOOMS } from '../../../shared/contract/requests/shellRequests.ts'
import { setPreferences } from '../../actions/settings.ts'
import { type Theme, useAppearance } from '../../state/appearance.ts'
import { type Density, useDensity } from '../../state/density.ts'
import { usePreferences } from '../../state/preferences.ts'
import { preferences as strings } from '../../strings/preferences.ts'
import { settings } from '../../strings/settings.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { Setting, SettingsSection } from './SettingsSection.tsx'

const densities: readonly Density[] = ['compact', 'usual', 'roomy']
const themes: readonly Theme[] = ['system', 'dark', 'light']

/** How the windows look. */
export function AppearanceSettings() {
  const theme = useAppearance((appearance) => appearance.theme)
  const density = useDensity((state) => state.density)
  const zoom = usePreferences((preferences) => preferences.zoom)
  return (
    <SettingsSection title={settings.appearance}>
      <Setting name={settings.theme}>
        <Segmented
          label={settings.theme}
          value={theme}
          segments={themes.map((value) => ({ value, label: settings.themes[value] }))}
          onChange={(chosen) => void setPreferences({ theme: chosen })}
        />
      </Setting>
      <Setting name={strings.zoom} note={strings.zoomNote}>
        <Select
          aria-label={strings.zoom}
          value={String(zoom)}
          options={ZOOMS.map((factor) => ({ value: String(factor), label: strings.zoomStep(factor) }))}
          onChange={(chosen) => {
            const factor = ZOOMS.find((one) => String(one) === chosen)
            if (factor !== undefined) void setPreferences({ zoom: factor })
          }}
        />
      </Setting>
      <Setting name={strings.density} note={strings.densityNote}>
        <Segmented
          label={strings.density}
          value={density}
          segments={densities.map((value) => ({ value, label: strings.densities[value] }))}
          onChange={(chosen) => void setPreferences({ density: chosen })}
        />
      </Setting>
      <Setting name={strings.motion}>{strings.motionNote}</Setting>
    </SettingsSection>
  )
}
