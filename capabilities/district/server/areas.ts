import { readFile } from 'node:fs/promises'
import { toWgs84 } from '../../../kernel/core/coordinates.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { type Ctx, type Handlers, type RawBody, refuseStale } from '../../../kernel/server/context.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { SheetRefusal } from '../../../kernel/server/sheet/refusal.ts'
import { type AreaSheet, readAreas } from '../area-sheet.ts'
import { readBoundaries } from '../boundary.ts'
import type { AreaView } from '../district.ts'
import type { operations } from '../operations.ts'
import { isFunctional, refuseArea } from '../rules.ts'
import { zh } from '../zh.ts'
import { gridOf, placeOf } from './public.ts'
import * as store from './store.ts'

type Part = Pick<typeof operations, 'areas' | 'saveArea' | 'closeArea' | 'reorderAreas' | 'neighbours' | 'saveNeighbours' | 'readAreaSheet' | 'applyAreas' | 'importBoundaries' | 'boundaries' | 'place'>

export const areaHandlers: Handlers<Part> = {
  areas: async (ctx, input) => tree(ctx, input.on ?? localDate(ctx.now)),
  saveArea: async (ctx, input) => (input.baseVersion === null ? createArea(ctx, input) : changeArea(ctx, { ...input, baseVersion: input.baseVersion })),
  closeArea: async (ctx, input) => {
    const area = await mustChange(ctx, input.code)
    refuseStale(area.version, input.baseVersion)
    if (input.validTo < area.validFrom) throw new Problem('refused', 'district.area_dates', { fields: [{ path: 'validTo', code: 'district.area_dates' }] })
    const count = await store.inUse(ctx.tx, area.code)
    if (count > 0) throw new Problem('refused', 'district.area_in_use', { params: { count } })
    await store.closeArea(ctx.tx, area.code, input.validTo)
    told(ctx, area.code, area.version + 1, 'area.closed', { title: area.name, validTo: input.validTo, reason: input.reason })
    return must(ctx, area.code)
  },
  reorderAreas: async (ctx, input) => {
    const area = await mustChange(ctx, input.code)
    const own = await store.childCodes(ctx.tx, input.code)
    const complete = own.length === input.children.length && new Set(input.children).size === own.length && own.every((code) => input.children.includes(code))
    if (!complete) throw new Problem('refused', 'district.order_incomplete', { params: { count: own.length }, fields: [{ path: 'children', code: 'district.order_incomplete' }] })
    await store.setOrder(ctx.tx, input.children)
    told(ctx, area.code, area.version, 'area.reordered', { title: area.name, children: input.children })
    return { ok: true }
  },
  neighbours: async (ctx, input) => ({ rows: await store.neighbours(ctx.tx, (await must(ctx, input.code)).code) }),
  saveNeighbours: async (ctx, input) => {
    const area = await mustChange(ctx, input.code)
    await store.replaceNeighbours(ctx.tx, area.code, input.neighbours)
    told(ctx, area.code, area.version, 'area.neighbours_set', { title: area.name, neighbours: input.neighbours.map((n) => n.name) })
    return { ok: true }
  },
  readAreaSheet: async (ctx, _input, body) => {
    const sheet = body.prepared as AreaSheet
    const known = new Map((sheet.rows.length > 0 ? await store.existing(ctx.tx, sheet.rows.map((row) => row.code)) : []).map((row) => [row.code, row]))
    ctx.audit({ kind: 'ADMIN', subject: 'district.readAreaSheet', result: 'ok', data: { file: body.name, rows: sheet.rows.length, errors: sheet.errors.length } })
    return {
      errors: sheet.errors,
      rows: sheet.rows.map((row) => {
        const old = known.get(row.code)
        const same = old && old.name === row.name && old.kind === row.kind && old.sort_no === row.sortNo && (row.areaKm2 === null || old.area_km2 === row.areaKm2)
        return { ...row, change: !old ? ('NEW' as const) : same ? ('SAME' as const) : ('CHANGED' as const) }
      }),
    }
  },
  applyAreas: async (ctx, input) => {
    for (const row of input.rows) if (!store.mayChange(ctx.actor, row.code)) throw missing()
    refuseAny(input.rows.flatMap((row, i) => refuseArea({ ...row, hostCounties: isFunctional(row.kind) ? [row.code.slice(0, 6)] : [] }).map((r) => ({ ...r, field: `rows.${i}.${r.field}` }))))
    const done = await store.upsertAreas(ctx.tx, input.rows, input.validFrom)
    const names = new Map(input.rows.map((row) => [row.code, row.name]))
    for (const row of done) told(ctx, row.code, row.version, row.added ? 'area.created' : 'area.changed', { title: names.get(row.code), imported: true })
    if (done.length === 0) ctx.audit({ kind: 'ADMIN', subject: 'district.applyAreas', result: 'unchanged' })
    return { added: done.filter((row) => row.added).length, changed: done.filter((row) => !row.added).length }
  },
  importBoundaries: async (ctx, _input, body) => {
    const { drawn } = body.prepared as NonNullable<ReturnType<typeof readBoundaries>>
    const done = await store.setBoundaries(ctx.tx, ctx.actor, drawn)
    for (const row of done) {
      if (row.aggregate === 'area') told(ctx, row.code, row.version, 'area.boundary_set', { file: body.name })
      else ctx.emit({ aggregate: 'grid', id: row.id, version: row.version, event: 'grid.boundary_set', areaCode: row.areaCode, gridId: row.id, data: { code: row.code, file: body.name } })
    }
    if (done.length === 0) ctx.audit({ kind: 'ADMIN', subject: 'district.importBoundaries', result: 'nothing matched' })
    const matched = new Set(done.map((row) => row.code))
    return { areas: done.filter((row) => row.aggregate === 'area').length, grids: done.filter((row) => row.aggregate === 'grid').length, unmatched: drawn.map((d) => d.code).filter((code) => !matched.has(code)).slice(0, 200) }
  },
  boundaries: async (ctx, input) => boundaries(ctx, input.areaCode),
  place: async (ctx, input) => {
    const [lon, lat] = toWgs84([input.lon, input.lat], input.datum)
    const place = await placeOf(ctx.tx, lon, lat)
    const area = place ? await store.areaOf(ctx.tx, await store.visibleAreas(ctx.tx, ctx.actor), place.areaCode) : undefined
    // Somebody else's grid is not told: outside one's reach the point lies nowhere.
    if (!place || !area) return { gridId: null, gridName: null, areaCode: null, areaNames: null }
    return { gridId: place.gridId, gridName: (await gridOf(ctx.tx, place.gridId))?.name ?? null, areaCode: area.code, areaNames: area.name }
  },
}

