import { App } from 'antd'
import type { InputOf, Operation } from '../core/operation.ts'
import { asProblem } from './call.ts'
import { download } from './file.ts'

/** Fetches the file of an operation when a button is pressed; what keeps it from coming is said. */
export function useDownload() {
  const { message } = App.useApp()
  return <T extends Operation>(operation: T, input: InputOf<T>): void =>
    void download(operation, input).catch((thrown: unknown) => void message.error(asProblem(thrown).title))
}
