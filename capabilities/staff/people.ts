import { z } from 'zod'
import { Action, paging, wire } from '../../kernel/core/operation.ts'
import { isLocalDate } from '../../kernel/core/time.ts'
import { REACH_KINDS } from './granting.ts'

export const ORGANISATION_KINDS = ['BUREAU', 'TEAM', 'STREET_OFFICE', 'COMMITTEE', 'PARK', 'ENTERPRISE', 'EXPERT_BODY', 'OTHER'] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]
export const CERTIFICATE_KINDS = ['LAW_ENFORCEMENT', 'EXPERT', 'SAFETY_MANAGER'] as const
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number]
/** 在用 has an account that may sign in; LEFT wins over everything. */
export const PERSON_STATES = ['ACTIVE', 'NO_ACCOUNT', 'LOCKED', 'DISABLED', 'LEFT'] as const
export type PersonState = (typeof PERSON_STATES)[number]
/** How long before its end a certificate is listed as 快到期. */
export const EXPIRING_DAYS = 60

const day = wire.date().refine(isLocalDate)
const area = z.string().regex(/^\d{12}$/)
const reason = z.string().trim().min(2).max(200)
const name = z.string().trim().min(2).max(30)
const one = { id: z.uuid() }
const change = { ...one, baseVersion: z.int() }

export const Organisation = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(ORGANISATION_KINDS), areaCode: z.string(), areaName: z.string(), parentId: z.string().nullable(), paperPrefix: z.string().nullable(), people: z.int(), validTo: z.string().nullable(), version: z.int() })
export const SaveOrganisation = z.strictObject({ ...one, baseVersion: z.int().nullable(), name: z.string().trim().min(2).max(60), kind: z.enum(ORGANISATION_KINDS), areaCode: area, parentId: z.uuid().nullable(), paperPrefix: z.string().trim().max(10).nullable() })
export const CloseOrganisation = z.strictObject({ ...change, validTo: day, reason })

export const PeopleInput = z.strictObject({
  q: z.string().trim().max(40).optional(), organisationId: z.uuid().optional(), role: z.string().max(40).optional(), state: z.enum(PERSON_STATES).optional(), noPost: wire.flag().optional(), expiring: wire.flag().optional(), ...paging,
})
export const PersonRow = z.object({
  id: z.uuid(), name: z.string(), organisation: z.string().nullable(), dutyTitle: z.string().nullable(), phoneMasked: z.string().nullable(), login: z.string().nullable(), state: z.enum(PERSON_STATES),
  roles: z.array(z.string()), certificateNo: z.string().nullable(), certificateTo: z.string().nullable(),
})
export const PeopleAnswer = z.object({
  rows: z.array(PersonRow), total: z.int(), next: z.string().optional(),
  figures: z.object({ all: z.int(), active: z.int(), noAccount: z.int(), noPost: z.int(), locked: z.int(), disabled: z.int(), expiring: z.int(), left: z.int() }),
  may: z.object({ account: z.boolean(), grant: z.boolean() }),
})
export const PostView = z.object({
  id: z.uuid(), roleCode: z.string(), roleName: z.string(), reachKind: z.enum(REACH_KINDS), reach: z.string(), validFrom: z.string(), validTo: z.string().nullable(), inForce: z.boolean(), grantedBy: z.string().nullable(), grantedAt: z.string(), version: z.int(),
})
export const CertificateView = z.object({ id: z.uuid(), kind: z.enum(CERTIFICATE_KINDS), no: z.string(), issuedBy: z.string(), scope: z.string().nullable(), validFrom: z.string(), validTo: z.string(), revokedOn: z.string().nullable(), state: z.enum(['IN_FORCE', 'EXPIRING', 'EXPIRED', 'REVOKED', 'NOT_YET']), version: z.int() })
export const PersonDetail = z.object({
  id: z.uuid(), name: z.string(), organisationId: z.string().nullable(), organisation: z.string().nullable(), dutyTitle: z.string().nullable(), phoneMasked: z.string().nullable(), idMasked: z.string().nullable(), leftOn: z.string().nullable(),
  state: z.enum(PERSON_STATES), version: z.int(),
  account: z.object({ login: z.string(), createdAt: z.string(), createdBy: z.string().nullable(), mustChange: z.boolean(), passwordChangedAt: z.string(), lockedUntil: z.string().nullable(), disabledAt: z.string().nullable(), lastSeenAt: z.string().nullable(), version: z.int() }).nullable(),
  posts: z.array(PostView), certificates: z.array(CertificateView),
  /** What should be looked at: an inspector without a certificate in force, an account without a post. */
  findings: z.array(z.string()), actions: z.array(Action),
})
export type PersonDetail = z.infer<typeof PersonDetail>
export const OnePerson = z.strictObject(one)
export const NewPerson = z.strictObject({ ...one, name, organisationId: z.uuid(), dutyTitle: z.string().trim().max(40).nullable(), phone: z.string().trim().max(40).nullable(), idNumber: z.string().trim().max(24).nullable() })
/** `undefined` keeps what is stored, since the screen shows only masks; null takes it away. */
export const EditPerson = z.strictObject({ ...change, name, organisationId: z.uuid(), dutyTitle: z.string().trim().max(40).nullable(), phone: z.string().trim().max(40).nullable().optional(), idNumber: z.string().trim().max(24).nullable().optional() })
export const RevealInput = z.strictObject({ ...one, reason })
export const Revealed = z.object({ phone: z.string().nullable(), idNumber: z.string().nullable() })
export const LeaveInput = z.strictObject({ ...change, leftOn: day, reason })

