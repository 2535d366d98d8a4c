import type { Form, ObjectForm } from './form.ts'

/** Every object in the forms, each once, in the order of its first place. Those within steps are not among them. */
export function objectsIn(forms: readonly Form[]): readonly ObjectForm[] {
  const found = new Map<string, ObjectForm>()
  const add = (form: Form): void => {
    if (form.kind === 'list') add(form.item)
    if (form.kind === 'map') add(form.value)
    if (form.kind === 'either') form.forms.forEach(add)
    if (form.kind !== 'object' || found.has(form.name)) return
    found.set(form.name, form)
    for (const key of form.keys) add(key.form)
  }
  forms.forEach(add)
  return [...found.values()]
}
