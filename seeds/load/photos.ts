import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { originalKey } from '../../capabilities/attachment/server/pictures.ts'
import type { FileStore } from '../../kernel/server/files.ts'
import type { PlaceFacts } from './book.ts'
import { type Row, timedId } from './bulk.ts'

interface Picture {
  readonly sha256: string
  readonly bytes: number
  readonly width: number
  readonly height: number
}

/** The demo's few pictures, used again and again: drawn, not photographed, and marked so that nobody takes them for evidence. */
export interface Gallery {
  readonly before: readonly Picture[]
  readonly after: readonly Picture[]
  readonly door: Picture
  readonly signature: Picture
}

const scenes = ['配电箱', '车间通道', '灭火器', '除尘风管', '危化品柜', '安全出口', '燃气软管', '充电区'] as const
const WIDTH = 960
const HEIGHT = 720

/** Draws the pictures and stores them under their hash, as an upload does. */
export async function drawGallery(files: FileStore): Promise<Gallery> {
  const all = async (after: boolean) => Promise.all(scenes.map((scene, i) => store(files, scenery(scene, i, after), WIDTH, HEIGHT)))
  return { before: await all(false), after: await all(true), door: await store(files, scenery('卷闸门紧闭', 9, false), WIDTH, HEIGHT), signature: await store(files, signature, 360, 160) }
}

async function store(files: FileStore, svg: string, width: number, height: number): Promise<Picture> {
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 78 }).toBuffer()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await files.put(originalKey(sha256), { bytes })
  return { sha256, bytes: bytes.length, width, height }
}

/** A wall, a floor, a thing, and a ring around what is wrong or a tick where it has been put right. */
function scenery(scene: string, i: number, after: boolean): string {
  const hue = (i * 47 + 20) % 360
  const x = 300 + (i % 4) * 60
  const mark = after
    ? '<path d="M610 470 l46 48 l96 -120" fill="none" stroke="#1f9d55" stroke-width="22"/>'
    : `<ellipse cx="${x + 120}" cy="400" rx="170" ry="130" fill="none" stroke="#d4380d" stroke-width="12"/><path d="M${x + 60} 470 l90 -110 l60 60" stroke="#555" stroke-width="16" fill="none"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="hsl(${hue},14%,${after ? 86 : 78}%)"/><rect y="520" width="100%" height="200" fill="hsl(${hue},10%,58%)"/>
    <rect x="${x}" y="230" width="240" height="300" rx="10" fill="hsl(${(hue + 180) % 360},${after ? 34 : 22}%,52%)" stroke="#333" stroke-width="6"/>
    <rect x="${x + 30}" y="262" width="180" height="70" fill="#f3f3f3"/>${mark}
    <g font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" fill="#222"><text x="40" y="80" font-size="46">${scene} · ${after ? '整改后' : '整改前'}</text><text x="40" y="136" font-size="30" fill="#666">演示照片，非实地拍摄</text></g></svg>`
}

const signature = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="160"><rect width="100%" height="100%" fill="#fff"/>
  <path d="M30 100 C60 30 90 30 96 92 S140 120 150 70 S190 40 196 96 S250 120 262 60 S310 50 330 96" fill="none" stroke="#12284b" stroke-width="7" stroke-linecap="round"/></svg>`

/** A stroke of its own for each signature made through the product's door. */
export const signaturePicture = (n: number): Promise<Buffer> => sharp(Buffer.from(signature.replace('M30 100', `M${20 + (n % 12)} ${90 + ((n * 7) % 20)}`))).jpeg({ quality: 78 }).toBuffer()

export interface Photo {
  readonly id: string
  readonly role: 'BEFORE' | 'AFTER' | 'OUTCOME'
  readonly sha256: string
}

/** Rows of one upload and its link. The pictures are known to be used again, so no look-alike is looked for. */
export function photoRows(given: { picture: Picture; role: Photo['role'] | 'SIGNATURE'; at: string; ordinal: number; place: PlaceFacts; by: { id: string; name: string }; link?: { aggregate: string; id: string } }): { photo: Photo; row: Row; link: Row | null } {
  const { picture, role, at, place, by } = given
  const id = timedId('attachment', at, given.ordinal)
  return {
    photo: { id, role: role === 'SIGNATURE' ? 'OUTCOME' : role, sha256: picture.sha256 },
    row: {
      id, sha256: picture.sha256, name: role === 'SIGNATURE' ? '签名.jpg' : '现场照片.jpg', media_type: 'image/jpeg', bytes: picture.bytes, width: picture.width, height: picture.height, perceptual_hash: null, taken_at: at, received_at: at,
      clock_drift_seconds: 0, place: place.address, taken_by: by.name, uploaded_by: by.id, area_code: place.areaCode, grid_id: place.gridId, enterprise_id: place.enterpriseId, look_alike_of: null, version: 1,
    },
    link: given.link ? { attachment_id: id, aggregate: given.link.aggregate, aggregate_id: given.link.id, role, linked_at: at } : null,
  }
}
