import type { Call } from './bad-network.ts'
import type { Fault } from './fault.ts'
import { subscribe, within } from './harms.ts'
import type { Load } from './load.ts'

const BRAND_NUMBER = '+18005550100'
/** No phone of the load. */
const poisoner = (index: number) => `+141555788${String(10 + index)}`
const POISON: readonly string[] = [
  'NUL \u0000 inside',
  'half a character \ud800',
  'x'.repeat(64_000),
  '{{ticket.id}} {{dc.secret}} %{x} <%= y %>',
  '\u202eright to left\u202c \u200b\ufeff',
  '<script>alert(1)</script><!-- "\' -->',
  '👩‍👩‍👧‍👦'.repeat(400),
  '\u0001\u0002\u001b[31m\u007f',
]
const AFTER = 'And now something harmless.'

/** Messages that nobody expects, and a lane that can't go on beside those that can. */
export const f12: readonly Fault[] = [
  {
    ...{ family: 'F12', name: 'poison texts first in their lanes' },
    load: { phones: 10, rounds: 3 },
    shortLoad: { phones: 4, rounds: 1 },
    async harm({ site, load }) {
      for (const [index, body] of POISON.entries()) {
        await subscribe(site, poisoner(index))
        await site.world.texts(poisoner(index), BRAND_NUMBER, body)
        await site.world.texts(poisoner(index), BRAND_NUMBER, AFTER)
      }
      await load.finished
    },
    async check({ load }) {
      return POISON.flatMap((body, index) => {
        const comments = load.watch.ticketsOf(poisoner(index)).flatMap((one) => one.comments)
        return comments.some((comment) => comment.body === AFTER)
          ? []
          : [`nothing came after ${JSON.stringify(body.slice(0, 20))}`]
      })
    },
  },
  {
    ...{ family: 'F12', name: 'a lane that stands still beside 2,000 texts in 200 lanes' },
    load: { phones: 201, texts: 10, replies: 1, rounds: 1, campaigns: false, giveUpMs: 300_000 },
    shortLoad: { phones: 13, texts: 3 },
    async harm(run) {
      const { site, load } = run
      site.zendesk.harm((call) => (isOfPhone0(call) ? { kind: 'answer', status: 500 } : null))
      const startedAt = performance.now()
      const othersDone = await within(240_000, () => isDoneWithout(load, load.phones[0] ?? ''))
      const seconds = (performance.now() - startedAt) / 1_000
      run.note(`the others were done after ${seconds.toFixed(0)} s`)
      if (!othersDone) throw new Error('the others waited for a lane that stood still')
      if (load.watch.ticketsOf(load.phones[0] ?? '').length > 0)
        throw new Error('the lane did not stand still')
      site.zendesk.harm(null)
      await load.finished
    },
  },
]

/** The only phone whose e-mail, number or text this can be. */
function isOfPhone0({ path, body }: Call): boolean {
  return /t-0-\d|14155561000/.test(decodeURIComponent(path) + body)
}

function isDoneWithout(load: Load, phone: string): boolean {
  const others = load.sent.filter((one) => one.phone !== phone)
  return others.every((one) => {
    const comments = load.watch.ticketsOf(one.phone).flatMap((ticket) => ticket.comments)
    return (
      one.replies.length > 0 &&
      one.texts.every((key) => comments.some(({ body }) => body.startsWith(`${key} `))) &&
      load.watch.textsTo(one.phone).length >= one.replies.length
    )
  })
}
