import { useId, useState } from 'react'
import type { ImportSettings } from '../../../shared/domain/importSettings.ts'
import { messageOf, request } from '../../api/client.ts'
import { settings as strings } from '../../strings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SettingsSection.module.css'
import { Setting } from './SettingsSection.tsx'

type Scan = ImportSettings['scan']
type Said = { readonly text: string; readonly isProblem: boolean }

/** Whether ClamAV looks at files before they are taken in, and where it listens. */
export function ScannerSetting({
  scan,
  onChange,
}: {
  readonly scan: Scan
  readonly onChange: (scan: Scan) => Promise<void>
}) {
  const [address, setAddress] = useState(scan.address)
  const [said, setSaid] = useState<Said | null>(null)
  const [testing, setTesting] = useState(false)
  const noteId = useId()

  const tell = (thrown: unknown) => setSaid({ text: messageOf(thrown), isProblem: true })
  const save = (wanted: Scan) => {
    if (wanted.address !== scan.address || wanted.enabled !== scan.enabled) {
      // At once and not when it is saved: by then a test, which leaving the field may begin, can have said something.
      setSaid(null)
      onChange(wanted).catch(tell)
    }
  }
  const test = async () => {
    setTesting(true)
    try {
      const { version } = await request('imports.testScanner', { address })
      setSaid({ text: strings.scannerAnswers(version), isProblem: false })
    } catch (thrown) {
      tell(thrown)
    } finally {
      setTesting(false)
    }
  }

  return (
    <Setting
      name={strings.scanner}
      note={
        <span id={noteId} className={said?.isProblem ? styles.problem : undefined} role={said ? 'status' : undefined}>
          {said?.text ?? strings.scannerHint}
        </span>
      }
    >
      <Switch checked={scan.enabled} label={strings.scannerSwitch} onChange={(enabled) => save({ enabled, address })} />
      <TextField
        className={styles.address}
        value={address}
        aria-label={strings.scannerAddress}
        aria-describedby={noteId}
        onChange={(event) => setAddress(event.target.value)}
        onBlur={() => save({ ...scan, address })}
      />
      <Button size="s" disabled={testing} onClick={() => void test()}>
        {strings.scannerTest}
      </Button>
    </Setting>
  )
}
