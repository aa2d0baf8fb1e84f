import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { BridgePage } from './connect/bridge-page.tsx'
import { readConnected } from './connect/connected.ts'
import { ConnectionsPage } from './connect/connections-page.tsx'
import { NewBridgePage } from './connect/new-bridge-page.tsx'
import { ConversationPage } from './conversations/conversation-page.tsx'
import { ConversationsPage } from './conversations/conversations-page.tsx'
import { readNarrowed } from './conversations/narrowed.ts'
import { DoctorPage } from './doctor/doctor-page.tsx'
import { EventPage } from './events/event-page.tsx'
import { LookUpPage } from './events/look-up-page.tsx'
import { Frame } from './frame/frame.tsx'
import { NoSuchPage } from './frame/no-such-page.tsx'
import { PageFailed } from './frame/page-failed.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { PATHS } from './paths.ts'
import { ProblemsPage } from './problems/problems-page.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage })

const routes = [
  createRoute({ getParentRoute: () => root, path: PATHS.overview, component: OverviewPage }),
  createRoute({
    getParentRoute: () => root,
    path: PATHS.conversations,
    component: ConversationsPage,
    validateSearch: readNarrowed,
  }),
  createRoute({
    getParentRoute: () => root,
    path: PATHS.conversation,
    component: ConversationPage,
  }),
  createRoute({ getParentRoute: () => root, path: PATHS.problems, component: ProblemsPage }),
  createRoute({ getParentRoute: () => root, path: PATHS.lookUp, component: LookUpPage }),
  createRoute({ getParentRoute: () => root, path: PATHS.event, component: EventPage }),
  createRoute({
    getParentRoute: () => root,
    path: PATHS.connections,
    component: ConnectionsPage,
    validateSearch: readConnected,
  }),
  createRoute({ getParentRoute: () => root, path: PATHS.newBridge, component: NewBridgePage }),
  createRoute({ getParentRoute: () => root, path: PATHS.bridge, component: BridgePage }),
  createRoute({ getParentRoute: () => root, path: PATHS.doctor, component: DoctorPage }),
] as const

/** Every page of the window, by address. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
})
