import type { Config } from '../../config.ts'
import { readBridgeSettings } from '../../connections/settings.ts'
import { findBridgeByName } from '../../db/bridge-store.ts'
import type { Changes } from '../../sandbox/core/changes.ts'
import type { ServiceState, StudioHost } from '../../sandbox/studio/host.ts'
import { withDatabase } from '../with-database.ts'
import { readDecisions } from './decisions.ts'
import { BRIDGE_NAME } from './make-bridge.ts'
import { toOwnBridgeFile } from './own-bridge-file.ts'
import type { ServiceChild } from './service-child.ts'
import type { StoryPlayer } from './story-player.ts'

type Parts = {
  readonly settings: Config
  readonly player: StoryPlayer
  readonly changes: Changes
  /** Null while the service starts for the first time. */
  readonly service: () => ServiceChild | null
  /** A token for the operator API; null until one was made. */
  readonly token: () => string | null
}

const STARTING: ServiceState = { kind: 'starting' }

/** What the studio shows of this demo: its service, its story, its decisions and its bridge. */
export function createStudioHost(parts: Parts): StudioHost {
  const { settings, player, changes, service, token } = parts
  const state = () => service()?.state() ?? STARTING
  const whyDown = () => (state().kind === 'up' ? null : NOT_UP)

  return {
    replylineUrl: () => service()?.windowUrl() ?? settings.publicUrl,
    service: state,
    pullThePlug: () => whyPlugged(player) ?? service()?.pullThePlug() ?? null,
    story: player.story,
    play: (step) => whyDown() ?? player.play(step),
    startOver: async () => whyDown() ?? player.startOver(),
    decisionsOn: (ids) => readDecisions({ serviceUrl: settings.publicUrl, token }, ids),
    async bridgeFile() {
      if (whyDown() !== null) throw new Error(NOT_UP)
      return readOwnBridgeFile(settings)
    },
    onChange: changes.subscribe,
  }
}

/** The service owns the database, so without it nothing that needs the database may begin. */
const NOT_UP = 'Replyline is not up: wait until it is'

/** While the bridge is made, its database must stay. */
function whyPlugged({ story }: StoryPlayer): string | null {
  const { busy } = story()
  return busy === null || busy === 'playing' ? null : 'the bridge is being made: wait until it is'
}

async function readOwnBridgeFile(settings: Config): Promise<string> {
  const bridge = await withDatabase(settings, ({ db }) => findBridgeByName(db, BRIDGE_NAME))
  if (bridge === null) throw new Error('the bridge is not made yet: try again in a moment')
  return toOwnBridgeFile(readBridgeSettings(bridge.settings))
}
