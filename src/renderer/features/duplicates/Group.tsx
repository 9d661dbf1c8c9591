import { useEffect, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import type { DuplicateGroup } from '../../../shared/domain/duplicate.ts'
import { dismissGroup, resolveGroup } from '../../actions/duplicates.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { cards } from '../../queries/cards.ts'
import { MOST_COMPARED, openCompare } from '../../state/compare.ts'
import { compare } from '../../strings/compare.ts'
import { duplicates as strings } from '../../strings/duplicates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import styles from './Group.module.css'
import { Member } from './Member.tsx'

/** One group: the members side by side, the suggested one chosen, and what can be done with them. */
export function Group({ group, onDone }: { readonly group: DuplicateGroup; readonly onDone: () => void }) {
  const shown = useCards(group)
  const [keep, setKeep] = useState(group.members[0]?.row_id ?? 0)
  const keeper = group.members.find(({ row_id }) => row_id === keep) ?? group.members[0]
  const others = group.members.length - 1
  const finish = async (work: () => Promise<boolean>) => {
    if (await work()) onDone()
  }
  return (
    <li className={styles.group}>
      <div className={styles.head}>
        <Badge>{group.kind === 'exact' ? strings.exact : strings.near}</Badge>
        {keeper === group.members[0] && group.reasons.length > 0 ? (
          <span className={styles.reasons}>
            {strings.keep}: {group.reasons.map((reason) => strings.reasons[reason]).join(', ')}
          </span>
        ) : null}
        <div className={styles.space} />
        {others > 0 ? (
          <Button
            size="s"
            variant="quiet"
            onClick={() => openCompare(group.members.slice(0, MOST_COMPARED).map(({ row_id }) => row_id))}
          >
            {compare.action}
          </Button>
        ) : null}
        <Button size="s" variant="quiet" onClick={() => void finish(() => dismissGroup(group))}>
          {strings.dismiss}
        </Button>
        <Button
          size="s"
          title={strings.resolveHint}
          onClick={() => keeper && void finish(() => resolveGroup(group, keeper.id))}
        >
          {strings.resolve(others)}
        </Button>
      </div>
      <div className={styles.members} role="radiogroup" aria-label={strings.keep}>
        {group.members.map((member) => (
          <Member
            key={member.row_id}
            member={member}
            card={shown.get(member.row_id)}
            group={group.key}
            best={shown}
            chosen={member.row_id === keep}
            onChoose={() => setKeep(member.row_id)}
          />
        ))}
      </div>
    </li>
  )
}

/** Cards of the members, as they come. */
function useCards(group: DuplicateGroup): ReadonlyMap<number, AssetCard> {
  const [shown, setShown] = useState<ReadonlyMap<number, AssetCard>>(new Map())
  useEffect(() => {
    let current = true
    cards.load(group.members.map(({ row_id }) => row_id)).then(
      (loaded) => current && setShown(new Map(loaded.map((card) => [card.row_id, card]))),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [group])
  return shown
}
