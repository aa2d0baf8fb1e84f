/** What the control API answers, as far as the studio shows it. Times are ISO 8601. */

export type PhoneMessage = {
  readonly direction: 'sent' | 'received'
  readonly from: string
  readonly to: string
  readonly body: string
  readonly at: string
  readonly origin: 'conversation' | 'campaign' | 'flow' | 'auto-response' | null
}

export type PhoneFailure = {
  readonly type: string | null
  /** How many texts will fail; null: all. */
  readonly times: number | null
}

type TicketPerson = {
  readonly id: number
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
}

export type TicketSummary = {
  readonly id: number
  readonly subject: string | null
  readonly status: string
  readonly brand: string | null
  readonly group: string | null
  readonly tags: readonly string[]
  readonly requester: TicketPerson | null
  readonly assignee: TicketPerson | null
  readonly comment_count: number
  readonly created_at: string
  readonly updated_at: string
}

export type TicketComment = {
  readonly id: number
  readonly body: string
  readonly public: boolean
  readonly created_at: string
  readonly via: { readonly channel: string }
  readonly author: {
    readonly name: string
    readonly email: string | null
    readonly role: string
  } | null
}

export type Ticket = TicketSummary & { readonly comments: readonly TicketComment[] }

export type SentEmail = {
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly ticketId: number
  readonly rule: string
  readonly at: string
}

export type ProfileEvent = {
  readonly id: string
  readonly metric: string | null
  readonly time: string
  readonly properties: Readonly<Record<string, unknown>>
}

export type Consent = {
  readonly consent: string
  readonly consent_timestamp: string | null
  readonly method?: string | null
  readonly method_detail?: string
}

export type Profile = {
  readonly id: string
  readonly account: string
  readonly email: string | null
  readonly phone_number: string | null
  readonly external_id: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly properties: Readonly<Record<string, unknown>>
  readonly subscriptions: {
    readonly sms: { readonly marketing: Consent }
    readonly whatsapp: { readonly marketing: Consent }
  }
  readonly events: readonly ProfileEvent[]
}

export type Clock = { readonly now: string; readonly offsetMs: number }

/** Something nobody outside knows of a platform, as a switch. */
export type Doubt = {
  readonly name: string
  readonly value: string | number | boolean
  readonly default: string | number | boolean
  readonly values: readonly (string | number | boolean)[] | 'milliseconds'
  readonly about: string
  readonly source: string
}

/** Klaviyo's own Zendesk integration, as one Klaviyo account has it. */
export type NativeInstallation = {
  readonly account: string
  readonly metrics: boolean
  readonly sms: boolean
  readonly whatsapp: boolean
  readonly handOffs: readonly string[]
}
