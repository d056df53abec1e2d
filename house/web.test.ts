import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

const folder = join(root, 'dist')
const filesIn = (entry: string) => (existsSync(join(folder, entry)) ? readdirSync(join(folder, entry), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name)) : [])
const built = ['console', 'field'].flatMap(filesIn)

/** Addresses that are names, not places: namespaces, and pages that a message of a library points a programmer to. */
const names = /^https?:\/\/(www\.w3\.org|www\.opengis\.net|schemas\.|reactjs\.org|react\.dev|ant\.design|u\.ant\.design|openlayers\.org|github\.com|git\.io|tinyurl\.com\/y2uuvskb|bit\.ly\/2kdckMn|reactrouter\.com|tanstack\.com|echarts\.apache\.org|zod\.dev|json-schema\.org|jsperf\.com|localhost|example\.com|bugs\.|fb\.me|mths\.be|developer\.mozilla\.org|opensource\.org|en\.wikipedia\.org|spatialreference\.org|epsg\.io|underscorejs\.org|tc39\.es|vite(js)?\.dev|rolldown\.rs|day\.js\.org|www\.topografix\.com|www\.google\.com\/kml|earth\.google\.com|www\.inkscape|sodipodi|purl\.org|creativecommons\.org)/

describe('web build', () => {
  it('is there: npm test builds it before', () => {
    expect(built.some((path) => path.endsWith('console/index.html'))).toBe(true)
  })
  it('calls no outside host', () => {
    const called = built.filter((path) => /\.(js|css|html|webmanifest)$/.test(path)).flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      const places = [...text.matchAll(/(?:https?:)?\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}[^\s"'`)\\]*/gi)].map(([url]) => url).filter((url) => /^https?:/.test(url) && !names.test(url))
      const fetched = [...text.matchAll(/(?:url\(|@import\s+|src=|href=)["']?(?:https?:)?\/\/[^"')\s]+/gi)].map(([match]) => match)
      return [...new Set([...places, ...fetched])].map((url) => `${path.slice(folder.length + 1)} ${url}`)
    })
    expect(called).toEqual([])
  })
  it('holds no password, no key and no path of a machine', () => {
    const text = built.filter((path) => /\.(js|html)$/.test(path)).map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(text.match(/\$argon2id\$|-----BEGIN [A-Z ]*PRIVATE KEY/)).toBeNull()
    expect(text.includes(root)).toBe(false)
  })
})
