import type { OperatorId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type OperatorRow = {
  readonly id: OperatorId
  readonly name: string
  readonly passwordHash: string
}

type NewOperator = OperatorRow & { readonly nameKey: string; readonly createdAt: Instant }

export async function hasOperators(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ found: boolean }>(
    'select exists (select 1 from operators) as found',
  )
  return rows[0]?.found === true
}

/** False when there is an operator already, even one that is being made in this same moment. */
export async function insertFirstOperator(tx: Tx, operator: NewOperator): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into operators (id, name, name_key, password_hash, created_at, is_first)
     select $1, $2, $3, $4, $5, true where not exists (select 1 from operators)
     on conflict do nothing`,
    [
      operator.id,
      operator.name,
      operator.nameKey,
      operator.passwordHash,
      toIso(operator.createdAt),
    ],
  )
  return rowCount === 1
}

export async function findOperator(tx: Tx, nameKey: string): Promise<OperatorRow | null> {
  const { rows } = await tx.query<OperatorRow>(
    'select id, name, password_hash as "passwordHash" from operators where name_key = $1',
    [nameKey],
  )
  return rows[0] ?? null
}

/** Everybody who may sign in, by name. */
export async function listOperators(
  tx: Tx,
): Promise<readonly { readonly id: OperatorId; readonly name: string }[]> {
  const { rows } = await tx.query<{ id: OperatorId; name: string }>(
    'select id, name from operators order by name',
  )
  return rows
}

export async function savePasswordHash(tx: Tx, id: OperatorId, hash: string): Promise<void> {
  await tx.query('update operators set password_hash = $2 where id = $1', [id, hash])
}
