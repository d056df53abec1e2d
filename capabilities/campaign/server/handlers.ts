import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { Handlers } from '../../../kernel/server/context.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { board } from './board.ts'
import * as chart from './chart.ts'
import * as dispatch from './dispatch.ts'
import * as draws from './draws.ts'
import { jobs, patrolsDue } from './jobs.ts'
import * as muster from './muster.ts'
import * as read from './read.ts'
import { reportWord } from './report-word.ts'
import * as steps from './steps.ts'
import * as targets from './targets.ts'
import * as teams from './teams.ts'

const handlers: Handlers<typeof operations> = {
  list: (ctx, input) => read.list(ctx, input),
  packs: (ctx) => read.packList(ctx),
  savePack: (ctx, input) => read.savePack(ctx, input),
  patrolsDue: (ctx, input) => patrolsDue(ctx, input),
  get: (ctx, input) => read.get(ctx, input.id),
  create: (ctx, input) => steps.create(ctx, input),
  edit: (ctx, input) => steps.edit(ctx, input),
  submit: (ctx, input) => steps.submit(ctx, input),
  approve: (ctx, input) => steps.approve(ctx, input),
  sendBack: (ctx, input) => steps.sendBack(ctx, input),
  start: (ctx, input) => steps.start(ctx, input),
  openWave: (ctx, input) => steps.openWave(ctx, input),
  finish: (ctx, input) => steps.finish(ctx, input),
  resume: (ctx, input) => steps.resume(ctx, input),
  close: (ctx, input) => steps.close(ctx, input),
  void: (ctx, input) => steps.voidIt(ctx, input),
  overview: (ctx, input) => read.overview(ctx, input.id),
  board: (ctx, input) => board(ctx, input),
  points: (ctx, input) => targets.points(ctx, input.id),
  report: (ctx, input) => read.report(ctx, input.id),
  reportWord: (ctx, input) => reportWord(ctx, input.id),
  targets: (ctx, input) => targets.page(ctx, input),
  preview: (ctx, input) => targets.preview(ctx, input),
  addTargets: (ctx, input) => targets.add(ctx, input),
  dropTargets: (ctx, input) => targets.drop(ctx, input),
  teams: (ctx, input) => teams.teams(ctx, input.id),
  candidates: (ctx, input) => teams.candidates(ctx, input),
  setTeam: (ctx, input) => teams.setTeam(ctx, input),
  removeTeam: (ctx, input) => teams.removeTeam(ctx, input),
  checkTasks: (ctx, input) => dispatch.check(ctx, input),
  dispatch: (ctx, input) => dispatch.dispatch(ctx, input),
  muster: (ctx, input) => muster.muster(ctx, input),
  mark: (ctx, input) => muster.mark(ctx, input),
  signIn: (ctx, input) => muster.signIn(ctx, input),
  chart: (ctx, input) => chart.chart(ctx, input.id),
  setTask: (ctx, input) => chart.setTask(ctx, input),
  reportTask: (ctx, input) => chart.reportTask(ctx, input),
  draws: (ctx, input) => draws.draws(ctx, input.id),
  draw: (ctx, input) => draws.draw(ctx, input),
  freezeDraw: (ctx, input) => draws.freeze(ctx, input),
  commitSeed: (ctx, input) => draws.commit(ctx, input),
  revealSeed: (ctx, input) => draws.reveal(ctx, input),
  runDraw: (ctx, input) => draws.run(ctx, input),
  replaceDrawn: (ctx, input) => draws.replace(ctx, input),
  publishDraw: (ctx, input) => draws.publish(ctx, input),
  voidDraw: (ctx, input) => draws.voidDraw(ctx, input),
  drawFile: (ctx, input) => draws.file(ctx, input),
  publicDraw: (ctx, input) => draws.publicDraw(ctx, input.id),
  publicDrawFile: (ctx, input) => draws.publicFile(ctx, input.id),
}

/** 专项行动: configuration of the loop, teams, objects, muster, draws, live board. */
export const campaign: Capability = serve({ name: 'campaign', operations, handlers, zh, jobs })
