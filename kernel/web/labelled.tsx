import { Form, type FormItemProps } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'

const named = 'input:not([type="hidden"]), textarea, [role="combobox"], [role="switch"]'

/** Has a label, an aria-label or is labelled by something: a reader can say what it is. */
const hasName = (element: Element): boolean =>
  element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || ('labels' in element && ((element.labels as NodeListOf<HTMLLabelElement> | null)?.length ?? 0) > 0)

/**
 * Gives every input below it that has no name the label of its item. antd ties label and input only where the form itself
 * holds the value; pickers, photos and screens that hold their own would be nameless for a screen reader and for a test.
 */
export function NamedInputs({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const below = box.current
    if (!below || !label) return undefined
    const given = new Set<Element>()
    const name = () => {
      for (const element of below.querySelectorAll(named)) {
        if (!given.has(element) && hasName(element)) continue
        given.add(element)
        element.setAttribute('aria-label', label)
      }
    }
    name()
    const watch = new MutationObserver(name)
    watch.observe(below, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [label])
  return <div ref={box} style={{ display: 'contents' }}>{children}</div>
}

/** An item of a form whose value the screen holds itself; its label is the name of its input. */
export function Item(props: FormItemProps) {
  return <NamedInputs label={typeof props.label === 'string' ? props.label : ''}><Form.Item {...props} /></NamedInputs>
}
