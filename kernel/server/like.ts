/** A text as it stands, for a pattern of `like`: its own %, _ and \ mean themselves. */
export const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** The pattern of `like` for whatever contains this text. */
export const containing = (text: string): string => `%${literal(text)}%`
