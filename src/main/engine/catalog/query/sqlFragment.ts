export type SqlValue = string | number

/** A piece of SQL with the values that are bound to it, in order. */
export interface Fragment {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

/** A condition on `assets`. With `rows`: that the row is one of those that this SELECT gives (some twice), quick by itself. */
export type Condition =
  | { readonly kind: 'plain'; readonly sql: string; readonly parameters: readonly SqlValue[] }
  | { readonly kind: 'rows'; readonly sql: string; readonly parameters: readonly SqlValue[] }

export function plain(sql: string, ...parameters: readonly SqlValue[]): Condition {
  return { kind: 'plain', sql, parameters }
}

export function rows(sql: string, ...parameters: readonly SqlValue[]): Condition {
  return { kind: 'rows', sql, parameters }
}

/** The condition as a WHERE clause has it. */
export function whereOf({ kind, sql, parameters }: Condition): Fragment {
  return { sql: kind === 'rows' ? `row_id IN (${sql})` : sql, parameters }
}

/** True where the condition is not, also where it can't be told. */
export function denied(condition: Condition): Condition {
  const { sql, parameters } = condition
  return plain(condition.kind === 'rows' ? `row_id NOT IN (${sql})` : `NOT coalesce(${sql}, 0)`, ...parameters)
}

export function allOf(conditions: readonly Condition[]): Condition {
  const [only] = conditions
  if (conditions.length === 1 && only !== undefined) return only
  const parts = conditions.map(whereOf)
  if (parts.length === 0) return plain('1')
  return plain(`(${parts.map(({ sql }) => sql).join(' AND ')})`, ...parts.flatMap(({ parameters }) => parameters))
}

export function anyOf(conditions: readonly Condition[]): Condition {
  const [only] = conditions
  if (conditions.length === 1 && only !== undefined) return only
  const parameters = conditions.flatMap((condition) => condition.parameters)
  if (conditions.every(({ kind }) => kind === 'rows')) {
    return rows(conditions.map(({ sql }) => sql).join(' UNION ALL '), ...parameters)
  }
  return plain(`(${conditions.map((condition) => whereOf(condition).sql).join(' OR ')})`, ...parameters)
}
