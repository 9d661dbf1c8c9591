import { CircleCheck, KeyRound } from 'lucide-react'
import { useId, useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'
import { recoverySheet as strings } from '../../strings/encryption.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './RecoverySheet.module.css'

/**
 * Has a person save what opens an encrypted remote. For a new one it stays until that is done, or until they say that they
 * need none.
 */
export function RecoverySheet({
  remote,
  isNew,
  onDone,
}: {
  readonly remote: Remote
  readonly isNew: boolean
  readonly onDone: () => void
}) {
  const switchId = useId()
  const [saved, setSaved] = useState<string | null>(null)
  const [declined, setDeclined] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const mayClose = saved !== null || declined || !isNew

  const save = async (extension: 'html' | 'txt') => {
    try {
      const path = await request('shell.chooseSave', {
        title: strings.chooseTitle,
        fileName: `${strings.fileName(remote.name)}.${extension}`,
        kind: { name: extension === 'html' ? strings.page : strings.plain, extension },
      })
      if (path === null) return
      await request('remotes.recovery', { id: remote.id, path })
      setSaved(path)
      setProblem(null)
    } catch (thrown) {
      setProblem(messageOf(thrown))
    }
  }

  return (
    <Dialog
      open
      size="s"
      title={strings.title(remote.name)}
      description={strings.text}
      onClose={() => (mayClose ? onDone() : setProblem(strings.first))}
      footer={
        <Button variant={saved === null ? 'plain' : 'primary'} disabled={!mayClose} onClick={onDone}>
          {strings.done}
        </Button>
      }
    >
      <div className={styles.sheet}>
        <p className={styles.warning}>
          <KeyRound aria-hidden="true" />
          {remote.location.encryption?.kind === 'key-file' ? strings.keyFile : strings.passphrase}
        </p>
        <p>{strings.contents}</p>
        <p>{strings.care}</p>
        <div className={styles.save}>
          <Button variant={saved === null ? 'primary' : 'plain'} onClick={() => void save('html')}>
            {strings.savePage}
          </Button>
          <Button onClick={() => void save('txt')}>{strings.saveText}</Button>
        </div>
        {saved === null ? null : (
          <p className={styles.saved} role="status">
            <CircleCheck aria-hidden="true" />
            {strings.saved(saved)}
          </p>
        )}
        {problem === null ? null : (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {isNew && saved === null ? (
          <div className={styles.decline}>
            <label htmlFor={switchId}>{strings.understood}</label>
            <Switch id={switchId} checked={declined} onChange={setDeclined} />
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}
