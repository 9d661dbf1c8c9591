import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { ItemList } from '../../ui/ItemList.tsx'
import { ChangePassphrase } from './ChangePassphrase.tsx'
import { PolicyDialog } from './PolicyDialog.tsx'
import { RemoteKeys } from './RemoteKeys.tsx'
import styles from './RemoteList.module.css'
import { RemoteRow } from './RemoteRow.tsx'
import { RemoteUnlock } from './RemoteUnlock.tsx'
import { RemoveRemote } from './RemoveRemote.tsx'
import type { Remotes } from './useRemotes.ts'
import { useWorkspaceRemotes } from './useWorkspaceRemotes.ts'

interface Asked {
  readonly what: 'keys' | 'unlock' | 'passphrase' | 'rules' | 'remove'
  readonly remote: Remote
}

/** Where kept assets go to. */
export function RemoteList({
  remotes,
  onAdd,
  onRecovery,
  onAdopt,
}: {
  readonly remotes: Remotes
  readonly onAdd: () => void
  readonly onRecovery: (remote: Remote) => void
  readonly onAdopt: (remote: Remote) => void
}) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const { list, error } = remotes
  const workspaces = useWorkspaceRemotes(list)
  const finish = () => {
    setAsked(null)
    void remotes.reload()
  }
  return (
    <section className={styles.section}>
      <header className={styles.header}>
        <h3 className={styles.title}>{strings.list}</h3>
        {list === null || list.length === 0 ? null : (
          <Button size="s" variant="quiet" icon={<Plus aria-hidden="true" />} onClick={onAdd}>
            {strings.add}
          </Button>
        )}
      </header>
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {list === null && error === null ? <p className={styles.note}>{strings.loading}</p> : null}
      {list !== null && list.length === 0 ? (
        <Button variant="primary" icon={<Plus aria-hidden="true" />} onClick={onAdd}>
          {strings.add}
        </Button>
      ) : null}
      {list === null || list.length === 0 ? null : (
        <ItemList>
          {list.map((remote) => (
            <RemoteRow
              key={remote.id}
              remote={remote}
              workspace={workspaces.get(remote.id) ?? null}
              onKeys={() => setAsked({ what: 'keys', remote })}
              onUnlock={() => setAsked({ what: 'unlock', remote })}
              onPassphrase={() => setAsked({ what: 'passphrase', remote })}
              onRecovery={() => onRecovery(remote)}
              onAdopt={() => onAdopt(remote)}
              onRules={() => setAsked({ what: 'rules', remote })}
              onRemove={() => setAsked({ what: 'remove', remote })}
            />
          ))}
        </ItemList>
      )}
      {asked?.what === 'keys' ? (
        <RemoteKeys remote={asked.remote} onCancel={() => setAsked(null)} onSaved={finish} />
      ) : null}
      {asked?.what === 'unlock' ? (
        <RemoteUnlock remote={asked.remote} onCancel={() => setAsked(null)} onUnlocked={finish} />
      ) : null}
      {asked?.what === 'passphrase' ? (
        <ChangePassphrase remote={asked.remote} onCancel={() => setAsked(null)} onChanged={finish} />
      ) : null}
      {asked?.what === 'rules' ? (
        <PolicyDialog remote={asked.remote} onCancel={() => setAsked(null)} onSaved={finish} />
      ) : null}
      {asked?.what === 'remove' ? (
        <RemoveRemote remote={asked.remote} onCancel={() => setAsked(null)} onRemoved={finish} />
      ) : null}
    </section>
  )
}
