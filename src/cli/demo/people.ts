/** Who is in the story; all are in the sandbox's seed. */
export const BRAND_NUMBER = '+18005550100'
export const SARAH = '+14155550111'
export const PHONE_ONLY = '+14155550112'
export const STRANGER = '+14155550113'
export const SHARES_AGENT_EMAIL = '+14155550114'
export const ALVA = 'agent@example.com'
export const ADMIN = 'admin@example.com'
