import { useQuery } from '@tanstack/react-query'
import { call } from './call.ts'
import type { Cast, Decisions, Host, Story, Troubles } from './host.ts'
import type {
  Clock,
  Doubt,
  NativeInstallation,
  PhoneFailure,
  PhoneMessage,
  Profile,
  SentEmail,
  Ticket,
  TicketSummary,
} from './world.ts'

const read = <Answer>(path: string) => ({
  queryKey: [path],
  queryFn: () => call<Answer>('GET', path),
})
const phonePath = (number: string) => `/control/phones/${encodeURIComponent(number)}`

export const useCast = () => useQuery(read<Cast>('/studio/cast'))
export const useHost = () => useQuery(read<Host>('/studio/host'))
export const useStory = () => useQuery(read<Story | null>('/studio/story'))
export const useTroubles = () => useQuery(read<Troubles>('/studio/troubles'))
export const useDoubts = () =>
  useQuery(read<{ readonly settings: readonly Doubt[] }>('/control/settings'))
export const useNative = () =>
  useQuery(read<{ readonly installed: readonly NativeInstallation[] }>('/control/native'))
export const useClock = () => useQuery(read<Clock>('/control/clock'))
export const useTickets = () => useQuery(read<readonly TicketSummary[]>('/control/tickets'))
export const useEmails = () => useQuery(read<readonly SentEmail[]>('/control/emails'))

/** Oldest first. */
export const useMessages = (number: string) =>
  useQuery(read<readonly PhoneMessage[]>(`${phonePath(number)}/messages`))

export const usePhoneFailure = (number: string) =>
  useQuery(read<PhoneFailure>(`${phonePath(number)}/failure`))

/** Asked for only once Klaviyo knows the number. */
export const useProfile = (number: string, isKnown: boolean) =>
  useQuery({
    ...read<Profile>(`/control/profiles/${encodeURIComponent(number)}`),
    enabled: isKnown,
  })

/** Asked for only while the ticket is in the list, because a reset takes tickets away. */
export const useTicket = (id: number | null) =>
  useQuery({ ...read<Ticket>(`/control/tickets/${id}`), enabled: id !== null })

/** Oldest first. A decision to do nothing changes nothing in the sandbox, so it is asked for again and again. */
export const useDecisions = (ids: readonly string[], isOpen: boolean) =>
  useQuery({
    ...read<Decisions>(
      `/studio/decisions?${ids.map((id) => `id=${encodeURIComponent(id)}`).join('&')}`,
    ),
    enabled: isOpen && ids.length > 0,
    refetchInterval: 2_000,
  })

export const useBridgeFile = (isOpen: boolean) =>
  useQuery({ ...read<{ readonly text: string }>('/studio/bridge-file'), enabled: isOpen })
