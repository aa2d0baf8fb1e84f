import type { CustomerId, EventId } from '../kernel/ids.ts'
import type { Tx } from './records.ts'

/** As many of a customer's next messages as could matter within seconds. */
const MOST = 20

/** The payloads of the customer's messages that were taken in after this event, oldest first. */
export async function findLaterMessages(
  tx: Tx,
  customerId: CustomerId,
  after: EventId,
): Promise<readonly unknown[]> {
  const { rows } = await tx.query<{ payload: unknown }>(
    `select payload from events where customer_id = $1 and id > $2 and kind = 'customer_message'
     order by id limit ${MOST}`,
    [customerId, after],
  )
  return rows.map(({ payload }) => payload)
}
