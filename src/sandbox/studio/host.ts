/**
 * What the studio needs of whoever runs it beside a service: the demo. The sandbox alone has no host,
 * and the page then says so. Everything here crosses to the page as JSON.
 */
export type StudioHost = {
  /** Where Replyline's own window opens. What stands behind `#` is for people at this machine. */
  replylineUrl(): string
  service(): ServiceState
  /** Ends the service's process with SIGKILL; it is started again. Answers in words why it cannot. */
  pullThePlug(): string | null
  story(): Story
  /** Begins to play a step, and what it needs first. Answers in words why it cannot. */
  play(step: number): string | null
  /** The platforms back to their seed, and a bridge that remembers nothing. Answers why it cannot. */
  startOver(): Promise<string | null>
  /** What the service recorded about texts, comments and tickets, by the platforms' ids for them. */
  decisionsOn(ids: readonly string[]): Promise<Decisions>
  /** A `bridge.yaml` to start from: this bridge's choices, with room for the reader's accounts. */
  bridgeFile(): Promise<string>
  /** Calls `listener` when the service or the story changed; the answer unsubscribes it. */
  onChange(listener: () => void): () => void
}

export type ServiceState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'up'; readonly pid: number; readonly endings: number }
  | { readonly kind: 'down'; readonly endings: number }
  /** It ended by itself and is not started any more. */
  | { readonly kind: 'gone'; readonly because: string }

export type Story = {
  readonly steps: readonly StoryStep[]
  /** What is under way; nothing else can begin until it ended. */
  readonly busy: 'starting' | 'playing' | 'starting_over' | null
}

export type StoryStep = {
  /** From 1. */
  readonly number: number
  readonly says: string
  readonly outcome: StepOutcome
}

export type StepOutcome =
  | { readonly kind: 'not_played' }
  | { readonly kind: 'playing' }
  | {
      readonly kind: 'seen'
      readonly seen: string
      readonly tookMs: number
      readonly touched: Touched
    }
  | {
      readonly kind: 'not_seen'
      readonly expected: string
      readonly tookMs: number
      readonly touched: Touched
    }

/** What a step had to do with, by the platforms' ids. */
export type Touched = {
  readonly ticketIds: readonly number[]
  /** Texts and comments. */
  readonly eventIds: readonly string[]
}

export type Decisions =
  | { readonly kind: 'known'; readonly decisions: readonly Decision[] }
  /** The service could not be asked. */
  | { readonly kind: 'unavailable'; readonly because: string }

/** One thing that came in and what was concluded about it, in words. Oldest first in a list. */
export type Decision = {
  readonly id: string
  readonly source: string
  readonly what: string
  readonly ticketId: string | null
  /** ISO 8601. */
  readonly at: string
  readonly state: string
  readonly reason: string | null
  readonly says: string
  readonly remedy: string | null
  readonly effects: readonly { readonly what: string; readonly state: string }[]
  /** In Replyline's own window. */
  readonly link: string
}
