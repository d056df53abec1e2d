/** Drawn by hand on a field of 24, so that no font and no set is loaded. */
const paths = {
  back: 'M15 5l-7 7 7 7',
  today: 'M5 6h14v14H5zM5 10h14M9 3.5v4M15 3.5v4M9 14.5l2 2 4-4',
  map: 'M9 4 3.5 6.5v13L9 17l6 3 5.5-2.5v-13L15 7zM9 4v13M15 7v13',
  plus: 'M12 5v14M5 12h14',
  message: 'M4 5h16v11H9l-5 4z',
  me: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c.8-4 3.700-6 7.500-6s6.700 2 7.500 6',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  near: 'M12 21c4-4.500 6-7.800 6-11a6 6 0 10-12 0c0 3.200 2 6.500 6 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16.200 16.200 21 21',
  camera: 'M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 16.500a3.300 3.300 0 100-6.600 3.300 3.300 0 000 6.600z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M6 6l12 12M18 6 6 18',
  torch: 'M8 3h8v4l-2 3v11h-4V10L8 7zM8 7h8',
  pen: 'M4 20l1-4L16.500 4.500l3 3L8 19zM14 7l3 3',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
} as const
export type IconName = keyof typeof paths

export const Icon = ({ name }: { name: IconName }) => (
  <svg className="f-svg" viewBox="0 0 24 24" aria-hidden="true"><path d={paths[name]} /></svg>
)
