import { parseArgs } from 'node:util'
import { findCountedEvent } from '../db/marketing-store.ts'
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
  const { stories, countedAt } = await withDatabase(config, async ({ db }) => {
    const found = await findStories(db, id)
    return { stories: found, countedAt: found.length > 0 ? null : await findCountedEvent(db, id) }
  })
  if (values.json) process.stdout.write(`${JSON.stringify(stories, null, 2)}\n`)
  else if (stories.length > 0) process.stdout.write(`${stories.map(tellStory).join('\n\n')}\n`)
  if (stories.length > 0) return 0
  if (countedAt !== null) {
    process.stderr.write(`replyline: ${countedOnly(id, countedAt)}\n`)
    return 1
  }
  process.stderr.write(
    `replyline: no event has the id ${id}; it may not have reached this service\n`,
  )
  return 1
}

function countedOnly(id: string, at: string): string {
  return `Klaviyo's event ${id} came in at ${at}, and nothing but its id was kept: campaign and flow texts to people without a current ticket are only counted; the overview has the counts`
}
