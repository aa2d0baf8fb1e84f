import type { Status } from './tickets.ts'

/** What an account is made of, as on the wire: snake_case, numeric ids, times without milliseconds. */

export type Role = 'end-user' | 'agent' | 'admin'

export type Brand = {
  id: number
  name: string
  subdomain: string
  active: boolean
  default: boolean
  created_at: string
}

export type Group = {
  id: number
  name: string
  description: string
  default: boolean
  member_ids: number[]
  created_at: string
}

export type FieldType =
  | ('subject' | 'description' | 'status' | 'tickettype' | 'priority' | 'group' | 'assignee')
  | ('text' | 'textarea' | 'checkbox' | 'date' | 'integer' | 'decimal' | 'regexp')
  | ('partialcreditcard' | 'multiselect' | 'tagger' | 'lookup')

export type TicketField = {
  id: number
  type: FieldType
  title: string
  key: string | null
  /** False for Zendesk's own fields, which tickets carry by name. */
  is_custom: boolean
  custom_field_options: { id: number; name: string; value: string }[] | null
  created_at: string
}

export type CustomStatus = {
  id: number
  status_category: StatusCategory
  agent_label: string
  end_user_label: string
  description: string
  active: boolean
  default: boolean
  created_at: string
}

export type StatusCategory = Exclude<Status, 'closed'>
