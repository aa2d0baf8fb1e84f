/** Remedies that name a setting, in the words of the form where it is chosen; by the reason's code. */
export const SETTING_REMEDIES: Readonly<Record<string, string>> = {
  keyword_subscribe:
    'If this word is an ordinary one, take it out of “Subscribe keywords” in the settings of',
  keyword_automation:
    'If this word is an ordinary one, take it out of “Keywords that start an automation” in the settings of',
  sms_not_enabled: 'Switch on “Sync SMS conversations” in the settings of',
  brand_not_chosen: 'Add the brand under “Tickets” in the settings of',
}
