import { parseArgs } from 'node:util'
import { listFailures, listStories } from '../db/readback.ts'
import type { Command } from './command.ts'
import { tellStory } from './tell-story.ts'
import { withDatabase } from './with-database.ts'

/** Lists the newest events, or only those with something given up, unknown or set aside. */
export const events: Command = async (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      limit: { type: 'string', default: '20' },
      failures: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const limit = Math.max(1, Number.parseInt(values.limit, 10) || 20)
  const stories = await withDatabase(config, ({ db }) =>
    values.failures ? listFailures(db, limit) : listStories(db, { limit, before: null }),
  )
  if (values.json) process.stdout.write(`${JSON.stringify(stories, null, 2)}\n`)
  else
    process.stdout.write(
      stories.length === 0
        ? `${values.failures ? 'Nothing failed.' : 'No event has come yet.'}\n`
        : `${stories.map(tellStory).join('\n\n')}\n`,
    )
  return 0
}
