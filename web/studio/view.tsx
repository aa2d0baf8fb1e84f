import {
  createRootRoute,
  createRouter,
  defaultStringifySearch,
  useLocation,
  useRouter,
} from '@tanstack/react-router'

/** What the page shows; it lives in the address, so that a reload or a link shows the same. */
export type View = {
  /** The phone in hand. */
  readonly phone: string
  /** The brand's number that is texted. */
  readonly to: string
  /** The ticket that was chosen; without one the desk follows the phone. */
  readonly ticket?: number
  readonly list: 'person' | 'all' | 'emails'
  readonly side: (typeof SIDES)[number]
  /** At phone width. */
  readonly tab: Tab
}

const SIDES = ['profile', 'story', 'faults'] as const
const TABS = ['phone', 'desk', 'profile', 'story', 'try'] as const
export type Tab = (typeof TABS)[number]

const FIRST: View = {
  phone: '+14155550111',
  to: '+18005550100',
  list: 'person',
  side: 'profile',
  tab: 'phone',
}

export function createStudioRouter(page: () => React.JSX.Element) {
  return createRouter({ routeTree: createRootRoute({ component: page }) })
}

/** `undefined` takes a part away; only `ticket` can be. */
type ViewChange = { readonly [Key in keyof View]?: View[Key] | undefined }

/** The view, and how to change parts of it. A change of what is looked at does not fill the history. */
export function useView(): readonly [View, (change: ViewChange) => void] {
  const router = useRouter()
  const view = readView(useLocation().search)
  // From where the page is when it happens: two changes may come before it is drawn again.
  const change = (part: ViewChange) => {
    const next = { ...readView(router.state.location.search), ...part }
    router.history.replace(defaultStringifySearch(withoutGaps(next)))
  }
  return [view, change]
}

function readView(raw: Record<string, unknown>): View {
  const ticket = Number(raw.ticket)
  return {
    phone: textOf(raw.phone) ?? FIRST.phone,
    to: textOf(raw.to) ?? FIRST.to,
    ...(Number.isInteger(ticket) && ticket > 0 ? { ticket } : {}),
    list: raw.list === 'all' || raw.list === 'emails' ? raw.list : FIRST.list,
    side: SIDES.find((side) => side === raw.side) ?? FIRST.side,
    tab: TABS.find((tab) => tab === raw.tab) ?? FIRST.tab,
  }
}

/** The router reads a number in the address as a number, and so a short code. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

function withoutGaps(view: ViewChange): Record<string, unknown> {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined))
}