async function tree(ctx: Ctx, on: string) {
  const areas = await store.areas(ctx.tx, await store.visibleAreas(ctx.tx, ctx.actor), on)
  const count = (test: (area: AreaView) => boolean) => areas.filter(test).length
  const districts = areas.filter((area) => area.kind === 'DISTRICT')
  const own = areas.filter((area) => area.kind === 'COMMUNITY' || isFunctional(area.kind))
  return {
    areas,
    stamp: await store.boundaryStamp(ctx.tx),
    figures: {
      streets: count((a) => a.kind === 'STREET'), communities: count((a) => a.kind === 'COMMUNITY'), functional: count((a) => isFunctional(a.kind)),
      grids: own.reduce((sum, area) => sum + area.grids, 0), members: await store.peopleCount(ctx.tx, ctx.actor, on), areaKm2: districts.length === 1 ? (districts[0]?.areaKm2 ?? null) : null,
    },
    may: { area: ctx.actor.has('district.area'), manage: ctx.actor.has('district.manage') },
  }
}

async function must(ctx: Ctx, code: string): Promise<AreaView> {
  const area = await store.areaOf(ctx.tx, await store.visibleAreas(ctx.tx, ctx.actor), code)
  if (!area) throw missing()
  return area
}

async function mustChange(ctx: Ctx, code: string): Promise<AreaView> {
  if (!store.mayChange(ctx.actor, code)) throw missing()
  return must(ctx, code)
}

