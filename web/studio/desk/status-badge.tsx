import { Pill, type PillLook } from '../pill.tsx'

const LOOKS: Readonly<Record<string, readonly [label: string, look: PillLook]>> = {
  new: ['New', 'wait'],
  open: ['Open', 'bad'],
  pending: ['Pending', 'info'],
  hold: ['On-hold', 'rest'],
  solved: ['Solved', 'good'],
  closed: ['Closed', 'quiet'],
  deleted: ['Deleted', 'quiet'],
}

/** A ticket's status in Zendesk's words. */
export function StatusBadge({ status }: { readonly status: string }) {
  const [label, look] = LOOKS[status] ?? [status, 'quiet']
  return <Pill look={look}>{label}</Pill>
}
