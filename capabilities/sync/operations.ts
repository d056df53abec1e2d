import { query, SIGNED_IN } from '../../kernel/core/operation.ts'
import * as s from './sync.ts'

/** The pipe of the phone. Rows are chosen by the reach and rights that the signed-in person has for each kind. */
export const operations = {
  start: query('GET /sync/start', { summary: '离线工作开始：我是谁、要下载多少', input: s.StartInput, output: s.Start, verb: SIGNED_IN, perMinute: 60 }),
  changes: query('GET /sync/changes', { summary: '离线数据：自上次以来的变化', input: s.ChangesInput, output: s.Changes, verb: SIGNED_IN, perMinute: 600, snapshot: true, problems: ['common.bad_cursor'] }),
  resolve: query('GET /sync/scan', { summary: '扫码或输入片段查找场所', input: s.ResolveInput, output: s.Resolved, verb: 'enterprise.read', perMinute: 300 }),
}
