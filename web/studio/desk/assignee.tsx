import { NativeSelect } from '@mantine/core'
import { assignTicket } from '../api/deeds.ts'
import { useCast } from '../api/reads.ts'
import { useDeed } from '../api/use-deed.ts'
import type { Ticket } from '../api/world.ts'
import { Problem } from '../problem.tsx'

const NOBODY = ''
/** Who gives tickets to others; any agent may. */
const BY = 'agent@example.com'

/** Who has the ticket; choosing another gives it to them. */
export function Assignee({ ticket }: { readonly ticket: Ticket }) {
  const cast = useCast()
  const deed = useDeed(assignTicket)
  const agents = cast.data?.agents ?? []
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Assignee"
        disabled={ticket.status === 'closed'}
        value={ticket.assignee?.email ?? NOBODY}
        onChange={({ currentTarget: { value } }) =>
          deed.run(ticket.id, BY, value === NOBODY ? null : value)
        }
        data={[
          { value: NOBODY, label: 'assigned to nobody' },
          ...agents.map(({ name, email }) => ({ value: email, label: `assigned to ${name}` })),
        ]}
      />
      <Problem text={deed.problem} />
    </>
  )
}
