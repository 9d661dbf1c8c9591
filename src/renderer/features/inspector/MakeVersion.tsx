import type { AssetCard } from '../../../shared/domain/asset.ts'
import { replaceByAsset } from '../../actions/versions.ts'
import { versions as strings } from '../../strings/versions.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './MakeVersion.module.css'
import { Section } from './Section.tsx'

/** Makes one of two assets the new version of the other. */
export function MakeVersion({ pair: [a, b] }: { readonly pair: readonly [AssetCard, AssetCard] }) {
  return (
    <Section title={strings.oneAsset}>
      <p className={styles.hint}>{strings.oneAssetHint}</p>
      <div className={styles.choices}>
        {[
          { by: a, of: b },
          { by: b, of: a },
        ].map(({ by, of }) => (
          <Button
            key={by.id}
            size="s"
            className={styles.choice}
            title={strings.makeVersion(by.file_name, of.file_name)}
            onClick={() => void replaceByAsset(of.id, by.id)}
          >
            <span className={styles.name}>{strings.makeVersionShort(by.file_name)}</span>
          </Button>
        ))}
      </div>
    </Section>
  )
}
