export { visible as paperVisible } from './store.ts'