export const OpenAccount = z.strictObject({ ...one, accountId: z.uuid(), login: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{2,29}$/) })
/** Shown once, to be handed over in person; changed at first sign-in. */
export const TemporaryPassword = z.object({ login: z.string(), temporaryPassword: z.string() })
export const WithReason = z.strictObject({ ...one, reason })
export const PersonSession = z.object({ id: z.uuid(), kind: z.enum(['NORMAL', 'DISPLAY']), startedAt: z.string(), lastSeenAt: z.string(), address: z.string(), open: z.boolean(), endedWhy: z.string().nullable() })

export const Grant = z.strictObject({
  ...one, postId: z.uuid(), roleCode: z.string().max(40), reachKind: z.enum(REACH_KINDS), areaCode: area.nullable(), gridId: z.uuid().nullable(), enterpriseId: z.uuid().nullable(), parkId: z.uuid().nullable(), validFrom: day, validTo: day.nullable(),
})
export const PlacesInput = z.strictObject({ kind: z.enum(['GRID', 'ENTERPRISE', 'PARK']), q: z.string().trim().min(1).max(60) })
export const PlacesAnswer = z.object({ rows: z.array(z.object({ id: z.uuid(), name: z.string(), note: z.string() })) })
/** `lastDay` is the last day the post counts; yesterday takes it away at once. */
export const RevokePost = z.strictObject({ ...change, lastDay: day, reason })

export const RoleView = z.object({ code: z.string(), name: z.string(), verbs: z.array(z.string()), shipped: z.boolean(), exclusive: z.boolean(), version: z.int(), holders: z.int(), grantable: z.boolean() })
export const RolesAnswer = z.object({ roles: z.array(RoleView), verbs: z.array(z.object({ verb: z.string(), zh: z.string(), group: z.string(), grantable: z.boolean() })), may: z.boolean() })
export const SaveRole = z.strictObject({ code: z.string().regex(/^[A-Z][A-Z0-9_]{2,39}$/), baseVersion: z.int().nullable(), name: z.string().trim().min(2).max(30), verbs: z.array(z.string().max(60)).min(1).max(300) })
export const RemoveRole = z.strictObject({ code: z.string().max(40), baseVersion: z.int(), reason })

export const CertificatesInput = z.strictObject({ kind: z.enum(CERTIFICATE_KINDS).optional(), state: z.enum(['IN_FORCE', 'EXPIRING', 'EXPIRED', 'REVOKED', 'NOT_YET']).optional(), ...paging })
export const CertificatesAnswer = z.object({
  rows: z.array(CertificateView.extend({ personId: z.uuid(), person: z.string(), organisation: z.string().nullable() })), total: z.int(), next: z.string().optional(),
  figures: z.object({ inForce: z.int(), expiring: z.int(), expired: z.int(), revoked: z.int() }),
})
export const AddCertificate = z.strictObject({ ...one, certificateId: z.uuid(), kind: z.enum(CERTIFICATE_KINDS), no: z.string().trim().min(2).max(40), issuedBy: z.string().trim().min(2).max(60), scope: z.string().trim().max(60).nullable(), validFrom: day, validTo: day })
export const RevokeCertificate = z.strictObject({ ...change, revokedOn: day, reason })
