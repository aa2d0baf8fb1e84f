import { parseArgs } from 'node:util'
import { findStories } from '../db/readback.ts'
import { StartProblem } from '../open-database.ts'
import type { Command } from './command.ts'
import { tellStory } from './tell-story.ts'
import { withDatabase } from './with-database.ts'

/** Says what became of an event: by our id, the platform's, a comment's, a ticket's number, a work item's or an effect's. */
export const why: Command = async (args, config) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [id] = positionals
  if (id === undefined)
    throw new StartProblem(
      "name what to explain: why ID, where ID is an event's, a ticket's or a comment's",
    )
  const stories = await withDatabase(config, ({ db }) => findStories(db, id))
  if (values.json) process.stdout.write(`${JSON.stringify(stories, null, 2)}\n`)
  else if (stories.length > 0) process.stdout.write(`${stories.map(tellStory).join('\n\n')}\n`)
  if (stories.length > 0) return 0
  process.stderr.write(
    `replyline: no event has the id ${id}; it may not have reached this service\n`,
  )
  return 1
}
