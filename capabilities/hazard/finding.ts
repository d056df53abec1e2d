/** From a finding to the first version of a hazard. */
import { normaliseText } from '../../kernel/core/search-text.ts'
import type { FindingDraft, FindingWords, Hazard } from './hazard.ts'

/**
 * Same place, same spot, same item: counted once while it is open (domain §2.1). Plain text instead of a digest, so that a
 * person who compares two records sees why they are the same.
 */
export const dedupeKeyOf = (f: Pick<FindingDraft, 'itemCode' | 'category' | 'location' | 'clauseId'> & { siteId: string }): string =>
  [f.siteId, normaliseText(f.location), f.itemCode ?? f.category, f.clauseId ?? ''].join('|')

/** The unborn hazard of a draft; `no`, times and sightings come from the server. */
export function bornFrom(f: FindingDraft, given: { no: string; foundOn: string; confirmDueAt: string; recurrenceOf: string | null }): Omit<Hazard, 'version' | 'state'> {
  const { site } = f
  return {
    id: f.id, no: given.no, enterpriseId: site.enterpriseId, enterpriseName: site.enterpriseName, siteId: site.siteId, siteName: site.siteName, areaCode: site.areaCode, gridId: site.gridId,
    parkId: site.parkId, source: f.source, sourceId: f.sourceId, campaignId: f.campaignId ?? null, teamId: f.teamId ?? null, itemCode: f.itemCode, versionId: f.versionId, category: f.category, location: f.location, description: f.description, level: f.level,
    immediateStop: f.immediateStop, stopInForce: f.immediateStop, clauseId: f.clauseId, clauseMode: f.clauseMode, requirement: f.requirement, legalBasis: [...f.legalBasis], defaultDays: f.defaultDays,
    evidence: f.evidence, foundAt: new Date(f.foundAt).toISOString(), foundOn: given.foundOn, foundBy: [...f.foundBy], confirmDueAt: given.confirmDueAt, confirmedAt: null, confirmedBy: [],
    opinions: f.opinion ? [f.opinion] : [], fixClaimed: f.fixedOnSite, verifyDueAt: null, dueOn: null, originalDueOn: null, runsTo: null, late: false, round: 0, extensions: 0, orderId: null,
    orderNo: null, orderedAt: null, plan: null, submittedAt: null, reinspectDueOn: null, reinspectors: [], lastReinspectors: [], pending: null, transfer: null, transferDueOn: null, frozen: null,
    nextCheckOn: null, closedAt: null, closedOn: null, closedHow: null, closedBy: [], recurrenceOf: given.recurrenceOf, recurrence: given.recurrenceOf !== null, dedupeKey: dedupeKeyOf({ ...f, siteId: site.siteId }),
    sightings: 1, escalation: 0, remindedOn: null, voidCode: null, appealed: false,
  }
}

/** What a second finding of a known hazard says, kept beside it. */
export const writtenOf = ({ id, location, description, requirement, level, clauseId, legalBasis, fixedOnSite }: FindingDraft): FindingWords =>
  ({ id, location, description, requirement, level, clauseId, legalBasis: [...legalBasis], fixed: fixedOnSite })

/** What a list or a head line calls it: the beginning of the description. */
export const titleOf = (h: Pick<Hazard, 'location' | 'description'>): string => {
  const text = h.description.startsWith(h.location) ? h.description : `${h.location}：${h.description}`
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
