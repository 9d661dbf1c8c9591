import type { RowId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'

/** Assets made of the same prompt, none of them in Trash. */
interface Stack {
  /** The newest of them. */
  readonly rowIds: readonly RowId[]
  readonly total: number
}

export interface StacksRepository {
  /**
   * What was made as an asset was, each at most `limit` and without the asset itself: with its seed too, which is the same
   * picture in variants, and with another seed, which are variations. Nothing for one without a prompt.
   */
  of(row: RowId, limit: number): { readonly sameSeed: Stack; readonly variations: Stack }
  /** For each row how many assets outside of Trash have its prompt, and how many its seed too; 0 for one without a prompt. */
  counts(rows: readonly RowId[]): { readonly prompt: readonly number[]; readonly seed: readonly number[] }
}

interface Made {
  readonly row_id: RowId
  readonly prompt_key: string | null
  readonly generation_seed: string | null
}
const nothing: Stack = { rowIds: [], total: 0 }

/** Finds pictures by prompt and seed in one index, which holds all that is asked for. */
export function stacksRepository(db: Db): StacksRepository {
  const made = db.prepare('SELECT row_id, prompt_key, generation_seed FROM assets WHERE row_id = ?')
  const madeEach = db.prepare(
    'SELECT a.row_id, a.prompt_key, a.generation_seed FROM json_each(?) j CROSS JOIN assets a ON a.row_id = j.value',
  )
  const live = 'FROM assets WHERE prompt_key = :key AND deleted_at IS NULL'
  const others = `${live} AND row_id <> :row`
  const sameSeed = 'AND generation_seed = :seed'
  // Of what has no seed nobody knows that it is the same picture.
  const otherSeed = 'AND (:seed IS NULL OR generation_seed IS NOT :seed)'
  const newest = 'ORDER BY imported_at DESC, row_id DESC LIMIT :limit'
  const rows = (condition: string) => db.prepare(`SELECT row_id ${others} ${condition} ${newest}`).pluck()
  const count = (from: string) => db.prepare(`SELECT count(*) ${from}`).pluck()
  const [seedRows, variationRows] = [rows(sameSeed), rows(otherSeed)]
  const [seedCount, variationCount] = [count(`${others} ${sameSeed}`), count(`${others} ${otherSeed}`)]
  const [allOfPrompt, allOfSeed] = [count(live), count(`${live} ${sameSeed}`)]

  return {
    of(row, limit) {
      const asset = made.get(row) as Made | undefined
      if (asset === undefined || asset.prompt_key === null) return { sameSeed: nothing, variations: nothing }
      const bound = { key: asset.prompt_key, seed: asset.generation_seed, row }
      return {
        sameSeed: {
          rowIds: seedRows.all({ ...bound, limit }) as RowId[],
          total: Number(seedCount.get(bound)),
        },
        variations: {
          rowIds: variationRows.all({ ...bound, limit }) as RowId[],
          total: Number(variationCount.get(bound)),
        },
      }
    },
    counts(asked) {
      const assets = new Map((madeEach.all(JSON.stringify(asked)) as Made[]).map((asset) => [asset.row_id, asset]))
      const known = new Map<string, number>()
      const counted = (statement: typeof allOfPrompt, bound: Record<string, string>): number => {
        const name = JSON.stringify(bound)
        const total = known.get(name) ?? Number(statement.get(bound))
        known.set(name, total)
        return total
      }
      const ofPrompt = (row: RowId): number => {
        const key = assets.get(row)?.prompt_key ?? null
        return key === null ? 0 : counted(allOfPrompt, { key })
      }
      const ofSeed = (row: RowId): number => {
        const { prompt_key: key, generation_seed: seed } = assets.get(row) ?? {
          prompt_key: null,
          generation_seed: null,
        }
        return key === null || seed === null ? 0 : counted(allOfSeed, { key, seed })
      }
      return { prompt: asked.map(ofPrompt), seed: asked.map(ofSeed) }
    },
  }
}
