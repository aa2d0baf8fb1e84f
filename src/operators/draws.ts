/*
 * A draw lets one try in each half second through. It begins with the first try that comes for
 * something, gathers those that follow, and ends by taking one: every sender has the same chance,
 * whatever it sends, and of one sender every try has. Who comes first gains nothing, so who asks all
 * the time cannot keep out who asks now and then.
 *
 * Only the try that would be taken as things stand is kept waiting; the others are told at once.
 */

const DRAW_MS = 500

export type Draws = {
  /** Takes part in the draw for `aim`; whether the try was the one that is let through. */
  enter(aim: string, sender: string): Promise<boolean>
}

/** Gives a random whole number from 0 up to, and not including, its argument. */
export type Chance = (below: number) => number

type Draw = { readonly senders: Set<string>; held: Held }
type Held = { readonly sender: string; readonly tries: number; tell(isTaken: boolean): void }

export function createDraws(chance: Chance): Draws {
  const open = new Map<string, Draw>()

  function begin(aim: string, held: Held): void {
    const draw = { senders: new Set([held.sender]), held }
    open.set(aim, draw)
    setTimeout(() => {
      open.delete(aim)
      draw.held.tell(true)
    }, DRAW_MS)
  }

  return {
    enter: (aim, sender) =>
      new Promise((tell) => {
        const draw = open.get(aim)
        if (draw === undefined) begin(aim, { sender, tries: 1, tell })
        else join(draw, { sender, tries: 1, tell }, chance)
      }),
  }
}

/** With so many there already, a newcomer takes the held one's place with the chance that makes all equal. */
function join(draw: Draw, tried: Held, chance: Chance): void {
  const { held, senders } = draw
  const isSame = tried.sender === held.sender
  if (!isSame && senders.has(tried.sender)) {
    tried.tell(false)
    return
  }
  senders.add(tried.sender)
  const tries = isSame ? held.tries + 1 : 1
  const isTaken = chance(isSame ? tries : senders.size) === 0
  draw.held = isTaken ? { ...tried, tries } : { ...held, tries: isSame ? tries : held.tries }
  ;(isTaken ? held : tried).tell(false)
}
