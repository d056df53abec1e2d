/** Who has which organisation bodies: 28,020 enterprises with the neighbour's, 6,000 small places, then the parks' operators. */
export const SHOP_BODIES = 28_020
export const PARK_BODIES = 34_020

/** "MA" and six base-31 digits; 31^6 and the multiplier have no common factor. */
export function organisationBody(index: number): string {
  const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  let rest = (index * 30_011 + 7_654_321) % 887_503_681
  let body = ''
  for (let i = 0; i < 6; i++) {
    body = symbols.charAt(rest % 31) + body
    rest = Math.floor(rest / 31)
  }
  return `MA${body}`
}