type Saved = { code: string; name: string; kind: AreaView['kind']; parentCode: string | null; areaKm2: number | null; hostCounties: string[]; validFrom: string }

async function createArea(ctx: Ctx, input: Saved): Promise<AreaView> {
  if (!store.mayChange(ctx.actor, input.code)) throw missing()
  if (await store.codeTaken(ctx.tx, input.code)) throw new Problem('conflict', 'district.code_taken', { params: { code: input.code }, fields: [{ path: 'code', code: 'district.code_taken' }] })
  refuseAny(refuseArea(input))
  await store.insertArea(ctx.tx, { ...input, sortNo: await store.nextSortNo(ctx.tx, input.parentCode) })
  told(ctx, input.code, 1, 'area.created', { title: input.name })
  return must(ctx, input.code)
}

async function changeArea(ctx: Ctx, input: Saved & { baseVersion: number }): Promise<AreaView> {
  const area = await mustChange(ctx, input.code)
  refuseStale(area.version, input.baseVersion)
  refuseAny(refuseArea(input))
  await store.updateArea(ctx.tx, area.code, { name: input.name, kind: input.kind, area_km2: input.areaKm2, host_counties: input.hostCounties })
  told(ctx, area.code, area.version + 1, 'area.changed', { title: input.name, before: { name: area.name, kind: area.kind, areaKm2: area.areaKm2 }, after: { name: input.name, kind: input.kind, areaKm2: input.areaKm2 } })
  return must(ctx, area.code)
}

/** An area is named by its code; its events carry an id made of the code, since every aggregate has a UUID. */
const areaId = (code: string): string => `${code.slice(0, 8)}-${code.slice(8)}-7000-8000-000000000000`

function told(ctx: Ctx, code: string, version: number, event: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'area', id: areaId(code), version, event, areaCode: code, data: { code, ...data } })
}

const MAX_KEPT = 50
/** GeoJSON by area and stamp: the same bytes for everybody who may see the area. */
const kept = new Map<string, Uint8Array>()

/** Boundaries of an area and all below it: one answer under an etag, made once per change of any boundary. */
async function boundaries(ctx: Ctx, code: string) {
  const area = await must(ctx, code)
  if (area.kind === 'PROVINCE' || area.kind === 'CITY') throw missing()
  const key = `${code}.${await store.boundaryStamp(ctx.tx)}`
  let body = kept.get(key)
  if (!body) {
    const shapes = await store.shapesBelow(ctx.tx, rangeOf(code))
    const features = shapes.map((s) => ({ type: 'Feature', id: s.id, properties: { code: s.code, name: s.name, kind: s.kind, areaCode: s.areaCode }, geometry: s.boundary }))
    body = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, body)
  }
  return { file: { name: `${area.name}边界.geojson`, type: 'application/geo+json', body, inline: true, etag: `"${key}"` } }
}

const MAX_ROWS = 5000

/** Reads an area table before the transaction opens. @throws Problem `district.sheet_refused`, `district.sheet_heading` */
export async function readAreaSheet(body: RawBody): Promise<AreaSheet> {
  const rows: string[][] = []
  try {
    const sheet = await readSheet(body.path, { limits: { rows: MAX_ROWS } })
    for await (const batch of sheet.rows()) {
      batch.rows.forEach((cells, i) => {
        rows[(batch.numbers[i] ?? 1) - 1] = cells
      })
    }
  } catch (error) {
    if (error instanceof SheetRefusal) throw new Problem('refused', 'district.sheet_refused', { params: { why: error.message } })
    throw error
  }
  const read = readAreas(Array.from(rows, (row) => row ?? []))
  if (!read) throw new Problem('refused', 'district.sheet_refused', { params: { why: zh.problems['district.sheet_heading'] } })
  return read
}

/** Parses and converts a GeoJSON upload before the transaction opens. @throws Problem `district.not_geojson` */
export async function readBoundaryFile(body: RawBody, input: { datum: 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09' }): Promise<unknown> {
  const read = readBoundaries(await readFile(body.path, 'utf8'), input.datum)
  if (!read) throw new Problem('refused', 'district.not_geojson')
  return read
}
