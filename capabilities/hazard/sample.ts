import type { Hazard } from './hazard.ts'

/** A plausible hazard for tests of rules: confirmed findings of an inspection on 5 March 2026. */
export const sample = (more: Partial<Hazard> = {}): Hazard => ({
  id: '0199bbbb-0000-7000-8000-000000000001', no: 'HZ-20260305-990101-000001', enterpriseId: 'e', enterpriseName: '安川澜湖精密五金有限公司', siteId: 's', siteName: '主厂区', areaCode: '990101001001', gridId: null, parkId: null,
  source: 'INSPECTION', sourceId: null, campaignId: null, teamId: null, itemCode: null, versionId: null, category: 'XC-02', location: '喷涂车间', description: '配电箱无漏电保护', level: 'GENERAL', immediateStop: false, stopInForce: false, clauseId: null,
  clauseMode: null, requirement: '加装', legalBasis: [], defaultDays: 15, evidence: 'PHOTO', foundAt: '2026-03-05T02:00:00.000Z', foundOn: '2026-03-05', foundBy: ['finder'], confirmDueAt: null, confirmedAt: null,
  confirmedBy: [], opinions: [], fixClaimed: false, verifyDueAt: null, dueOn: null, originalDueOn: null, runsTo: null, late: false, state: 'CONFIRMED', round: 0, extensions: 0, orderId: null, orderNo: null, orderedAt: null,
  plan: null, submittedAt: null, reinspectDueOn: null, reinspectors: [], lastReinspectors: [], pending: null, transfer: null, transferDueOn: null, frozen: null, nextCheckOn: null, closedAt: null, closedOn: null,
  closedHow: null, closedBy: [], recurrenceOf: null, recurrence: false, dedupeKey: 'k', sightings: 1, escalation: 0, remindedOn: null, voidCode: null, appealed: false, version: 1, ...more,
})
