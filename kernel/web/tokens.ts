/** Colours and type of every screen. A colour means something or it is not used. */
export const colour = {
  /** The one blue for what can be done. */
  act: '#1d5bb8',
  ground: '#f3f5f8',
  paper: '#ffffff',
  line: '#dde3ea',
  lineSoft: '#edf0f4',
  text: '#1b2733',
  textSoft: '#5a6775',
  textFaint: '#6f7b88',
  overdue: '#a3261a',
  soon: '#8a5a00',
  good: '#2b6b4a',
  demo: '#fff7e0',
  demoText: '#6b4e00',
} as const

/** The four risk colours belong to risk alone and always come with their word and shape (GB 2893, four-colour rule). */
export const risk = {
  RED: { word: '红', level: '重大风险', fill: '#c9301c', soft: '#fdf0ee', ink: '#9c1f10', shape: 'triangle' },
  ORANGE: { word: '橙', level: '较大风险', fill: '#e07b12', soft: '#fdf4e9', ink: '#8f4a00', shape: 'diamond' },
  YELLOW: { word: '黄', level: '一般风险', fill: '#dcae0e', soft: '#fdf9e4', ink: '#6d5500', shape: 'square' },
  BLUE: { word: '蓝', level: '低风险', fill: '#4b8fe0', soft: '#eef5fd', ink: '#1f568f', shape: 'circle' },
} as const

export type RiskColour = keyof typeof risk
export type RiskShape = (typeof risk)[RiskColour]['shape']
export const riskColours = Object.keys(risk) as RiskColour[]

/** Quiet tones of states; a word always stands in them. */
export const tones = {
  plain: { ink: '#465361', soft: '#eff2f5', line: '#d8dee5' },
  wait: { ink: '#1f5296', soft: '#edf3fb', line: '#cbdcf1' },
  warn: { ink: '#8a5a00', soft: '#fdf6e6', line: '#eedcb0' },
  late: { ink: '#a3261a', soft: '#fcefed', line: '#efcdc8' },
  done: { ink: '#2b6b4a', soft: '#edf6f1', line: '#c9e2d4' },
} as const

export type Tone = keyof typeof tones

/** System fonts only: nothing is loaded. */
export const fontFamily = `"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "HarmonyOS Sans SC", "Source Han Sans SC", system-ui, sans-serif`

/** Below this width the frame is a phone's. */
export const PHONE = 768
